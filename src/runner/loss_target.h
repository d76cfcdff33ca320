// The object that a loss is about, and whether the database has it.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/losses.h"

namespace quoin::runner {

/// The question by which the server tells whether the loss is real. users: are rows lost by dropping the object, of
/// `kind`, with CASCADE? owner: does the role own tables? retyped: do values of the column lose something when its type
/// becomes `kind`? definer: is the routine SECURITY DEFINER? guard: does a policy call it? option: has the view the
/// option `kind`? unknown: there is none, and the loss counts as real. The others: does the object exist?
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
  bool is_plain() const;  // the question is only whether it exists
};

/// Something that is a loss if the database has its target.
struct PossibleLoss {
  Loss loss;  // its place is for the caller to fill in
  Target target;
};

/// The answer to the question of the target's space.
bool is_there(postgres::Connection&, const Target&, const LosesValues&);
/// True if the database has any relation, routine or type but those of the server, of its extensions, and the tables
/// `but`, named as in SQL.
bool has_objects(postgres::Connection&, const List& but);

}  // namespace quoin::runner
