// The type that an expression of a query gives, where built-in rules decide it.
#pragma once
#include <functional>

#include "core/sql/ast.h"

namespace quoin {

/// As print_type() has it; empty: that takes a server. `of_column` gives the type of a ColumnRef; empty: not known.
Text result_type(ast::Node expression, const std::function<Text(ast::Node)>& of_column);

}  // namespace quoin
