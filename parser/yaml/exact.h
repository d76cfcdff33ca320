// Checks that the tree of a YAML text accounts for every character of the text.
#pragma once
#include <optional>

#include "parser/yaml/tree.h"

namespace quoin::yaml {

/// Walks the text along the tree that yaml-cpp made of it, and reports the first place that yaml-cpp has left out (the
/// rest of a file behind an open quote), read otherwise than YAML 1.2 does, or put elsewhere than its indentation says.
/// Replaces values in double quotes by quoin's own reading. nullopt: the tree accounts for all of the text. `broken`:
/// the byte at which yaml-cpp gave up, where the tree ends early; npos: it did not.
std::optional<Finding> check_exact(File&, std::size_t broken = Text::npos);

}  // namespace quoin::yaml
