// What a rename does to a schema. For diff/ alone.
#pragma once
#include "diff/diff.h"

namespace quoin {

/// True of a character that an identifier may contain after its first one.
bool is_of_name(char c);
/// Renames the object `old`, as the server does: an object whose name was derived from the old one keeps its name.
void rename_all(Schema&, Id old, Id now, const RenameInTexts&);
/// Renames the label in the texts of everything that uses its type, as a server shows them.
void rename_constants(Schema&, const Renames::Part&);

}  // namespace quoin
