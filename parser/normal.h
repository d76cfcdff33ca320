// The normal form: one text for whatever means the same, offline.
#pragma once
#include <functional>

#include "kinds/schema.h"

namespace quoin {

/// What only names things within a query (aliases of its relations, labels of a set operation's later arms) is kept for
/// people, and made alike for comparing.
enum class Purpose { reading, comparing };

/// The normal form of one field's text by its role: parsed, rewritten (type aliases, implied and redundant casts, IN
/// and = ANY (ARRAY[…]), BETWEEN, <> and !=, LIKE and ~~, parentheses, `t.a` of a single relation and `a`, SELECT lists
/// with and without labels, date_part and extract), printed by base/print. Text that does not parse is returned as it
/// is.
Text normal(const FieldBase&, std::string_view text, const Object&, const Schema&);
/// The same for many fields of a schema that does not change meanwhile; many threads may call it.
std::function<Text(const FieldBase&, std::string_view text, const Object&)> normal_in(const Schema&,
                                                                                      Purpose = Purpose::reading);
/// Brings every field with a role to its normal form.
void normalise(Object&, const Schema&);
void normalise(Schema&);

}  // namespace quoin
