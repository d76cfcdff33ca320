// The objects that an expression, query, type or routine body mentions.
#pragma once
#include "core/model/schema.h"
#include "parser/names/missing.h"

namespace quoin {

/// Resolves every field of an object by its role: names are qualified where the search path decided, columns of queries
/// are found in scope, and `needs`/`wants` are set (by column where that can be told). Returns what is missing.
/// pg_catalog, information_schema and what extensions contain counts as there.
std::vector<Missing> resolve(Object&, const Schema&, const List& search_path);
/// After Schema::rename: rewrites every text that mentioned the object under its old name (or, of a column, a
/// relation's column), as the server's own deparse would.
void rename_in_texts(Schema&, Id old_id, Id new_id);
/// The names by which the body of a routine knows its arguments, and the columns of its result.
List argument_names(const Object& routine);
/// Adds to every routine's `wants` what its body mentions.
void read_bodies(Schema&);

}  // namespace quoin
