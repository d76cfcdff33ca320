// Settings of a folder's own tool that quoin does not read, though they change what that tool runs, or where it keeps
// its ledger.
#pragma once
#include "parser/migrations/layouts.h"

namespace quoin::migration_layouts {

/// Adds a note for each that is set, with what to say to quoin instead; not where it says
/// what quoin does by itself.
void note_unread_settings(const Folder&, const Row&);

}  // namespace quoin::migration_layouts
