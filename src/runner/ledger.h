// What was done to a database: one row a migration that is applied, and a log of everything.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/postgres/postgres.h"
#include "runner/trust.h"

namespace quoin::runner {

/// applied; running (or its runner died in it) and failed: some statements of a migration that is no transaction are
/// done; undoing: the same of its down.
enum class Status { applied, running, failed, undoing };
std::string_view to_string(Status);

struct Entry {
  Text version, name, description, checksum;
  std::optional<Text> down;
  List down_directives;  // how the down is to run: "no-transaction", "lock-timeout 5s"
  Status status = Status::applied;
  Text applied_at, applied_by;  // as the server writes them, in UTC; only `add_foreign` writes them
  std::int64_t milliseconds = 0;
  Text error;
  std::size_t statements_done = 0;  // unless applied: of the migration, or of its down
  Text done_checksum;               // of these statements: the file may be mended behind them
  std::size_t begun = 0;            // the statement, counted from 1, that was sent and whose end is not known; 0: none
  Text begun_with;                  // what `note_before` found, and in the next line the statement
  Text worker;                      // the server process that ran it last, as `Worker` writes it; empty: not known
  std::int64_t revision = 0;        // counts the changes of the row
  Text odd;                         // what the row holds that no quoin writes; read only

  Text label() const { return name.empty() ? version : concat(version, "_", name); }
};

/// Throws Error(Code::refused), which says how to settle it, where the row is odd.
void require_sound(const Entry&);

struct LogLine {
  Text version, name, action, detail;  // action: migrate, rollback, failure, repair, adopt
};

/// As it stands in the log.
struct LoggedLine : LogLine {
  Text at, by;  // in UTC, as the server writes it

  Text label() const { return name.empty() ? version : concat(version, "_", name); }
};

/// The last try of a migration that failed and left nothing.
struct Failure {
  Text at, error;  // in UTC, as the server writes it
};

/// A row is written by whoever saw it as it is: `add`, `change`, `correct` and `remove` tell by false that another
/// runner was there first, which no lost lock and no COMMIT on its way can hide. They belong in the transaction that
/// does what they record, and wait there for another transaction that holds the row.
class Ledger {
 public:
  /// "schema.table", or "table" in schema quoin; the log lies beside it. `waiting`: for how many seconds (one at least)
  /// another session may hold the tables before whatever is no part of a transaction throws Error(Code::refused), which
  /// names it. Throws Error(Code::input).
  explicit Ledger(const Text& name, int waiting = 10);
  const Text& name() const { return name_; }
  const Text& schema() const { return schema_; }
  List tables() const { return {table_, log_}; }  // as SQL names them

  bool exists(postgres::Connection&) const;
  /// Made where it is missing, and brought up to date where an older quoin made it; so a command that only reads never
  /// changes it. Throws Error(Code::refused) where `require_trusted` does, as every other function here, and where its
  /// columns are not those of a ledger.
  void create(postgres::Connection&) const;
  /// In the order of application. Empty where there is no ledger.
  std::vector<Entry> read(postgres::Connection&) const;
  /// Throws Error(Code::refused) where the row is odd.
  std::optional<Entry> find(postgres::Connection&, const Text& version) const;
  /// By version, of those whose last line in the log is a failure.
  std::map<Text, Failure> failures(postgres::Connection&) const;
  /// The log, the oldest first; `since`: what came at that time or later, as the server reads a time, in UTC. Empty
  /// where there is no ledger. Throws Error(Code::usage) for what is no time.
  std::vector<LoggedLine> logged(postgres::Connection&, const std::optional<Text>& since) const;

  /// Keeps both tables as they are until the transaction ends, which must have begun just now; the rest of it may then
  /// write them under any isolation. No query is made, so that SET TRANSACTION may follow.
  void hold(postgres::Connection&) const;
  [[nodiscard]] bool add(postgres::Connection&, const Entry&) const;
  /// As `add`, of what another tool ran: at the time and by whom the entry says, where it says so, and so many
  /// microseconds later, which keeps the order of those of one time.
  [[nodiscard]] bool add_foreign(postgres::Connection&, const Entry&, std::size_t microseconds) const;
  /// Writes `entry` over the row of its version and revision.
  [[nodiscard]] bool change(postgres::Connection&, const Entry& entry) const;
  /// As `change`, of a migration that stays applied: it keeps its place in the order of application, and by whom.
  [[nodiscard]] bool correct(postgres::Connection&, const Entry& entry) const;
  [[nodiscard]] bool remove(postgres::Connection&, const Entry&) const;
  void log(postgres::Connection&, const LogLine&) const;

 private:
  struct Application {
    Text columns, expressions;  // ", applied_at", ", $15"
    std::vector<postgres::Parameter> values;
  };
  std::vector<Entry> select(postgres::Connection&, const Text& rest, std::span<const postgres::Parameter>) const;
  void make(postgres::Connection&) const;
  struct Request {
    Text table;
    Touch touch;
    Text sql;
  };
  using Values = std::span<const postgres::Parameter>;
  postgres::Result ask(postgres::Connection&, const Request&, Values) const;
  postgres::Result ask_to_read(postgres::Connection&, const Request&, Values) const;
  postgres::Result ask_to_write(postgres::Connection&, const Text& sql, Values) const;
  template <class Body>
  void in_transaction(postgres::Connection&, Body) const;
  Error held_by_another(postgres::Connection&) const;
  void bring_up_to_date(postgres::Connection&) const;
  bool insert(postgres::Connection&, const Entry&, const Application&) const;
  bool write_over(postgres::Connection&, const Entry&, const Text& application) const;
  void require_layout(postgres::Connection&) const;
  Text schema_, name_, table_, log_;  // the last two quoted
  int waiting_;
};

}  // namespace quoin::runner
