// Properties of expressions that hold for every row.
#pragma once
#include "core/sql/ast.h"

namespace quoin::runner {

/// True if the expression has the same value for every row. False for a null node.
bool is_constant(ast::Node expression);
/// True if there is no condition, or one that holds for every row, NULLs aside: WHERE true, 1 = 1, id = id, x OR true.
bool is_always(ast::Node where);
/// The expression that an UPDATE assigns to a column; of (a, b) = (…), ROW(…) or (SELECT …) the column's part of it.
ast::Node assigned_value(ast::Node res_target);
/// True if the expression gives less of a value than it takes: left(x, 1), x::varchar(1), round(x).
bool is_shortening(ast::Node expression);

/// True if the expression uses the column's own value, by itself or as part of the whole row.
bool names_column(ast::Node expression, std::string_view column);

}  // namespace quoin::runner
