// Marks migrations as applied that never ran through quoin, in a database that is older than its ledger.
#pragma once
#include "runner/plan.h"

namespace quoin::runner {

/// The migrations up to and including `version` that are not applied yet, in order. Throws Error(Code::input) where
/// `version` does not exist; Error(Code::refused) where one of them is done in part, or none has a file.
std::vector<MigrationStatus> choose_baseline(const std::vector<MigrationStatus>&, const Text& version);

/// Writes their rows into the ledger, each with its line in the log, in one transaction. Throws Error(Code::refused),
/// and writes nothing, where another runner has changed the ledger meanwhile.
void baseline(LedgerSession&, const std::vector<MigrationStatus>&);

}  // namespace quoin::runner
