// The type of an expression in a query, where rules of pg_catalog's functions and operators decide it.
#pragma once
#include <functional>

#include "core/sql/ast.h"

namespace quoin {

/// The type, named as print_type() does; empty: only a server can tell. `of_column` gives the type of a ColumnRef;
/// empty: not known.
Text result_type(ast::Node expression, const std::function<Text(ast::Node)>& of_column);

}  // namespace quoin
