// What an error of the scratch server is about: the object or statement, the place where it is written, and its line.
#pragma once
#include "project/source.h"

namespace quoin {

/// Creates all of a schema in an empty scratch database. Where the server refuses, the Error names the object and the
/// place where it is written. A body that `let_in` has too is not checked.
void build_objects(postgres::Connection&, const Schema&, Roles, const Schema* let_in = nullptr);

/// The server's error with its place in the script: where the server points, counted from byte `begin` of the script,
/// where the SQL begins that was sent. Unchanged if it has a place already, or if the script has no file and the server
/// points nowhere.
Error placed(const ScriptText&, std::size_t begin, Error);

}  // namespace quoin
