// What uses a type, and how values of the old type become values of the new one.
#pragma once
#include "kinds/users.h"

namespace quoin {

/// What may be granted on types of all sorts.
extern const Rights type_rights;

/// If an object's own data, not one of its expressions, is of a type.
enum class Holding { none, plain, inside };  // inside: within an array, or as an attribute
Holding holding_of(const Object&, std::string_view type);

/// The type of a member: "name type [COLLATE …]".
std::string_view type_of_member(std::string_view member);
/// And its collation, where it says one.
std::string_view collation_of_member(std::string_view member);

/// A type name, with the object that has it and the schema in which it is looked up.
struct Typed {
  std::string_view type;  // "public.mood[]"
  const Object& user;     // the object that names it, and so needs it
  const Schema& schema;
};
/// The casts that turn an expression of one type into the other, written behind it: "::public.size",
/// "::text::public.mood". Empty where an assignment does it.
Text conversion(const Typed& from, const Typed& to);
/// The built-in type that a domain, or an array of domains, comes down to; empty where it comes down to a type of
/// users.
Text base_type(const Typed&);

/// " USING c::integer" where the server does not convert one type to the other by assignment; else "". An assignment
/// refuses a value that does not fit, where an explicit cast may cut it short.
Text using_clause(std::string_view column, const Typed& from, const Typed& to);
/// True if a column goes from one built-in type to another by assignment: then the server converts its default too.
bool is_assigned(Id column, const Users&);
/// The hazards for the values, by the types below the domains: "column public.t.c from text to public.short: …".
std::vector<Hazard> conversion_hazards(std::string_view subject, const Typed& from, const Typed& to);

/// The hazards for the rows of a column whose type changes, by all the types below it that are others by then.
std::vector<Hazard> hazards_below(const Object& column_before, const Users&);

/// How a type that cannot change in place gives way to a new one: the old one is renamed, `made` creates the new one,
/// `bridge` creates whatever converts the values, and the old one is dropped after its last user has moved.
struct Bridge {
  Steps steps{};
  Text removed{};  // the SQL that drops the bridge, each statement ended by ";\n"
};
Steps swapped(const Delta&, const Users&, Step made, Bridge bridge = {});

}  // namespace quoin
