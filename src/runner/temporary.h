// The temporary tables of a run's own session, whose names hide those of the database's tables.
#pragma once
#include <set>

#include "core/sql/ast.h"
#include "runner/relation_name.h"

namespace quoin::runner {

/// The temporary tables that are there so far.
class TemporaryTables {
 public:
  /// True of CREATE TEMPORARY TABLE, also of a query, and of SELECT INTO TEMPORARY.
  static bool is_one_made_by(ast::Node statement);
  /// Reads these, DROP, RENAME and DISCARD, and what sets search_path: where that names pg_temp, a bare name may mean
  /// another table. True if the statement renames one of them.
  bool read(ast::Node statement, std::string_view sql);
  /// True if the relation that SQL names so is one of them: by its name alone, or in pg_temp.
  bool has(std::string_view name) const;

 private:
  std::set<Text, std::less<>> names_;  // bare, as SQL
  bool come_first_ = true;             // before what else has their names
};

}  // namespace quoin::runner
