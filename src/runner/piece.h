// One statement as a runner sends it, and what its tree tells of how it runs.
#pragma once
#include <optional>

#include "core/sql/ast.h"

namespace quoin::runner {

/// What a statement does to its session and transaction.
enum class SessionEffect {
  none,
  alone,      // cannot run in a transaction: CREATE INDEX CONCURRENTLY, VACUUM…
  begin,      // BEGIN, ROLLBACK…, as opposed to savepoints
  commit,     // COMMIT, END
  calling,    // may end transactions by itself: CALL, DO with COMMIT or CALL in its body, what the grammar cannot read
  setting,    // SET, RESET, set_config(…, false), UPDATE pg_settings, PREPARE, which a resumed run says again
  temporary,  // makes a temporary relation, which goes with its session
  passing,    // ends with its transaction: SET LOCAL, LOCK, SAVEPOINT, SET CONSTRAINTS, DECLARE
};

/// What a piece that ran outside of a transaction may have left, if nobody saw its end.
enum class Leftover {
  unknown,    // it may have been done
  harmless,   // it can run again: VACUUM, ALTER SYSTEM…
  index,      // of CREATE INDEX CONCURRENTLY: none, an invalid one, or the index
  no_index,   // of DROP INDEX CONCURRENTLY
  reindexed,  // of REINDEX CONCURRENTLY: invalid copies
  partition,  // of DETACH PARTITION CONCURRENTLY: none, pending, or detached
};

/// What `-- quoin: batch N [pause MS] [max-lag TIME]` says.
struct BatchRequest {
  int rows = 0, pause_ms = 0;
  Text max_lag{};  // of replicas; empty: none is waited for
};

/// One statement of a section.
struct Piece {
  Text sql;
  std::size_t begin = 0;  // byte in the section's text
  SessionEffect effect = SessionEffect::none;
  Leftover leftover = Leftover::unknown;
  /// Names as SQL. CREATE INDEX CONCURRENTLY: `table`, and the index's `object`, empty where the server chooses it;
  /// DROP INDEX CONCURRENTLY: `object`; DETACH PARTITION: the parent's `table`, the partition's `object`; temporary
  /// relations: `object`.
  Text table{}, object{};
  bool if_not_exists = false;
  /// True if its body, or its arguments to set_config(), change the session in a way that cannot be repeated.
  bool may_change_session = false;
  std::optional<BatchRequest> batch{};  // it runs in chunks
  List calls{};                         // names of the routines that a SELECT or CALL runs, as the catalog has them
};

/// True if the body of a routine or DO sets something that outlives its transaction, or makes something that only its
/// session has.
bool body_changes_session(std::string_view body);

/// `text` is what `statement` was parsed from.
Piece piece_of(const ast::Statement& statement, std::string_view text);

}  // namespace quoin::runner
