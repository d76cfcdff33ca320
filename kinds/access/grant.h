// What the files about grants share: the fields, and what a role may do with a new object.
#pragma once
#include "core/model/reading.h"
#include "kinds/access/grantable.h"
#include "kinds/constraint/constraint.h"
#include "kinds/list.h"

namespace quoin {

inline constexpr struct GrantFields : FieldTable {
  Field<List> privileges{
      *this,
      "privileges",
      "what the role may do; none: what a new object allows is taken away",
      {.presence = Presence::given,
       .words = "select|insert|update|delete|truncate|references|trigger|maintain|usage|create|execute"}};
  Field<List> initial{*this, "initial", "what it may do with a new object of this owner", {.counts = Counts::derived}};
  Field<List> grantors{*this,
                       "grantors",
                       "roles besides the owner that have granted some of it",
                       {.role = Role::role, .counts = Counts::derived}};
} grant_fields;

constexpr std::string_view grantable = " with grant option";
constexpr std::string_view everybody = "public";           // no role may have this name
constexpr std::string_view session_role = "current_user";  // whoever is connected, where a source does not say who

/// The privilege without its grant option.
std::string_view privilege_name(std::string_view privilege);
bool has(std::span<const Text> all, std::string_view one);
List names_of(std::span<const Text> privileges);
/// How two sets of privileges differ, by the statement that leads from one to the other.
struct Difference {
  List gone, option_gone, granted, granted_with_option;

  Difference(std::span<const Text> from, std::span<const Text> to);
  bool takes_away() const { return !gone.empty() || !option_gone.empty(); }
};
/// One GRANT or REVOKE. Of MAINTAIN, which only 17 and later know, it speaks as ALL where that can be.
struct GrantAction {
  std::string_view verb;  // REVOKE GRANT OPTION FOR
  List privileges;        // their names; all_of_them
  std::string_view option{};
  bool grants() const { return verb == "GRANT"; }
};
constexpr std::string_view all_of_them = "all";
/// What leads from some privileges to others, of an object for which ALL is `all` on the newest server: what is taken
/// first.
std::vector<GrantAction> revoking(std::span<const Text> from, std::span<const Text> to, const List& all);
std::vector<GrantAction> granting(std::span<const Text> from, std::span<const Text> to, const List& all);
/// True if MAINTAIN goes, and something stays: to say so to a server that lacks it, all has to be revoked, and the rest
/// granted anew.
bool keeps_less_than_all(std::span<const Text> from, std::span<const Text> to);
/// Says of a GrantStmt if it is a GRANT or a REVOKE, and if it is about the grant option.
struct PrivilegeChange {
  bool grants, option;
  explicit PrivilegeChange(ast::Node grant_statement)
      : grants(grant_statement["is_grant"].flag()), option(grant_statement["grant_option"].flag()) {}
};
void change_privilege(List& now, const Text& privilege, const PrivilegeChange&);
/// A role as grants are called: quoted where its own name would be taken for the session's.
Text role_called(std::string_view role);
/// The same of a column of a catalog query.
Text role_called_sql(std::string_view column);
/// The role that a RoleSpec names, as grants are called.
Text role_of_grant(ast::Node role_spec);
/// A grant's role as GRANT spells it.
Text grantee(std::string_view role);
/// The privileges as GRANT lists them, in capitals; of a column each names the column.
Text spelled(std::span<const Text> privileges, Id object);

/// What a role may do with a new object of the kind: acldefault() in acl.c.
List allowed_at_first(Id object, std::string_view role, const Schema&);

/// SELECT with every role whose rights differ from those to a new object of the same owner.
Text grant_catalog(int server_version);
void read_grant(ast::Node, Reading&);

}  // namespace quoin
