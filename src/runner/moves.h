// What a run's own statements do to the names by which later ones call things.
#pragma once
#include <map>

#include "core/sql/ast.h"

namespace quoin::runner {

/// Names as SQL spells them; a column bare, beside its table.
class Moves {
 public:
  /// A section begins: its session has the path that the connection had.
  void begin_section() { path_.clear(); }
  /// RENAME, SET SCHEMA, SET search_path and set_config(); any other statement moves nothing.
  void read(ast::Node statement);

  /// What a name now stands for, as it was called before the run.
  Text relation(const Text& name) const;
  Text column(const Text& table, const Text& name) const;
  Text schema(const Text& name) const;
  /// Where else a relation's bare name may lead, since the search_path was set: "app.users".
  List elsewhere(const Text& relation) const;

 private:
  std::map<Text, Text> relations_, schemas_;  // now, before
  std::map<std::pair<Text, Text>, Text> columns_;
  List path_;

  void read_rename(ast::Node);
  void look_in(std::string_view schema);
};

Text name_of(ast::Node range_var);

}  // namespace quoin::runner
