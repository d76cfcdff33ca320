// What an extension brings has the extension's schema in its name. ALTER EXTENSION … SET SCHEMA changes that in
// everything that the server has parsed, and in no body that it keeps as text.
#pragma once
#include "parser/names/lookup.h"

namespace quoin {

/// Gives what mentions members of extensions the names that it has once each extension of both lies where it does in
/// `to`, where that makes it what `to` has: only the move itself is then left as a difference.
void follow_moved_extensions(Schema& from, const Schema& to);

/// Gives what mentions a known member of the extension the name that it has in another schema.
void rename_members(Schema&, const Object& extension, const Text& new_home);

}  // namespace quoin
