// What a statement left behind that ran outside of a transaction and died, or whose runner did.
#pragma once
#include "runner/execute.h"
#include "runner/piece.h"

namespace quoin::runner {

/// An earlier runner may be gone while the server is still at its statement: until that ends. Throws
/// Error(Code::refused), which says how to end it, where it takes longer than the session's `waiting`.
void wait_for_worker(Session&, const Entry&);

enum class Outcome { done, not_done, unknown };

/// What `outcome_of` will want to know of the time before the piece was sent; kept in the ledger meanwhile. Object
/// ids, with spaces between.
Text note_before(postgres::Connection&, const Piece&);

/// What became of a piece, after whatever it left half done is removed, or finished where it can only be finished. An
/// index that another session is still building is waited for. Throws Error(Code::refused) where that takes longer than
/// the session's `waiting`.
Outcome outcome_of(Session&, const Piece&, const Text& note);

/// The statement that a row calls begun, as it was sent; no value where none is.
std::optional<Piece> begun_piece(const Entry&);
/// Whether it is one whose chunks are counted, so that what stands of it is known.
bool is_batch_underway(const Entry&);
/// As above, of that statement.
Outcome outcome_of_begun(Session&, const Entry&);

/// Whether a piece that failed may have committed by itself before it did, as a procedure can: then what it did up to
/// there stands. `error` is what the server said of it.
bool may_have_committed(postgres::Connection&, const Piece&, const Error& error);

/// Drops the invalid index that CREATE INDEX CONCURRENTLY IF NOT EXISTS would pass for built; does nothing for others.
void clear_way(Session&, const Piece&);

}  // namespace quoin::runner
