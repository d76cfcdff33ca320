// meta/_journal.json, by which drizzle orders the files of its folder.
#pragma once
#include <vector>

#include "core/base/text.h"

namespace quoin {

struct JournalEntry {
  Text when;  // milliseconds since 1970: what its ledger keeps
  Text tag;   // the file's name without its ending
};

/// The journal's entries, in its order; empty where the folder has no journal. Throws Error(Code::input) where it
/// cannot be read.
std::vector<JournalEntry> read_journal(const Text& folder);

}  // namespace quoin
