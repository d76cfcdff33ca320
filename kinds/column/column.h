// What changing a column's type means; the parts of kinds/column/column.cc that do not need the kind.
#pragma once
#include "kinds/constraint/constraint.h"

namespace quoin {

/// "::integer", with the name that the type is to have, "::public.amount", where the server would not find the way from
/// one type to the other by itself; else "".
Text cast_between(std::string_view from, std::string_view to, std::string_view to_name);
/// True if constants written for one type are read the same for the other. False for types of users.
bool are_of_a_sort(std::string_view from, std::string_view to);
/// True if constants that an expression compares with the column have another meaning after it is rebuilt.
bool changes_meaning(const Object& rebuilt, const Users&);
/// True if values of one built-in type are not kept whole in another, by more than blanks at the end of a text.
bool keeps_too_little(std::string_view from, std::string_view to);
/// What a person should know before values are brought to another type; each begins with `what` happens.
std::vector<Hazard> retyping_hazards(std::string_view what, std::string_view from, std::string_view to);
/// The storage that a column of the type has unless told otherwise; "DEFAULT", which PostgreSQL 16 knows, where only
/// the server can tell.
std::string_view own_storage(std::string_view type);

/// The hazard of a column that is added to an existing table and gives each row a number or value of its own.
Hazard rewrite_by_new_column(Id column);

/// True for serial types: their name stands for a type and a sequence that numbers the column.
bool is_serial(std::string_view type);

/// The DDL that a shorthand stands for ("bigint not null default now()"), and the shorthand of a column. See KindYaml.
Text column_statement(Id column, std::string_view shorthand);
Text column_shorthand(const Object& column, std::span<const Object* const> children);

}  // namespace quoin
