// The rewrites behind the normal form.
#pragma once
#include "parser/fragment.h"
#include "parser/lookup.h"

namespace quoin {

/// Types of columns as far as the schema tells, by the node that names them.
using ColumnTypes = std::vector<std::pair<ast::Node, Text>>;

/// The type of what a column holds; empty: not known.
Text type_of(Id column, const Schema&);
/// Columns qualified where a query has several sources, bare where there is but one; `*` expanded where it can be.
ColumnTypes shorten_columns(Role, const Fragment&, const Object&, const Lookup&);
/// Rewrites what has several spellings into one, from the leaves up. `target`: the type of what an expression is given
/// to, as of a default's column; empty: none.
void simplify(const Fragment&, const ColumnTypes&, std::string_view target);

}  // namespace quoin
