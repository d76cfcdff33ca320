// A column of catalog queries for what is carried: the owner.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// How ALTER … OWNER spells a kind of object, and where the catalog has its owner.
struct Ownership {
  std::string_view noun;   // "TABLE", "FUNCTION"; may be an SQL expression in parentheses
  std::string_view name;   // SQL expression of the quoted name, as "format('%I.%I', n.nspname, c.relname)"
  std::string_view owner;  // column: "c.relowner"
};
/// `, … as "~owner"`: null where a new object of the session's user would have the same.
Text owner_column(const Ownership&);

/// Who owns an object; empty: not known.
Text owner_of(const Object&, const Schema&);
/// ALTER … OWNER TO another, where an object carries it.
void put_owner(Object&, std::string_view role);

/// The statements of a carried attribute, one a line; none: it carries nothing of the kind.
List split_carried(const Object&, std::string_view what);
/// Carries this, at its old place if it has one; an empty text: nothing any more.
void put_carried(Object&, std::string_view what, Text sql);

/// Of a carried attribute that is a statement for each member ("COMMENT ON COLUMN s.v.c IS …"), those of members that
/// the new object has too. See KindSql::put_back.
Text of_kept_members(const Carried&, const Object& from, const Object& to);

}  // namespace quoin
