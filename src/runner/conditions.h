// What an expression says by itself, whatever the row.
#pragma once
#include "core/sql/ast.h"

namespace quoin::runner {

/// The same for every row. Null is no expression.
bool is_constant(ast::Node expression);
/// No condition, or one that every row meets, those aside that hold no value: WHERE true, 1 = 1, id = id, x OR true.
bool is_always(ast::Node where);
/// What a column is set to; of (a, b) = (…), ROW(…) or (SELECT …), its part of it.
ast::Node assigned_value(ast::Node res_target);
/// An expression that gives less of a value than it takes: left(x, 1), x::varchar(1), round(x).
bool is_shortening(ast::Node expression);

/// The column's own value counts in it, be it as one of the whole row's.
bool names_column(ast::Node expression, std::string_view column);

}  // namespace quoin::runner
