// Inside of the runner: a step of a section that runs piece by piece, with its row.
#pragma once
#include "runner/work.h"

namespace quoin::runner {

/// The row once `count` statements are done.
Entry with_done(const Work&, std::size_t count);
/// Writes `next` in the open transaction, waiting for the row no longer than `waiting`; once it is committed, the
/// caller calls take_over().
Tried write_progress(LedgerSession&, const Entry& next);
/// Makes `next` the row that the work knows.
void take_over(Work&, Entry next);
/// Locks the ledger (Ledger::hold) in a transaction that has just begun, the runner's or the file's, under the
/// session's own role, whatever role the file has set.
void hold_ledger(LedgerSession&);
/// Checks deferred constraints now; a violation is an Error at `place`.
void check_constraints(postgres::Connection&, const Place& place);
/// Records in the ledger, and adds to the error, in what state a failure has left the database.
void report_failure(LedgerSession&, Work&, Error&);
/// What a statement had waited for that ran into its lock_timeout with this error, which does not say it; empty: it is
/// another error, or it was not seen.
Text lock_waited_for(const LedgerSession&, const Error&);
/// The error for the remark that its statement is tried again: with what it had waited for, if that is known.
Text why_again(const LedgerSession&, const Error&);
/// They grow from half a second to five.
std::chrono::milliseconds pause_before_retry(int tried);
/// True if the error is a lock timeout or a deadlock.
bool may_retry(const Error&);

/// Runs a piece in chunks, as the `-- quoin: batch` above it says, from where its row says that an earlier run ended.
Tried run_batch(LedgerSession&, Work&, std::size_t number);

}  // namespace quoin::runner
