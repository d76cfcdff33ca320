// The privileges that statements require on relations and schemas, as far as their trees tell.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin::runner {

/// The privilege that a statement requires, and what its lock keeps others from.
enum class Need {
  owner,     // of the relation, which is locked against all others
  trigger,   // the right TRIGGER on it, which is locked against writers
  writing,   // the rights INSERT, UPDATE, DELETE or TRUNCATE on it, `rights`
  creating,  // CREATE on the schema
  schemas,   // CREATE on the database
};

struct Requirement {
  Need need = Need::owner;
  Text name{};    // of the relation, or the schema, as SQL; empty: where the search path leads, or the database
  Text rights{};  // of writing: "update"
  Place place{};
  Text doing{};           // "altering public.orders"
  bool rewrites = false;  // writes all of the relation anew, or an index of all its rows
};

/// The requirements of a section's statements, in their order. Those of statements that do not parse, and of SQL in
/// routines and DO, are not among them.
std::vector<Requirement> requirements_of(const Section&);

}  // namespace quoin::runner
