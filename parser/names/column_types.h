// Types of the columns that an expression mentions.
#pragma once
#include "core/model/schema.h"
#include "core/sql/ast.h"

namespace quoin {

/// Types of columns as far as the schema tells, by the node that names them.
using ColumnTypes = std::vector<std::pair<ast::Node, Text>>;

/// The type of what a column holds; empty: not known.
Text type_of(Id column, const Schema&);

}  // namespace quoin
