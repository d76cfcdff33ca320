// The rewrites behind the normal form.
#pragma once
#include "parser/fragment.h"
#include "parser/lookup.h"

namespace quoin {

/// Columns qualified where a query has several sources, bare where there is but one; labels that say what the server
/// would say anyway left out.
void shorten_columns(Role, const Fragment&, const Object&, const Lookup&);
/// Rewrites what has several spellings into one, from the leaves up.
void simplify(const ast::Tree&, ast::Node);

}  // namespace quoin
