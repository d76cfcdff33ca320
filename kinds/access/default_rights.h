// The rights that default privileges give, by sort of object and role: as texts, as statements, and as rules for new
// objects.
#pragma once
#include <map>

#include "core/sql/ast.h"
#include "kinds/access/grantable.h"

namespace quoin {

/// The default privileges of one role, in one schema or in all. Those for all schemas begin with what any new object
/// allows, so that this can be taken away.
class DefaultRights {
 public:
  using Rights = std::map<std::pair<std::size_t, Text>, List>;  // by sort and role; as the names of grants have it

  DefaultRights(Id, std::span<const Text> items);
  Id id() const { return id_; }
  const Rights& rights() const { return rights_; }
  std::span<const Text> of(std::size_t sort, const Text& role) const;
  /// Applies the GrantStmt of an ALTER DEFAULT PRIVILEGES, whose ALL is that of a server of that major.
  void apply(ast::Node action, int major);
  /// Leaves what a role may do with what it makes itself, and takes what no server of that major knows from the others.
  void settle(int major);
  void rename_role(const Text& from, const Text& to);
  /// "grant select on tables to reader": one for each sort, role and grant option; only what does not hold anyway.
  List items() const;
  /// The statements that lead here.
  List statements(const DefaultRights& from) const;

 private:
  Id id_;
  Rights rights_;
};

}  // namespace quoin
