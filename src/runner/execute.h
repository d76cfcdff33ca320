// Runs a migration on a database, up or down, with its row in the ledger.
#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

#include "parser/migrations/migration.h"
#include "runner/holdings.h"
#include "runner/ledger.h"
#include "runner/script.h"
#include "runner/worker.h"

namespace quoin::runner {

/// Is called with a run's messages. remark: what a person should know; detail: each statement, for those who ask for
/// it; advance: how far a long statement is, with the share of it that is done (0 to 1), if known.
struct RunMessages {
  std::function<void(std::string_view)> remark = [](std::string_view) {};
  std::function<void(std::string_view)> detail = [](std::string_view) {};
  std::function<void(std::string_view, std::optional<double>)> advance = [](std::string_view, std::optional<double>) {};
};

/// Timeouts and retries for a file that has no directives of its own. Times as the server reads them; empty: those of
/// the session.
struct Limits {
  Text lock_timeout{}, statement_timeout{};
  int retries = 0;
};

/// SQL that runs besides the migrations: a hook's.
struct Added {
  Text label;  // for people: "the hook before_each"
  Section section;
  std::vector<std::pair<Text, Text>> settings{};  // name and value, set for it until its transaction ends
  std::chrono::milliseconds at_most{};            // 0: as long as it takes
};

class Watch;

/// A connection that writes a ledger and runs migrations, with its settings.
struct LedgerSession {
  postgres::Connection& connection;
  const Ledger& ledger;
  RunMessages messages;
  int waiting = 10;  // seconds to wait for an earlier runner's server process, or for a lock on the ledger
  Link link = Link::direct;
  std::stop_token
      stop{};  // looked at between two statements; who asks to stop also cancels the statement that the server runs
  Limits limits{};
  std::vector<Added> before_each{};  // runs at the beginning of each migration's transaction, or before its first piece
  std::optional<Holdings> holdings{};      // what the run must leave; none: losses are allowed
  Text undoes_with = "rollback";           // the command that undoes, for advice
  bool is_trial = false;                   // on a database of its own: only the file can be mended
  const Watch* watch = nullptr;            // sees what statements wait for; none: behind a pooler
  postgres::Connection* second = nullptr;  // logs how the first was lost; none: behind a pooler
};

/// Throws Error(Code::usage) for what the server does not take as a time.
void require_times(postgres::Connection&, const Limits&);

/// Who has run the migration: this call, or another runner while this one waited for its turn.
enum class DoneBy { this_run, another_runner };

/// Runs a migration's up: in one transaction together with its row in the ledger, or, where a statement cannot run in a
/// transaction, piece by piece, each recorded. `before`: its row, where an earlier run died in it; then it continues
/// after the statements that are done. Throws the server's Error with place, statement, and the state in which the
/// database is left; Error(Code::refused) where it is not known whether a statement of the earlier run was done, or
/// where that run's session state cannot be restored.
DoneBy apply(LedgerSession&, const Migration&, const std::optional<Entry>& before);

/// Runs the up of an applied migration once more, as its file is now; the log has the reason. A failure leaves the row
/// as it was, unless some of its statements are done. Throws Error(Code::refused) where it is not wholly applied.
DoneBy run_once_more(LedgerSession&, const Migration&, const Entry& before, const Text& reason);

/// How Section::file begins where the section is not from a file but from the ledger.
inline constexpr std::string_view ledger_s_own = "(the ledger's down of ";

/// A migration to undo, with the down to run: the file's, or the one that the ledger has recorded.
struct Undoing {
  Entry entry;
  Section down;
};
/// Runs a down and removes the row, in the same way as apply().
DoneBy undo(LedgerSession&, const Undoing&);

/// Runs a section without a ledger, as a runner would send it: for building a scratch database.
void run_section(postgres::Connection&, const Section&, Wrapping);

/// The directives of a section as the ledger keeps those of a down: "no-transaction", "lock-timeout 5s".
List to_lines(const Section&);
std::vector<Directive> directives_of(const List& lines);
Wrapping wrapping_of(const Section&);

}  // namespace quoin::runner
