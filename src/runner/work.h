// One section while it runs, up or down. For src/runner alone.
#pragma once
#include <chrono>
#include <functional>

#include "runner/execute.h"

namespace quoin::runner {

enum class Direction { up, down };

struct Work {
  const Section& section;
  Script script;
  Wrapping wrapping;
  Direction direction;
  Entry entry;                 // the row as it is in the ledger, or as it is to be added
  bool is_recorded;            // the row is in the ledger
  bool is_ours = false;        // this run has written the row; an error before that is no failure of the migration
  bool undoes_part = false;    // it is the down of an up that was done in part
  std::optional<Entry> was{};  // of a rollback that begins: the row before it
  Limits limits{};
  Text reason{};  // why an applied migration runs once more; empty: it does not
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();

  std::int64_t milliseconds() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
  }
  /// The command to repeat; and the action that the log has.
  std::string_view action() const { return direction == Direction::up ? "migrate" : "rollback"; }
  std::string_view logged_as() const { return reason.empty() ? action() : "force"; }
};

/// taken: another runner has changed the row since it was read, and this attempt was rolled back.
enum class Tried { done, taken };

/// SQL that sets the session's default role until the transaction ends, whatever role a file has set.
extern const char* const as_session_user;
/// SQL that undoes what a file may leave behind: deferred constraints, a role, settings.
extern const char* const reset_session;

void roll_back(postgres::Connection&);
/// Call it before the end of each transaction that has run some of the section. Throws as Holdings::require_whole().
void require_whole(const LedgerSession&, const Section&);
/// Commits what `write` does, or rolls it back where that throws.
template <class Write>
void in_one_transaction(postgres::Connection& connection, Write write) {
  connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
  try {
    write();
    connection.execute("COMMIT");
  } catch (...) {
    roll_back(connection);
    throw;
  }
}
/// Writes into the entry what the file says now: checksum, down, and how that runs.
void take_file(Entry&, const Migration&);
/// The row of a migration that is applied as its file is now.
Entry entry_of(const Migration&);
/// Adds the row of a migration that has none; one that was lost comes into its old place.
bool add_row(const LedgerSession&, const Entry&, const std::optional<LostRow>&);
/// Ends the work, in the open transaction: the row becomes applied or is removed, and the log gets its line.
Tried record_end(LedgerSession&, const Work&, Entry);
/// Calls `write`, which writes the entry's row in the open transaction, and returns its result. Throws
/// Error(Code::refused) where another transaction holds the row, or the ledger, for longer than the session's `waiting`
/// (a second at least), which stays the lock_timeout until the transaction ends.
bool write_row(LedgerSession&, const Entry&, const std::function<bool()>& write);
/// Writes the row of a run that is not at its end; what was applied before keeps its place in the order.
bool rewrite(const LedgerSession&, const Entry&);
void say_statement(const LedgerSession&, const Piece&);

/// Runs the work piece by piece; each piece with its row in one transaction, or, where that cannot be, with the row
/// written before and after.
Tried run_pieces(LedgerSession&, Work&);
/// Throws Error(Code::refused) where pieces rely on session state that a pooler does not keep; remarks on state that a
/// resumed run could not restore.
void check_session_needs(const LedgerSession&, const Work&);

}  // namespace quoin::runner
