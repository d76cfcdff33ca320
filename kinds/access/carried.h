// The attributes that objects carry (object.h): the owner, and statements about members.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// How ALTER … OWNER spells a kind of object, and where the catalog has its owner.
struct Ownership {
  std::string_view noun;   // "TABLE", "FUNCTION"; may be an SQL expression in parentheses
  std::string_view name;   // SQL expression of the quoted name, as "format('%I.%I', n.nspname, c.relname)"
  std::string_view owner;  // column: "c.relowner"
};
/// A column of a catalog query, `, … as "~owner"`: the SQL that gives the object its owner; null where a new object of
/// the session's user would have the same one.
Text owner_column(const Ownership&);

/// Who owns an object; empty: not known.
Text owner_of(const Object&, const Schema&);
/// Makes `role` the owner that the object carries: its ALTER … OWNER TO.
void put_owner(Object&, std::string_view role);

/// The same as an object of its own below the object, which is there where quoin.yaml has owners managed; empty: there
/// is none.
Text told_owner(Id object, const Schema&);
void tell_owner(const Object&, std::string_view role, Schema&);
/// Makes rights in `before` what they are once each object has its owner of `after`, which does not say so of owners
/// themselves.
void hand_over_rights(Schema& before, const Schema& after);
/// Makes rights what they are on a server of that major, for a schema that was read without one: what ALL means there.
void settle_rights(Schema&, int major);

/// The statements of one carried attribute, one a line. Empty: the object carries no such attribute.
List split_carried(const Object&, std::string_view what);
/// Makes the object carry this SQL, in the old place if it has one. An empty text: it carries the attribute no more.
void put_carried(Object&, std::string_view what, Text sql);

/// Of a carried attribute with a statement for each member ("COMMENT ON COLUMN s.v.c IS …"), the statements about
/// members that the new object has too. See KindSql::put_back.
Text of_kept_members(const Carried&, const Object& from, const Object& to);

}  // namespace quoin
