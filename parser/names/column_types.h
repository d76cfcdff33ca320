// Types of the columns that an expression mentions.
#pragma once
#include "core/model/schema.h"
#include "core/sql/ast.h"

namespace quoin {

/// The types of columns, as far as the schema tells, each with the node that names the column.
using ColumnTypes = std::vector<std::pair<ast::Node, Text>>;

/// The type of a column of any relation; empty: not known.
Text type_of(Id column, const Schema&);

}  // namespace quoin
