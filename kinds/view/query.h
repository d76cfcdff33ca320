// What views and materialized views share.
#pragma once
#include "core/model/reading.h"
#include "core/sql/ast.h"

namespace quoin {

/// Columns of a catalog query over pg_class c and pg_namespace n: `also`, `columns`, and the comments on columns.
Text query_columns();
/// The FROM and WHERE of that catalog query, for one relkind.
Text query_from(std::string_view relkind);

/// The query with the names that CREATE VIEW v (a, b) gives to its columns.
Text query_text(ast::Node query, const List& aliases, Reading&);
/// True if the first columns of two queries are computed in the same way from the same, and so have the same types.
bool keeps_types(std::string_view before, std::string_view after, std::size_t columns);
/// True if no two rows of a query agree in all of these columns, named as SQL has them: it groups by them, or by some
/// of them.
bool gives_each_once(std::string_view query, const List& columns);
/// A DefElem's argument as storage parameters have it: `WITH (a = 1, b = off, c)`.
Text option_text(ast::Node argument);
bool option_is_on(ast::Node argument);
/// "fillfactor=70" of each.
List option_list(ast::Node options);

}  // namespace quoin
