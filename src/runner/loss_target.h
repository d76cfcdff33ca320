// The object that a loss is about, and whether the database has it.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/losses.h"

namespace quoin::runner {

/// How the server is asked whether the loss is real. users: do rows depend on what is dropped with an object of `kind`?
/// owner: has a role tables? retyped: do values of a column lose something when they become of type `kind`? definer,
/// guard: does a routine run with its owner's rights, does a policy call it? option: has a view the option `kind`?
/// unknown: it cannot be asked, and counts as real. The others: does the object exist?
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
  List elsewhere{};     // other names that it may have; one of them is enough
  bool is_of_relation() const;
  bool is_plain() const;  // only its existence is asked for
};

/// Something that is a loss if the database has its target.
struct Candidate {
  Loss loss;  // its place is for the caller to fill in
  Target target;
};

bool is_there(postgres::Connection&, const Target&, const LosesValues&);
/// True if the database has any relation, routine or type but those of the server, of its extensions, and the tables
/// `but`, named as in SQL.
bool has_objects(postgres::Connection&, const List& but);

}  // namespace quoin::runner
