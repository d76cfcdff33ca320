// Operators of extensions, which the server always shows with their schema.
#pragma once
#include "parser/names/column_types.h"
#include "parser/names/lookup.h"

namespace quoin {

/// What is known of types in an expression.
struct KnownTypes {
  const ColumnTypes& columns;
  Text value;  // of VALUE in a domain's check; empty: there is none
};
/// Writes OPERATOR(schema.name) where an operator of an extension outside of public is meant, as far as the types of
/// its operands tell; IN and LIKE, which cannot name a schema, become the operators that they stand for. Returns the
/// extensions.
std::vector<Id> qualify_operators(const ast::Tree&, ast::Node root, const KnownTypes&, const Lookup&);

}  // namespace quoin
