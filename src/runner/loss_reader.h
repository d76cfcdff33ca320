// What a statement takes away, as far as its text tells.
#pragma once
#include "core/sql/ast.h"
#include "runner/loss_target.h"

namespace quoin::runner {

/// What a text shows by itself, and the names of the routines whose bodies run with it.
struct ReadLosses {
  std::vector<Candidate> found{};
  std::vector<List> calls{};
};

/// Of a statement with all that it holds: WITH, EXPLAIN ANALYZE, COPY, and the static SQL in the body of DO. `sql` is
/// its text.
ReadLosses read_losses(ast::Node statement, std::string_view sql);
/// Of what a routine runs, by its CREATE statement.
ReadLosses read_losses_of_routine(const Text& create);

}  // namespace quoin::runner
