// What an error of the scratch server is about: the object or statement, where it is written, its line.
#pragma once
#include "project/source.h"

namespace quoin {

/// Makes all of a schema in an empty scratch database. Where the server refuses, the Error names the object and the
/// place at which it is written. A body that `let_in` holds too is not checked.
void build_objects(postgres::Connection&, const Schema&, Roles, const Schema* let_in = nullptr);

/// An error of the server with its place in the script: where the server points, which counts from byte `begin` of the
/// script, where the statements begin that were sent. Unchanged where it has a place, or is of a text without a file
/// and points nowhere.
Error placed(const ScriptText&, std::size_t begin, Error);

}  // namespace quoin
