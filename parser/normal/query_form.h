// What may differ in a query without its meaning another thing. Part of the normal form.
#pragma once
#include "parser/names/fragment.h"
#include "parser/normal/normal.h"

namespace quoin {

/// Drops labels that name nothing (of a set operation's later arms, of a subquery that is a value), and aliases that a
/// relation only has since it was called so before. The text is for comparing alone.
void drop_what_names_nothing(const Fragment&, const FormerNames&);

}  // namespace quoin
