// The normal form: one text for texts that mean the same, found without a server.
#pragma once
#include <functional>
#include <set>

#include "core/model/schema.h"

namespace quoin {

/// Aliases that a server's text of a query shows because the relation had that name before: {public.article, product}.
using FormerNames = std::set<std::pair<Text, Text>>;

/// The normal form of one field's text by its role: parsed, rewritten (type aliases, implied and redundant casts, IN
/// and = ANY (ARRAY[…]), BETWEEN, <> and !=, LIKE and ~~, parentheses, `t.a` of a single relation and `a`, SELECT lists
/// with and without labels, date_part and extract), and printed by core/sql/print. Of a role without syntax names are
/// quoted by one rule. Text that does not parse is returned as it is.
Text normal(const FieldBase&, std::string_view text, const Object&, const Schema&);
/// The same for many fields of a schema that does not change meanwhile; many threads may call it.
using NormalForm = std::function<Text(const FieldBase&, std::string_view text, const Object&)>;
NormalForm normal_in(const Schema&);
/// For comparing alone, not for people: also without labels and aliases in a query that nothing refers to.
NormalForm comparable_in(const Schema&, FormerNames);
/// Brings every field whose role has a syntax to its normal form.
void normalise(Object&, const Schema&);
void normalise(Schema&);

}  // namespace quoin
