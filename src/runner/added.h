// Runs the SQL of hooks.
#pragma once
#include <chrono>

#include "runner/execute.h"

namespace quoin::runner {

/// Runs it in a transaction of its own, or, where it is no-transaction or has a statement that cannot run in one, piece
/// by piece. Session settings that it makes stay, unless it fails. An Error names the hook, and says what to mend.
void run_added(LedgerSession&, const Added&);
/// Runs it within the open transaction. Throws Error(Code::refused) for what ends the transaction, or cannot run in it.
void run_within(LedgerSession&, const Added&);

}  // namespace quoin::runner
