// Who may do what, as far as a statement changes it.
#pragma once
#include "core/sql/ast.h"
#include "runner/loss_target.h"

namespace quoin::runner {

/// Adds what closes a door and what opens one: rights on objects and on what is made from now on, membership in roles
/// and what a role may do, owners, row security and policies, with whose rights routines and views work.
void read_access(ast::Node statement, std::vector<Candidate>& found);

/// The parts of a name, quoted, with dots.
Text spelled(const List& names);

}  // namespace quoin::runner
