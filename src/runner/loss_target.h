// What a loss is about, and whether a database has it.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/losses.h"

namespace quoin::runner {

/// How to ask the server whether something is there. users: whether rows lie in what goes with an object of `kind`;
/// owner: whether a role has tables; retyped: whether values of a column lose something as they become of type `kind`;
/// definer, guard: whether a routine runs with its owner's rights, or a policy calls it; option: whether a view has the
/// option `kind`; unknown: it cannot be asked, and counts as there.
enum class Space {
  relation,
  column,
  retyped,
  type,
  routine,
  definer,
  guard,
  option,
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
  Text kind{};          // of users: type, relation, function, collation, extension, language, access method
  List elsewhere{};     // other names that it may have, of which one is enough
  bool is_of_relation() const;
  bool is_plain() const;  // no more is asked than whether it is there
};

struct Candidate {
  Loss loss;  // its place is for the caller to fill in
  Target target;
};

bool is_there(postgres::Connection&, const Target&, const LosesValues&);
/// Whether the database has any table but those of the server.
bool has_tables(postgres::Connection&);

}  // namespace quoin::runner
