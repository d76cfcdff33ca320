// What operators, operator families and operator classes share.
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// "OPERATOR(app.===)", as SQL names an operator among others.
Text operator_text(std::string_view schema, std::string_view name);
/// The operator that such a text names; null where there is none.
Id operator_named(std::string_view text, std::string_view signature, const Schema&);
/// An SQL expression: such a text of the operator of this oid; null of 0.
Text operator_text_of(std::string_view oid);
/// The routine of this name that takes these types; null where there is none.
Id routine_taking(std::string_view qualified_name, std::string_view signature, const Schema&);
/// "public.f" of the routine that an argument of CREATE OPERATOR names; empty for NONE.
Text routine_in(ast::Node definition_argument);
/// Adds the types of the object's own signature to its needs.
void need_own_types(Object&, const Schema&);
/// Throws: PostgreSQL cannot rename the object, only drop and create it.
Text refuse_rename(Id, std::string_view new_name);

}  // namespace quoin
