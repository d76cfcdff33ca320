// A migration run on a database, up or down, with its row in the ledger.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

#include "parser/migrations/migration.h"
#include "runner/ledger.h"
#include "runner/script.h"
#include "runner/worker.h"

namespace quoin::runner {

/// Hears the remarks of a run; `detail` is for those who want to see every statement.
struct Voice {
  std::function<void(std::string_view)> remark = [](std::string_view) {};
  std::function<void(std::string_view)> detail = [](std::string_view) {};
};

/// Timeouts and retries for a file that has no directives of its own. Times as the server reads them; empty: those of
/// the session.
struct Limits {
  Text lock_timeout{}, statement_timeout{};
  int retries = 0;
};

/// SQL that a run has besides its migrations.
struct Added {
  Text label;  // whose it is: "the hook before_each"
  Section section;
  std::vector<std::pair<Text, Text>> settings{};  // that it finds, until its transaction ends
  std::chrono::milliseconds at_most{};            // 0: as long as it takes
};

/// A connection at work on a ledger, and how it is to work.
struct LedgerSession {
  postgres::Connection& connection;
  const Ledger& ledger;
  Voice voice;
  int waiting = 10;  // seconds to wait for a server process of an earlier runner that is still at work
  Link link = Link::direct;
  std::stop_token
      stop{};  // looked at between two statements; who asks to stop also cancels the statement that the server runs
  Limits limits{};
  std::vector<Added> before_each{};  // runs at the beginning of each migration's transaction, or before its first piece
};

/// Throws Error(Code::usage) for what the server does not take as a time.
void require_times(postgres::Connection&, const Limits&);

/// now: done by this call. meanwhile: another runner had done it before this one's turn came.
enum class Done { now, meanwhile };

/// Runs a migration's up: in one transaction together with its row in the ledger, or, where a statement cannot run in a
/// transaction, piece by piece, each recorded. `before`: its row, where an earlier run died in it; then it goes on
/// after what is done. An error is thrown with place, statement, and the state that the database is left in. Throws
/// Error(Code::refused) where it is not known if a statement of an earlier run was done, or where that run's session
/// cannot be made again.
Done apply(LedgerSession&, const Migration&, const std::optional<Entry>& before);

/// Runs the up of an applied migration once more, as its file is now; the log has the reason. A failure leaves the row
/// as it was, unless some of its statements are done. Throws Error(Code::refused) where it is not wholly applied.
Done run_once_more(LedgerSession&, const Migration&, const Entry& before, const Text& reason);

/// The beginning of Section::file where the ledger alone has the section.
inline constexpr std::string_view ledger_s_own = "(the ledger's down of ";

/// What a rollback runs: the down of the file, or the one that the ledger recorded.
struct Undoing {
  Entry entry;
  Section down;
};
/// Runs a down and removes the row, in the same way as apply().
Done undo(LedgerSession&, const Undoing&);

/// Runs a section without a ledger, as a runner would send it: for building a scratch database.
void run_section(postgres::Connection&, const Section&, Wrapping);

/// The directives of a section as the ledger keeps those of a down: "no-transaction", "lock-timeout 5s".
List to_lines(const Section&);
std::vector<Directive> directives_of(const List& lines);
Wrapping wrapping_of(const Section&);

}  // namespace quoin::runner
