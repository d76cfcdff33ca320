// Operators of extensions and of the schema itself, which the server shows as OPERATOR(schema.name).
#pragma once
#include "parser/names/column_types.h"
#include "parser/names/lookup.h"

namespace quoin {

/// What is known of types in an expression.
struct KnownTypes {
  const ColumnTypes& columns;
  Text value;  // of VALUE in a domain's check; empty: there is none
};
/// Writes OPERATOR(schema.name) for an operator of an extension or of the schema, unless that lies in public, as far as
/// the types of its operands tell which is meant; IN and LIKE, which cannot name a schema, become the operators that
/// they stand for. Returns the extensions and operators that the expression needs.
std::vector<Id> qualify_operators(const ast::Tree&, ast::Node root, const KnownTypes&, const Lookup&);

}  // namespace quoin
