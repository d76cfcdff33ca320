// Finds what an error of the scratch server is about: the object or statement, and the place where it is written.
#pragma once
#include "project/source.h"

namespace quoin {

/// Creates all of a schema in an empty scratch database. Where the server refuses, the Error names the object and the
/// place where it is written. A body that `accepted` has too, which a server has accepted before, is not checked.
void build_objects(postgres::Connection&, const Schema&, Roles, const Schema* accepted = nullptr);

/// The server's error with its place in the script: where the server points, counted from byte `begin` of the script,
/// where the SQL begins that was sent. Unchanged if it has a place already, or if the script has no file and the server
/// points nowhere.
Error placed(const ScriptText&, std::size_t begin, Error);

}  // namespace quoin
