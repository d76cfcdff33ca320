// The ledger of a database: a table with a row for each applied migration, and a log of every change of it.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/postgres/postgres.h"
#include "parser/migrations/label.h"
#include "runner/trust.h"

namespace quoin::runner {

/// The state of a row. running (now, or until its runner died) and failed: some statements are done of a migration that
/// is no single transaction; undoing: some statements of its down are.
enum class Status { applied, running, failed, undoing };
std::string_view to_string(Status);

/// A row of the ledger: a migration that is applied, wholly or in part.
struct Entry {
  Text version, name, description, checksum;
  std::optional<Text> down;
  List down_directives;  // how the down is to run: "no-transaction", "lock-timeout 5s"
  Status status = Status::applied;
  Text applied_at, applied_by;  // as the server writes them, in UTC; only `add_of_tool` writes them
  std::int64_t milliseconds = 0;
  Text error;
  std::size_t statements_done = 0;  // unless applied: how many statements of the up, or of the down
  Text done_checksum;               // checksum of these statements: the file may be changed after them
  std::size_t begun = 0;            // the statement, counted from 1, that was sent and whose end is not known; 0: none
  Text begun_with;                  // note_before() of that statement, and in the next line the statement
  Text worker;                      // the server process that ran it last, by worker_of(); empty: not known
  Text forced;                      // why it runs once more, though it was applied; empty: it does not
  std::int64_t revision = 0;        // the number of changes of the row
  Text odd;                         // what quoin would never write into the row, for people; read only

  Text label() const { return label_of(version, name); }
  /// True if it is applied, also while it runs once more (`forced`) and where that run was not finished.
  bool was_applied() const { return status == Status::applied || !forced.empty(); }
};

/// Throws Error(Code::refused), which says what to do, where the row is odd.
void require_sound(const Entry&);

struct LogLine {
  Text version, name, action,
      detail;  // action: migrate, rollback, force, sync, repair, adopt, baseline, reset; failed() of the first three;
               // begin: of what is no single transaction and is committed as it goes
};

/// The end of a repair's detail that says that all of a migration stands, or nothing of it.
constexpr std::string_view said_to_be_applied = "said to be applied", said_to_be_pending = "said to be pending";

/// A line read from the log.
struct LoggedLine : LogLine {
  Text at, by;          // in UTC, as the server writes it
  Text microseconds{};  // of `at`

  /// True if after what the line tells all of the migration stood, or some of it may (action begin).
  bool says_done() const;
  Text label() const { return label_of(version, name); }
};

/// What the log tells of a version that has no row.
struct LoggedVersion {
  LoggedLine added;  // its first line since it was last taken back: that of its row, if it had one
  LoggedLine last;   // its last one; neither is a failure
};

/// A row that is lost, though the log tells of it. It was applied when its first line was written; but where that says
/// that it was adopted, it is taken for so many `places`, counted in microseconds, before the row of `next` (a version;
/// empty: none is later).
struct LostRow {
  const LoggedVersion* logged = nullptr;
  Text next{};
  std::size_t places = 1;
};

/// The action of a run that failed, by the action that it was to be: migrate, rollback or force.
Text failed(std::string_view action);

/// The last run of a migration, which failed and was rolled back as a whole.
struct Failure {
  Text at, error;  // in UTC, as the server writes it
  Text action{};   // which failed
};

/// True if there is a relation of that name, written as in SQL.
bool is_there(postgres::Connection&, const Text& relation);

/// The ledger of a database. `add`, `change`, `correct` and `remove` write a row only if it is still as the caller has
/// read it, and return false if another runner has changed it: so runners are safe from each other even where the
/// advisory lock is lost. Call them in the transaction that does what they record; there they wait for another
/// transaction that has written the row.
class Ledger {
 public:
  /// `name`: "schema.table", or "table" in schema quoin; the log is "table_log" beside it. `waiting`: how many seconds
  /// (one at least) a call outside of a transaction waits while another session has locked the tables, before it throws
  /// Error(Code::refused), which names that session. Throws Error(Code::input) for a name that is none.
  explicit Ledger(const Text& name, int waiting = 10);
  /// The same ledger, for what follows at once in a transaction in which it was written: the locks keep others from
  /// changing the tables until the end, so they are neither locked nor checked again.
  Ledger checked() const;
  const Text& name() const { return name_; }
  const Text& schema() const { return schema_; }
  List tables() const { return {table_, log_}; }  // as SQL names them

