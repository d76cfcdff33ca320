// What a loss is about, and whether a database has it.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/losses.h"

namespace quoin::runner {

/// How to ask the server whether something is there. users: whether rows lie in what goes with an object of `kind`;
/// owner: whether a role has tables; fraction: whether a column is of a type that integers and dates round; definer,
/// guard: whether a routine runs with its owner's rights, or a policy calls it; invoker: whether a view asks for the
/// rights of who uses it; unknown: it cannot be asked, and counts as there.
enum class Space {
  relation,
  column,
  fraction,
  type,
  routine,
  definer,
  guard,
  invoker,
  schema,
  role,
  database,
  owner,
  users,
  unknown
};

struct Target {
  Space space = Space::relation;
  Text name, column{};  // as SQL; the column bare
  Text kind{};          // of users: type, function, collation, extension, language, access method
  List elsewhere{};     // other names that it may have, of which one is enough
  bool is_of_relation() const;
  bool is_plain() const;  // no more is asked than whether it is there
};

struct Candidate {
  Loss loss;  // its place is for the caller to fill in
  Target target;
};

bool is_there(postgres::Connection&, const Target&);

}  // namespace quoin::runner
