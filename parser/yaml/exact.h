// Checks that the tree of a YAML text says all that the text says, character by character.
#pragma once
#include <optional>

#include "parser/yaml/tree.h"

namespace quoin::yaml {

/// Walks the text along the tree that yaml-cpp made of it, and reports the first place where something is passed over
/// (the rest of a file behind an open quote), read otherwise than YAML 1.2 has it, or indented so that it belongs
/// elsewhere. Values in double quotes become what the text says. nullopt: all of the text is accounted for.
/// `broken`: the byte at which yaml-cpp gave up (npos: it did not), where the tree ends early.
std::optional<Finding> check_exact(File&, std::size_t broken = Text::npos);

}  // namespace quoin::yaml
