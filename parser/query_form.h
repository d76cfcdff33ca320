// What may differ in a query without its meaning another thing. Part of the normal form.
#pragma once
#include "parser/fragment.h"

namespace quoin {

/// Gives every relation in a FROM clause a numbered alias, and drops the labels of a set operation's later arms: a
/// table that was renamed keeps its old name as an alias where the server shows a view, and arms gain labels there
/// that no one wrote. The text is for comparing alone.
void number_sources(const Fragment&);

}  // namespace quoin
