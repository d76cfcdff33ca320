// Writes into the ledger what a person says of a migration.
#pragma once
#include "runner/plan.h"

namespace quoin::runner {

/// The state of a migration that a person claims.
enum class ClaimedState {
  applied,      // all of it is done, as its file is now, though it never ran here
  pending,      // nothing of it is done
  partly,       // its first statements are done; of a rollback that died: are undone
  as_replaced,  // all of it is done, as the file for which a baseline of the folder has it
};

struct Repair {
  ClaimedState state = ClaimedState::applied;
  std::size_t statements = 0;  // of partly
};

/// Writes the row, and a line in the log that says what it was before; returns that line: empty where
/// the row says it already. Throws Error(Code::input)
/// where there is no row and it is not claimed to be applied, or where the statements are more than the file has;
/// Error(Code::refused) where another runner has changed the row meanwhile, or a server process is still at work on it
/// after the session's `waiting`. A migration that was applied and is claimed to be keeps its place in the order of
/// application.
Text repair(LedgerSession&, const MigrationStatus&, const Repair&);

}  // namespace quoin::runner
