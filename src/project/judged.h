// Verifies a folder of migrations, and finds the order that its migrations should have.
#pragma once
#include <optional>
#include <set>

#include "parser/replay/ordering.h"
#include "project/reorder.h"
#include "project/settings.h"

namespace quoin {

/// What verify found.
struct Judgement {
  MigrationFolder folder;
  Findings findings;             // also on files that were left out, and on migrations that have to move (rule "order")
  Ordering ordering;             // empty where the order is right
  std::set<Text> applied;        // versions that a database has applied, if one was asked: these keep their place
  std::optional<Text> database;  // that was asked; none is where the order is right
  std::vector<Renaming> renamings;  // that would put the files in the order found
  std::optional<Error> refusal;     // why they cannot be renamed so
};

/// Which database is asked for what is applied: none, only one that --database names, or any that is configured.
enum class AskDatabase { never, if_named, if_known };
/// Verifies the folder. Needs no server, but where a database is asked.
Judgement judge_folder(const Text& folder, AskDatabase, const Settings&);

/// The mistakes in YAML, read without a server, and names in it that do not exist.
Findings judge_yaml(const Text& where, const Settings&);

/// Renames the files so that they have the order found. Throws what the judgement's `refusal` is.
void put_in_order(const Text& folder, const Judgement&);

}  // namespace quoin
