// Follows rows that a run copies, whole, into a table of its own before it drops the table that they come from.
#pragma once
#include <map>
#include <optional>
#include <set>

#include "core/sql/ast.h"
#include "parser/migrations/migration.h"
#include "runner/loss_target.h"

namespace quoin::runner {

/// The copies so far, for one transaction at a time: nobody else writes the old table from its RENAME or LOCK on, and
/// COMMIT ends that. Names are as SQL spells them.
class CopiedRows {
 public:
  void begin_section(const Section&);
  void read(ast::Node statement);

  /// True if the run has made the table: it is another than the database may have of that name.
  bool is_made(const Text& table) const { return made_.contains(table); }
  /// True if this transaction has renamed or locked the table, so that nobody else comes to it before it ends.
  bool is_held(const Text& table) const { return held_.contains(table); }
  /// The table from which all rows of a made table have come; none: it was not filled so.
  std::optional<Text> source_of(const Text& made) const;
  /// What dropping the table takes away: `drop`, or, where its rows are copied, what the copy leaves behind.
  std::vector<PossibleLoss> losses_of(const PossibleLoss& drop) const;

 private:
  struct Made {
    std::map<Text, Text> types{};  // by column
    std::set<Text> like{};         // tables from which it has columns
    Text parent{};                 // whose partition it is
  };
  struct Copy {
    Text from;
    std::map<Text, Text> columns{};  // their types in the new table; one "*": all, as they are
    bool only = false;               // FROM ONLY: not what lies in partitions and heirs
    bool past_policies = false;      // NO FORCE ROW LEVEL SECURITY was said before
  };
  bool in_transaction_ = false;
  std::map<Text, Made> made_;  // in whatever transaction
  std::set<Text> held_;        // renamed or locked in this transaction
  std::set<Text> past_policies_;
  std::set<Text> filtering_;     // what has got a trigger, a rule or a partition: a row may not arrive
  std::map<Text, Copy> copies_;  // by the new table

  void end_transaction();
  void leave_path();
  void read_create(const Text& table, ast::Node);
  void read_alter(const Text& table, ast::Node);
  void read_insert(const Text& into, ast::Node);
  void may_filter(Text table);
  void forget(const Text& source);
};

}  // namespace quoin::runner
