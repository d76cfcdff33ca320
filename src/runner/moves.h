// Follows the renames of a run's own statements, so that later names can be looked up in the database as it is now.
#pragma once
#include <map>

#include "core/sql/ast.h"
#include "runner/relation_name.h"

namespace quoin::runner {

/// The renames so far. Names are as SQL spells them; a column's is bare, beside its table's.
class Moves {
 public:
  /// Call it where a section begins: its session has the connection's search_path.
  void begin_section() { path_.clear(); }
  /// Reads RENAME, SET SCHEMA, ATTACH PARTITION, INHERIT, SET search_path and set_config(); any other statement changes
  /// nothing.
  void read(ast::Node statement);

  /// The name before the run of the object that has this name now.
  Text relation(const Text& name) const;
  Text column(const Text& table, const Text& name) const;
  Text schema(const Text& name) const;
  /// Other relations that are meant along with the name: those that a bare name may mean since the search_path was set
  /// ("app.users"), and those that became its partitions or heirs.
  List elsewhere(const Text& relation) const;

 private:
  std::map<Text, Text> relations_, schemas_;  // now, before
  std::map<std::pair<Text, Text>, Text> columns_;
  std::multimap<Text, Text> heirs_;  // of a relation
  List path_;

  void read_rename(ast::Node);
  void read_heirs(ast::Node alter_table);
  void look_in(std::string_view schema);
};

}  // namespace quoin::runner
