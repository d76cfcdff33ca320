// Types as others use them: who holds one, and how values of an old one become values of a new one.
#pragma once
#include "kinds/users.h"

namespace quoin {

/// How an object's own data, not an expression of it, has a type.
enum class Holding { none, plain, inside };  // inside: within an array, or as an attribute
Holding holding_of(const Object&, std::string_view type);

/// The type of a member: "name type [COLLATE …]".
std::string_view type_of_member(std::string_view member);

/// The type that an object names, and the schema that knows what that is.
struct Typed {
  std::string_view type;  // "public.mood[]"
  const Object& user;     // who names it, and so needs it
  const Schema& schema;
};
/// What brings an expression of one to the other, written behind it: "::public.size", "::text::public.mood". Empty
/// where assignment does.
Text conversion(const Typed& from, const Typed& to);
/// The built-in types that two domains, or arrays of them, come down to; empty where there is a type of users below.
Text base_type(const Typed&);

/// " USING c::integer" where the server would not find the way from one type to the other by itself; else "". What it
/// finds by itself, it takes no value by that does not fit, which an explicit cast may cut.
Text using_clause(std::string_view column, const Typed& from, const Typed& to);
/// Whether a column goes from one built-in type to another as the server assigns: then it brings the default along.
bool is_assigned(Id column, const Users&);
/// What becomes of the values, by the types below the domains: "column public.t.c from text to public.short: …".
std::vector<Hazard> conversion_hazards(std::string_view subject, const Typed& from, const Typed& to);

/// What becomes of the rows of a column that follows its type, by all the types below it that are others by then.
std::vector<Hazard> hazards_below(const Object& column_before, const Users&);

/// A type that never changes in place gives way to a new one: the old one moves aside, `made` makes the new one, the
/// `bridge` whatever brings values over, and the old one goes when its last user has moved.
struct Bridge {
  Steps steps{};
  Text removed{};  // the SQL that takes it away, statements ended by ";\n"
};
Steps swapped(const Delta&, const Users&, Step made, Bridge bridge = {});

}  // namespace quoin
