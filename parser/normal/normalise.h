// The rewrites behind the normal form.
#pragma once
#include "parser/names/column_types.h"
#include "parser/names/fragment.h"
#include "parser/names/lookup.h"

namespace quoin {

/// Columns qualified where a query has several sources, bare where there is but one; `*` expanded where it can be.
ColumnTypes shorten_columns(Role, const Fragment&, const Object&, const Lookup&);
/// Rewrites what has several spellings into one, from the leaves up. `target`: the type of what an expression is given
/// to, as of a default's column; empty: none.
void simplify(const Fragment&, const ColumnTypes&, std::string_view target);

}  // namespace quoin
