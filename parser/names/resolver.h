// resolve() of names.h in parts: qualifies names in trees, and collects what they mean.
#pragma once
#include <functional>

#include "parser/names/column_types.h"
#include "parser/names/fragment.h"
#include "parser/names/scope.h"

namespace quoin {

/// Qualifies the names of a tree that the search path decided. Collects the Ids of what they mean in `used`, and names
/// that do not exist in `absent`.
class Qualify : public Mentions {
 public:
  explicit Qualify(const ast::Tree& tree) : tree_(tree) {}
  Qualify(const ast::Tree& tree, const Schema& typed) : tree_(tree), typed_(&typed) {}  // collects `types` too
  std::vector<Id> used;
  std::vector<Id> maybe;  // one of several overloads
  std::vector<Missing> absent;
  ColumnTypes types;

  void relation(ast::Node, const Found&) override;
  void relation_text(ast::Node, const Found&) override;
  void column(ast::Node, const Source&, const Lookup::Column&, std::size_t) override;
  void target(ast::Node, const Source&, Id) override;
  void routine(ast::Node, const std::vector<Id>&, const Found&) override;
  void named(std::string_view, ast::Node, const Found&) override;
  void key(Id) override;
  void missing(Missing) override;

 private:
  const ast::Tree& tree_;
  const Schema* typed_ = nullptr;
  void qualify(ast::Node names, const Text& schema);
};

/// The relation whose columns an object's expressions may name: by Kind::relation, else the nearest above it that has
/// columns; null: none.
Id relation_of(const Object&, const Lookup&);
/// A walk for the object's expressions, with what they may name: the columns of its relation, NEW and OLD, VALUE.
Walk walk_for(const Object&, const Lookup&, Mentions&, const ast::Tree&);
/// The same as resolve() of names.h, with a Lookup at hand. Trees that `Fragments` has kept are changed, and taken out
/// of it.
std::vector<Missing> resolve(Object&, const Lookup&, Fragments* = nullptr);

/// True of a type that resolve() leaves as it is: integer, text[], numeric(10,2). By far the most are such.
bool is_builtin_type(Role, std::string_view text);

/// A name that a query mentions, whatever in the query it means: that of a relation, a type or a routine.
struct QueryName {
  std::string_view space;
  Written written;
};
void names_in_query(ast::Node, const std::function<void(const QueryName&)>& visit);

/// The names that the body of a routine in SQL uses and that do not exist: CREATE fails on them where
/// check_function_bodies is on.
std::vector<Missing> missing_in_body(const Object& routine, const Lookup& session);

}  // namespace quoin
