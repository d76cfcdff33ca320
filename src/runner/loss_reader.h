// The losses that a statement's text shows: rows, values, privileges.
#pragma once
#include "core/sql/ast.h"
#include "runner/loss_target.h"

namespace quoin::runner {

/// The losses that a statement's own text shows, and the names of the routines that it calls.
struct ReadLosses {
  std::vector<PossibleLoss> found{};
  std::vector<List> calls{};
};

/// Reads a statement with everything in it: WITH, EXPLAIN ANALYZE, COPY, and the static SQL in the body of DO. `sql` is
/// its text.
ReadLosses read_losses(ast::Node statement, std::string_view sql);
/// Reads what a routine runs, from its CREATE statement.
ReadLosses read_losses_of_routine(const Text& create);

}  // namespace quoin::runner
