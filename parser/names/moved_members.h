// Names of an extension's members after ALTER EXTENSION … SET SCHEMA, which the server shows with the new schema in all
// that it stores parsed, but not in bodies that it keeps as text.
#pragma once
#include "parser/names/lookup.h"

namespace quoin {

/// For each extension that has another schema in `to`: rewrites each text of `from`, but for bodies, that mentions its
/// members, if that makes it the text that `to` has. So only the extension's schema is left as a difference.
void follow_moved_extensions(Schema& from, const Schema& to);

/// Rewrites every text, but for bodies, that mentions a member of the extension, as far as quoin knows its members
/// (builtin_names.h), to have it in `new_schema`. The extension's own field is the caller's matter.
void rename_members(Schema&, const Object& extension, const Text& new_schema);

}  // namespace quoin
