// Which relations and schemas statements touch, and what that asks of a role: from their trees alone.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin::runner {

/// What somebody must have to do it, and what it keeps others from.
enum class Need {
  owner,     // of the relation, which is locked against all others
  trigger,   // the right TRIGGER on it, which is locked against writers
  writing,   // the rights INSERT, UPDATE, DELETE or TRUNCATE on it, `rights`
  creating,  // CREATE on the schema
  schemas,   // CREATE on the database
};

struct Touching {
  Need need = Need::owner;
  Text name{};    // of the relation, or the schema, as SQL; empty: where the search path leads, or the database
  Text rights{};  // of writing: "update"
  Place place{};
  Text doing{};           // "altering public.orders"
  bool rewrites = false;  // writes all of the relation anew, or an index of all its rows
};

/// In their order. What cannot be read, and what a routine or DO does, is not among them.
std::vector<Touching> touched_by(const Section&);

}  // namespace quoin::runner
