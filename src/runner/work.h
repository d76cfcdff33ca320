// Inside of the runner: one section on its way, with what differs between up and down.
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
  Entry entry;               // the row as it is in the ledger, or as it is to be added
  bool is_recorded;          // the row is in the ledger
  bool is_ours = false;      // this run has had the row; until then what fails is no failure of the migration's own
  bool undoes_part = false;  // a down, of an up that was done in part
  Limits limits{};
  Text reason{};  // why what is applied runs once more; empty: it does not
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();

  std::int64_t milliseconds() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
  }
  /// As the log has it, and what to say again.
  std::string_view action() const { return direction == Direction::up ? "migrate" : "rollback"; }
  std::string_view logged_as() const { return reason.empty() ? action() : "force"; }
};

/// taken: another runner has changed the row since it was read; nothing of this try stands.
enum class Tried { done, taken };

/// Makes the session's role what it is by default until the transaction ends, whatever a file has set.
extern const char* const as_session_user;
/// Undoes what a file may leave behind: constraints that were put off, a role, settings.
extern const char* const reset_session;

void roll_back(postgres::Connection&);
/// The row says of its migration what the file says now: checksum, down, and how that runs.
void take_file(Entry&, const Migration&);
/// The end of the work, in the transaction that is open: the row says applied, or is gone, and the log has its line.
Tried record_end(Session&, const Work&, Entry);
/// Runs `write`, which writes the entry's row in the transaction that is open, and gives what it gives. Throws
/// Error(Code::refused) where another transaction holds the row, or the ledger, for longer than the session's `waiting`
/// (a second at least); that stays the lock_timeout until the transaction ends.
bool write_row(Session&, const Entry&, const std::function<bool()>& write);
void say_statement(const Session&, const Piece&);

/// Piece by piece; each with the row in one transaction where it can be, else with the row before and after.
Tried run_pieces(Session&, Work&);
/// Throws Error(Code::refused) where pieces rely on a session that a pooler does not keep; says what will not be there
/// when a run goes on after a failure.
void look_ahead(const Session&, const Work&);

}  // namespace quoin::runner
