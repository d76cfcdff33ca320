// Differences between two queries that do not change what they mean. Part of the normal form.
#pragma once
#include "parser/names/fragment.h"
#include "parser/normal/normal.h"

namespace quoin {

/// Removes labels that name nothing (in the later arms of a set operation, in a subquery that is a value), and aliases
/// that a relation has only because it had that name before. The text is for comparing alone.
void drop_what_names_nothing(const Fragment&, const FormerNames&);

}  // namespace quoin
