// Operators that extensions bring, which the server's own words always say with their schema.
#pragma once
#include "parser/names/column_types.h"
#include "parser/names/lookup.h"

namespace quoin {

/// Writes OPERATOR(schema.name) where an operator of an extension outside of public is meant, as far as the types of
/// its operands tell; IN and LIKE, which cannot say a schema, become what they stand for. Returns the extensions.
struct KnownTypes {
  const ColumnTypes& columns;
  Text value;  // of VALUE in a domain's check; empty: there is none
};
std::vector<Id> qualify_operators(const ast::Tree&, ast::Node root, const KnownTypes&, const Lookup&);

}  // namespace quoin
