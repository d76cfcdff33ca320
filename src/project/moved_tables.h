// Tables whose rows a migration moves into new ones (KindSql::has_to_move): what they hold is told by name, since
// nothing else stays the same.
#pragma once
#include "diff/proof.h"
#include "rows/tables.h"

namespace quoin {

class MovedTables {
 public:
  MovedTables(const Schema& current, const Schema& desired);
  bool empty() const { return tables_.empty(); }
  /// True of the tables and their partitions before and after, as the current state names them: what lies in one may
  /// lie in another.
  bool contains(const rows::Names& names) const { return names_.contains(names); }

  /// Call it in the current state.
  void remember(postgres::Connection&);
  /// A line for each table whose rows are not the remembered ones; those that have none are not asked about.
  List not_as_before(postgres::Connection&, Direction done) const;

 private:
  struct Table {
    Id before, after;
    List before_columns, after_columns;               // those that stay as they are, pair by pair
    bool leaves_rows = false, brings_others = false;  // to partitions that stay; from tables that become partitions
    List rows{};
  };
  void add_parts(const Schema& side, const Schema& current, const Schema& desired);

  std::vector<Table> tables_;
  std::set<rows::Names> names_;
};

/// What the desired state calls otherwise: as the current one has it.
Id before_renames(Id, const Schema& current, const Schema& desired);

}  // namespace quoin
