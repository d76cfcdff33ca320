// What default privileges come to: rights by sort of object and role, as texts, statements and rules for what is made.
#pragma once
#include <map>

#include "core/model/kind.h"
#include "core/sql/ast.h"

namespace quoin {

/// A sort of objects that ALTER DEFAULT PRIVILEGES … ON names.
struct Sort {
  std::string_view nouns;        // "TABLES"
  std::string_view object_type;  // libpg_query's: "OBJECT_TABLE"
  List (*all)();                 // what ALL means
  List (*everybodys)();          // what everybody may do with a new one
};
std::span<const Sort> sorts();
/// The number among them of a new object's sort; null: default privileges do not concern it.
std::optional<std::size_t> sort_of(const Kind& made);

/// What one role's default privileges, in one schema or in all, come to. In all they begin with what a new object
/// allows anyway, so that this can be taken away.
class DefaultRights {
 public:
  using Rights = std::map<std::pair<std::size_t, Text>, List>;  // by sort and role; as the names of grants have it

  DefaultRights(Id, std::span<const Text> items);
  Id id() const { return id_; }
  const Rights& rights() const { return rights_; }
  std::span<const Text> of(std::size_t sort, const Text& role) const;
  /// What ALTER DEFAULT PRIVILEGES says: a GrantStmt.
  void apply(ast::Node action);
  void rename_role(const Text& from, const Text& to);
  /// "grant select on tables to reader", one a sort, role and manner; only what is not so anyway.
  List items() const;
  /// The statements that lead here.
  List statements(const DefaultRights& from) const;

 private:
  Id id_;
  Rights rights_;
};

}  // namespace quoin
