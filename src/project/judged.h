// A folder of migrations judged, and the order that it should have.
#pragma once
#include <set>

#include "parser/replay/ordering.h"
#include "project/reorder.h"
#include "project/settings.h"

namespace quoin {

struct Judgement {
  MigrationFolder folder;
  Findings findings;       // with what was left out, and the moves of the order (rule "order")
  Ordering ordering;       // of nothing where the order is right
  std::set<Text> applied;  // versions that a database has, where one was asked: they stay where they are
};

enum class AskDatabase { if_named, if_known };
/// if_named: only by --database; verify needs no server.
Judgement judge_folder(const Text& folder, AskDatabase, const Settings&);

/// What YAML says of a schema, read without a server: its mistakes, and names in it of what is not there.
Findings judge_yaml(const Text& where, const Settings&);

/// The renamings that bring the files into the order found; done.
std::vector<Renaming> put_in_order(const Text& folder, const Judgement&, const Settings&);

}  // namespace quoin
