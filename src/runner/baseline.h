// Migrations taken as applied that never ran here: what a database had before it had a ledger.
#pragma once
#include "runner/plan.h"

namespace quoin::runner {

/// Those up to `version`, and with it, that are not applied yet, in order. Throws Error(Code::input) for one that is
/// not there; Error(Code::refused) where one of them is done in part, or none has a file.
std::vector<MigrationStatus> choose_baseline(const std::vector<MigrationStatus>&, const Text& version);

/// Writes their rows, each with its line in the log, in one transaction. Throws Error(Code::refused) where another
/// runner was there meanwhile; nothing is written then.
void baseline(Session&, const std::vector<MigrationStatus>&);

}  // namespace quoin::runner
