// The privileges that a statement gives and takes, as losses of the rule access.
#pragma once
#include "core/sql/ast.h"
#include "runner/loss_target.h"

namespace quoin::runner {

/// Adds what a statement forbids to some role, and what it permits (Loss::opens): privileges on objects and default
/// privileges, membership in roles and their attributes, owners, row security and policies, and whether routines and
/// views run with their owner's rights.
void read_access(ast::Node statement, std::vector<PossibleLoss>& found);

/// The name as SQL: its parts quoted where needed, with dots between.
Text spelled(const List& names);

}  // namespace quoin::runner
