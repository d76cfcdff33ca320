// What a statement takes away, as far as its text tells.
#pragma once
#include "core/sql/ast.h"
#include "runner/losses.h"

namespace quoin::runner {

/// How to ask the server whether something is there. users: whether rows lie in what goes with an object of `kind`;
/// owner: whether a role has tables; unknown: it cannot be asked.
enum class Space { relation, column, routine, schema, role, database, owner, users, unknown };

struct Target {
  Space space = Space::relation;
  Text name, column{};  // as SQL; the column bare
  Text kind{};          // of users: type, function, collation, extension, language, access method
  List elsewhere{};     // other names that it may have, of which one is enough
};

struct Candidate {
  Loss loss;  // its place is for the caller to fill in
  Target target;
};

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
