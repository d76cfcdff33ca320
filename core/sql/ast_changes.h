// Whether a text that was printed from a tree is still what the tree says.
#pragma once
#include "core/sql/ast.h"

namespace quoin::ast {

/// How often nodes of the tree in which this node lies have been changed. Where it is what it was when a text was
/// printed from the tree, printing gives the same text again.
std::uint64_t changes(Node);

}  // namespace quoin::ast
