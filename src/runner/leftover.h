// Finds out what a statement outside of a transaction has left when it failed, or when its runner died.
#pragma once
#include "runner/batch.h"
#include "runner/execute.h"
#include "runner/piece.h"

namespace quoin::runner {

/// Waits until the server process of an earlier runner ends its statement: it may go on after its runner is gone.
/// Throws Error(Code::refused), which says how to end it, where it takes longer than the session's `waiting`.
void wait_for_worker(LedgerSession&, const Entry&);

/// Whether a piece that ran outside of a transaction was done.
enum class Completion { done, not_done, unknown };

/// What completion_of() needs to know of the database before the piece is sent: oids with spaces between. The ledger
/// keeps it (Entry::begun_with).
Text note_before(postgres::Connection&, const Piece&);

/// Finds out whether a piece was done, after it has removed what the piece left half done, or finished it where nothing
/// else is possible.
/// Waits for an index that another session is still building. Throws Error(Code::refused) where that takes longer than
/// the session's `waiting`.
Completion completion_of(LedgerSession&, const Piece&, const Text& note);

/// The statement that the row says was begun, as it was sent; no value where none was.
std::optional<Piece> begun_piece(const Entry&);
/// The last key that is done of a begun statement that runs in chunks; no value: it is none.
std::optional<Bound> bound_of_batch(const Entry&);
/// How far a migration came that is not wholly applied: "2 statements, statement 3 begun, behind id = 1400".
Text progress_of(const Entry&);
/// What of it is done, for people: "1 statement, and of statement 2 the rows up to id = 1400".
Text done_in_words(const Entry&);
/// True if the first run of a migration has failed, by an error that its runner saw, before any statement was done, so
/// that there is nothing to undo. False where that is not known, and for repeatable migrations.
bool is_nothing_done(const Entry&);
/// Throws Error(Code::refused), which says what to do instead of a rollback, where is_nothing_done().
void require_something_done(const Entry&);
/// Throws Error(Code::refused) where the row says that a batch is done in part which the section does not have any more
/// as it was: its chunks are counted by what it was. Does nothing for a row without one.
void require_same_batch(const Entry&, const Script&, const Section&);
/// completion_of() for the statement that the row says was begun.
Completion completion_of_begun(LedgerSession&, const Entry&);

/// True if a piece that failed with `error`, the server's, may have committed before that, as a procedure can.
bool may_have_committed(postgres::Connection&, const Piece&, const Error& error);

/// Drops the invalid index that CREATE INDEX CONCURRENTLY IF NOT EXISTS would take for a built one; does nothing for
/// other pieces.
void clear_way(LedgerSession&, const Piece&);

}  // namespace quoin::runner
