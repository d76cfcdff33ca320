// What a rename does to a schema. Of this room alone.
#pragma once
#include "diff/diff.h"

namespace quoin {

/// What an identifier may go on with.
bool is_of_name(char c);
/// As the server does it: what was named by what stands above keeps the name it has.
void rename_all(Schema&, Id old, Id now, const RenameInTexts&);
/// In the texts of whoever uses the type, as a server shows them.
void rename_constants(Schema&, const Renames::Part&);

}  // namespace quoin
