// A migration run on a database, up or down, with its row in the ledger.
#pragma once
#include <functional>
#include <optional>
#include <stop_token>

#include "parser/migrations/migration.h"
#include "runner/ledger.h"
#include "runner/script.h"
#include "runner/worker.h"

namespace quoin::runner {

/// Where remarks go. `detail` is for those who want to see every statement.
struct Voice {
  std::function<void(std::string_view)> remark = [](std::string_view) {};
  std::function<void(std::string_view)> detail = [](std::string_view) {};
};

/// What holds where a file says nothing of its own. Times as the server reads them; empty: the session's own.
struct Limits {
  Text lock_timeout{}, statement_timeout{};
  int retries = 0;
};

struct Session {
  postgres::Connection& connection;
  const Ledger& ledger;
  Voice voice;
  int waiting = 10;  // seconds, for what an earlier runner's server process is still doing
  Link link = Link::direct;
  std::stop_token stop{};  // between two statements; whoever asks for it cancels what the server runs too
  Limits limits{};
};

/// Throws Error(Code::usage) for what the server does not take as a time.
void require_times(postgres::Connection&, const Limits&);

/// now: done by this call. meanwhile: another runner had done it before this one's turn came.
enum class Done { now, meanwhile };

/// Runs a migration's up. In one transaction, together with its row; where a statement cannot run in one, piece by
/// piece, each recorded. `before`: its row, where an earlier run died in it; then it goes on behind what is done. What
/// fails is thrown with place, statement, and what became of the database. Throws Error(Code::refused) where it is not
/// known whether a statement of an earlier run was done, or its session cannot be had again.
Done apply(Session&, const Migration&, const std::optional<Entry>& before);

/// Runs the up of one that is applied once more, as its file is now; the log tells why. What fails leaves the row as it
/// was, unless some of its statements stand. Throws Error(Code::refused) where it is not applied as a whole.
Done run_once_more(Session&, const Migration&, const Entry& before, const Text& reason);

/// How the file of a section begins that only the ledger has.
inline constexpr std::string_view ledger_s_own = "(the ledger's down of ";

/// What a rollback runs: the down of a file, or as it was recorded.
struct Undoing {
  Entry entry;
  Section down;
};
/// Runs a down and takes the row away, in the same manner.
Done undo(Session&, const Undoing&);

/// Sections of SQL without a ledger, as a runner would send them: for building a scratch database.
void run_section(postgres::Connection&, const Section&, Wrapping);

/// How a section is to run, as the ledger keeps it of a down: "no-transaction", "lock-timeout 5s".
List to_lines(const Section&);
std::vector<Directive> directives_of(const List& lines);
Wrapping wrapping_of(const Section&);

}  // namespace quoin::runner
