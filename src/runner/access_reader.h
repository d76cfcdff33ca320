// How a statement changes who may do what.
#pragma once
#include "core/sql/ast.h"
#include "runner/loss_target.h"

namespace quoin::runner {

/// Adds what a statement forbids to somebody, and what it permits: rights on objects and by default privileges,
/// membership in roles and their attributes, owners, row security and policies, and with whose rights routines and
/// views run.
void read_access(ast::Node statement, std::vector<Candidate>& found);

/// The parts of a name, quoted, with dots.
Text spelled(const List& names);

}  // namespace quoin::runner
