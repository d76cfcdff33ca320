// Writing into the ledger what a person has found out or settled by hand.
#pragma once
#include "runner/plan.h"

namespace quoin::runner {

/// What a person says of a migration.
enum class Settled {
  applied,      // all of it is done, as its file is now, though it never ran here
  pending,      // nothing of it is done
  partly,       // its first statements are done; of a rollback that died: are undone
  as_replaced,  // all of it is done, as the file for which a baseline of the folder has it
};

struct Repair {
  Settled settled = Settled::applied;
  std::size_t statements = 0;  // of partly
};

/// Writes the row, and a line in the log that tells what it was before; gives that line. Throws Error(Code::input)
/// where there is no row and it is not said to be applied, or the statements are more than the file has;
/// Error(Code::refused) where another runner has changed the row meanwhile, or a process of the server is still at work
/// on it for longer than the session's `waiting`. What was applied before and is said to be keeps its place in the
/// order of application.
Text repair(LedgerSession&, const MigrationStatus&, const Repair&);

}  // namespace quoin::runner
