// Names of an extension's objects, which contain the extension's schema. ALTER EXTENSION … SET SCHEMA changes them in
// everything that the server has parsed, but not in bodies that it keeps as text.
#pragma once
#include "parser/names/lookup.h"

namespace quoin {

/// Where an extension of both sides lies in another schema in `to`, rewrites each text of `from` that mentions its
/// objects, if that makes it what `to` has. Then the move alone is left as a difference.
void follow_moved_extensions(Schema& from, const Schema& to);

/// Rewrites every text that mentions a known object of the extension, which now lies in the schema `new_home`.
void rename_members(Schema&, const Object& extension, const Text& new_home);

}  // namespace quoin
