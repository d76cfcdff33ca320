// Differences between two queries that do not change what they mean. Part of the normal form.
#pragma once
#include "parser/names/fragment.h"
#include "parser/normal/normal.h"

namespace quoin {

/// Removes labels that nothing can refer to (in the later arms of a set operation, in a subquery that is a value), and
/// aliases that a relation has only because it had that name before. The text is for comparing alone.
void drop_unused_names(const Fragment&, const FormerNames&);

}  // namespace quoin
