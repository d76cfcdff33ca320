// The objects that the texts of fields mention: expressions, queries, types, routine bodies.
#pragma once
#include "core/model/schema.h"
#include "parser/names/missing.h"

namespace quoin {

/// Resolves every field of an object by its role, bodies left out: qualifies names that the search path decided, finds
/// columns in their scopes, and adds to `needs`, and of overloads that cannot be told apart to `wants` (by column where
/// that is known). Returns the names that are missing. Names of pg_catalog, information_schema and known extensions
/// exist. Throws Error(input) where a text does not parse.
std::vector<Missing> resolve(Object&, const Schema&, const List& search_path);
/// After Schema::rename: rewrites every text, but for bodies, that mentioned the object under its old name, as
/// ruleutils.c would show it. A text that does not parse stays, and is named in Schema::notes.
void rename_in_texts(Schema&, Id old_id, Id new_id);
/// The names that the body of a routine may use for its arguments and for the columns of its result.
List argument_names(const Object& routine);
/// Adds to every routine's `wants` what its body mentions.
void read_bodies(Schema&);

}  // namespace quoin
