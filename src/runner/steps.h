// Inside of the runner: a step of a section that runs piece by piece, with its row.
#pragma once
#include "runner/work.h"

namespace quoin::runner {

/// The row once `count` statements are done.
Entry with_done(const Work&, std::size_t count);
/// Writes `next` in the transaction that is open; the caller takes it over when it is committed. Only this waits no
/// longer than it may: how long the file's own COMMIT waits is the file's affair.
Tried write_progress(LedgerSession&, const Entry& next);
void take_over(Work&, Entry next);
/// In a transaction that has just begun, of ours or the file's, whatever role the file has set.
void hold_ledger(LedgerSession&);
/// What was put off is checked now; what fails is told at `place`.
void check_constraints(postgres::Connection&, const Place& place);
/// What became of the database after a failure: recorded in the ledger, and told in the error.
void account_for(LedgerSession&, Work&, Error&);
/// Whether only a lock or a deadlock was in the way.
bool worth_another_try(const Error&);

/// In chunks, as `-- quoin: batch` above the piece says; goes on where the row says that it came to.
Tried run_batch(LedgerSession&, Work&, std::size_t number);

}  // namespace quoin::runner
