// What a column's retyping means: parts of kinds/column.cc that stand alone.
#pragma once
#include "kinds/constraint/constraint.h"

namespace quoin {

/// "::integer", with the name that the type is to have, "::public.amount", where the server would not find the way from
/// one type to the other by itself; else "".
Text cast_between(std::string_view from, std::string_view to, std::string_view to_name);
/// Whether constants written for one are read the same for the other. Types of users are of no sort.
bool are_of_a_sort(std::string_view from, std::string_view to);
/// Whether constants that an expression compares the column with have another meaning once it is rebuilt.
bool changes_meaning(const Object& rebuilt, const Users&);
/// True if values of one built-in type are not kept whole in another, by more than blanks at the end of a text.
bool keeps_too_little(std::string_view from, std::string_view to);
/// What a person should know before values are brought to another type; each begins with `what` happens.
std::vector<Hazard> retyping_hazards(std::string_view what, std::string_view from, std::string_view to);
/// The storage that a column of the type has unless told otherwise; "DEFAULT", which PostgreSQL 16 knows, where only
/// the server can tell.
std::string_view own_storage(std::string_view type);

/// Of a column that an old table gets, whose rows each get a number or value of their own.
Hazard rewrite_by_new_column(Id column);

/// Whether a type's name stands for a type and a sequence that numbers the column.
bool is_serial(std::string_view type);

/// "bigint not null default now()": the DDL that says it, and back. See KindYaml.
Text column_statement(Id column, std::string_view shorthand);
Text column_shorthand(const Object& column, std::span<const Object* const> children);

}  // namespace quoin
