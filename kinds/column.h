// What a column's retyping means: parts of kinds/column.cc that stand alone.
#pragma once
#include "kinds/constraint.h"

namespace quoin {

/// " USING c::integer" where the server would not find the way from one type to the other by itself; else "".
Text using_clause(std::string_view column, std::string_view from, std::string_view to);
/// What a person should know before the rows of a column are brought to another type.
std::vector<Hazard> retyping_hazards(Id column, std::string_view from, std::string_view to);
/// The storage that a column of the type has unless told otherwise; "DEFAULT", which PostgreSQL 16 knows, where only
/// the server can tell.
std::string_view own_storage(std::string_view type);

/// "bigint not null default now()": the DDL that says it, and back. See Kind::statement and Kind::shorthand.
Text column_statement(Id column, std::string_view shorthand);
Text column_shorthand(const Object& column, std::span<const Object* const> children);

}  // namespace quoin
