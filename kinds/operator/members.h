// The operators and functions in operator families and classes, as texts: "OPERATOR 1 app.< (app.x, app.x)".
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// What a member belongs to: the type of its class (that of its operands, where the member names none), and the access
/// method.
struct MemberOf {
  std::string_view type, method;
};
/// A CreateOpClassItem as a text.
Text family_member(ast::Node item, const MemberOf&, Reading&);
/// The words by which ALTER OPERATOR FAMILY … DROP names it: "OPERATOR 1 (app.x, app.x)".
Text member_slot(std::string_view member);
/// The same words for an item of that statement.
Text slot_of_dropped(ast::Node item);
/// Adds the operators, functions and types of the members to the object's needs.
void need_members(Object&, std::span<const Text> members, const Schema&);
/// True if the server keeps the member with its class, where CREATE OPERATOR CLASS brings it (amadjustmembers of the
/// access methods). What it keeps with the family can be dropped from there.
bool stays_with_class(std::string_view member, const MemberOf&);
/// SQL expressions: text[] of the members that hang on a row of pg_opclass or pg_opfamily, and the addresses of these.
struct MemberQuery {
  std::string_view catalog, oid, deptype;  // "2616", "c.oid", "i"
};
Text members_of(const MemberQuery&);
Text member_addresses(const MemberQuery&);

}  // namespace quoin
