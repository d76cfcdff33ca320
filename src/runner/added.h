// SQL that a run has besides its migrations: that of hooks.
#pragma once
#include <chrono>

#include "runner/execute.h"

namespace quoin::runner {

/// Runs it in a transaction of its own, or, where it says no-transaction or has a statement that cannot run in one,
/// piece by piece. What it sets stays. An error says whose SQL it is, and what to mend; the session is as new then.
void run_added(LedgerSession&, const Added&);
/// Runs it within the open transaction. Throws Error(Code::refused) for what ends the transaction, or cannot run in it.
void run_within(LedgerSession&, const Added&);

}  // namespace quoin::runner
