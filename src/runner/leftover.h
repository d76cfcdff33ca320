// What a statement outside of a transaction left behind when it failed, or its runner died.
#pragma once
#include "runner/batch.h"
#include "runner/execute.h"
#include "runner/piece.h"

namespace quoin::runner {

/// Waits until the server process of an earlier runner ends its statement: it may go on after its runner is gone.
/// Throws Error(Code::refused), which says how to end it, where it takes longer than the session's `waiting`.
void wait_for_worker(LedgerSession&, const Entry&);

/// If a piece was done that ran outside of a transaction.
enum class Completion { done, not_done, unknown };

/// What `completion_of` needs to know of the time before the piece was sent: object ids, with spaces between. The
/// ledger keeps it meanwhile.
Text note_before(postgres::Connection&, const Piece&);

/// Finds out if a piece was done, and first removes what it left half done, or finishes it where that is the only way.
/// Waits for an index that another session is still building. Throws Error(Code::refused) where that takes longer than
/// the session's `waiting`.
Completion completion_of(LedgerSession&, const Piece&, const Text& note);

/// The statement that was begun by a row of the ledger, as it was sent; no value where none was.
std::optional<Piece> begun_piece(const Entry&);
/// How far that came, where it is one whose chunks are counted, so that what stands of it is known.
std::optional<Bound> bound_of_batch(const Entry&);
/// How far a migration came that is not wholly applied: "2 statements, statement 3 begun, behind id = 1400".
Text progress_of(const Entry&);
/// True if the first run of a migration failed by an error that was seen before any of its statements was done, so that
/// there is nothing to undo; false also where nobody knows, and of what repeats, which may have been applied before.
bool is_nothing_done(const Entry&);
/// Throws Error(Code::refused), which says what to do instead of undoing it, where nothing of it is done.
void require_something_done(const Entry&);
/// As `completion_of`, of the statement that was begun.
Completion completion_of_begun(LedgerSession&, const Entry&);

/// True if a piece that failed may have committed by itself before that, as a procedure can: what it did up to there
/// stays. `error` is the server's.
bool may_have_committed(postgres::Connection&, const Piece&, const Error& error);

/// Drops the invalid index that CREATE INDEX CONCURRENTLY IF NOT EXISTS would take for a built one; does nothing for
/// other pieces.
void clear_way(LedgerSession&, const Piece&);

}  // namespace quoin::runner
