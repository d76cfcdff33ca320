// The rewrites behind the normal form.
#pragma once
#include "parser/names/column_types.h"
#include "parser/names/fragment.h"
#include "parser/names/lookup.h"

namespace quoin {

/// Qualifies columns where a query has several sources, and leaves them bare where it has one; expands `*` where all
/// columns are known. Returns the types of the columns that it has met.
ColumnTypes shorten_columns(Role, const Fragment&, const Object&, const Lookup&);
/// Rewrites whatever has several spellings into one, from the leaves up. `target`: the type of what the expression's
/// value is assigned to, as of a default's column; empty: none.
void simplify(const Fragment&, const ColumnTypes&, std::string_view target);

}  // namespace quoin