  bool exists(postgres::Connection&) const;
  /// Creates the tables where they are missing, and brings up to date those of an older quoin. Commands that only read
  /// do not call it. Throws Error(Code::refused) where `require_trusted` does, as every other function here, and where
  /// the columns are not those of a ledger.
  void create(postgres::Connection&) const;
  /// Throws as `create` would, and changes nothing. Does nothing where there is no ledger.
  void require_writable(postgres::Connection&) const;
  /// All rows, in the order of application. Empty where there is no ledger.
  std::vector<Entry> read(postgres::Connection&) const;
  /// Throws Error(Code::refused) where the row is odd.
  std::optional<Entry> find(postgres::Connection&, const Text& version) const;
  /// The versions of the log that have no row: rolled back or repaired away, or, where the last line says_done(), their
  /// rows were lost. What was before the last reset does not count.
  std::vector<LoggedVersion> without_row(postgres::Connection&) const;
  /// The failures by version, of migrations whose last line in the log is a failure.
  std::map<Text, Failure> failures(postgres::Connection&) const;
  /// The lines of the log, the oldest first; with `since` only those of that time or later (a timestamp as the server
  /// reads it, in UTC). Empty where there is no ledger. Throws Error(Code::usage) for what is no time.
  std::vector<LoggedLine> logged(postgres::Connection&, const std::optional<Text>& since) const;

  /// Locks both tables until the end of the transaction, which must have begun just now; after that it may write them
  /// under any isolation level. Makes no query, so that SET TRANSACTION may follow.
  void hold(postgres::Connection&) const;
  [[nodiscard]] bool add(postgres::Connection&, const Entry&) const;
  /// As `add`, for a migration that another tool ran: with the entry's own time and role, if it has them.
  /// `microseconds` are added to the time, to keep the order of rows with the same time.
  [[nodiscard]] bool add_of_tool(postgres::Connection&, const Entry&, std::size_t microseconds) const;
  /// As `add`, for a row that was lost: with its role, and in its place in the order of application.
  [[nodiscard]] bool add_lost(postgres::Connection&, const Entry&, const LostRow&) const;
  /// Writes `entry` over the row of its version and revision.
  [[nodiscard]] bool change(postgres::Connection&, const Entry& entry) const;
  /// As `change`, for a migration that stays applied: the row keeps its place in the order of application, and the role
  /// that applied it.
  [[nodiscard]] bool correct(postgres::Connection&, const Entry& entry) const;
  [[nodiscard]] bool remove(postgres::Connection&, const Entry&) const;
  /// The session that has locked one of the tables, or writes it, for people: with its process, and how to end it.
  Text holder(postgres::Connection&) const;
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
    TableAccess access;
    Text sql;
  };
  using Values = std::span<const postgres::Parameter>;
  postgres::Result ask(postgres::Connection&, const Request&, Values) const;
  postgres::Result ask_to_read(postgres::Connection&, const Request&, Values) const;
  postgres::Result ask_to_write(postgres::Connection&, const Text& sql, Values) const;
  template <class Body>
  void in_transaction(postgres::Connection&, Body) const;
  void bring_up_to_date(postgres::Connection&) const;
  bool insert(postgres::Connection&, const Entry&, const Application&) const;
  bool write_over(postgres::Connection&, const Entry&, const Text& application) const;
  void require_layout(postgres::Connection&) const;
  Text schema_, name_, table_, log_;  // the last two quoted
  int waiting_;
  bool is_checked_ = false;
};

}  // namespace quoin::runner
