// What was done to a database: one row a migration that is applied, and a log of everything.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/postgres.h"

namespace quoin::runner {

/// applied; running (or its runner died in it) and failed: some statements of a migration that is no transaction are
/// done; undoing: the same of its down.
enum class Status { applied, running, failed, undoing };
std::string_view to_string(Status);

struct Entry {
  Text version, name, description, checksum;
  std::optional<Text> down;
  Status status = Status::applied;
  Text applied_at, applied_by;  // as the server writes them, in UTC; read only
  std::int64_t milliseconds = 0;
  Text error;
  std::size_t statements_done = 0;  // unless applied: of the migration, or of its down
  Text done_checksum;               // of these statements: the file may be mended behind them

  Text label() const { return name.empty() ? version : concat(version, "_", name); }
};

struct LogLine {
  Text version, name, action, detail;  // action: migrate, rollback, failure
};

class Ledger {
 public:
  /// "schema.table", or "table" in schema quoin; the log lies beside it. Throws Error(Code::input).
  explicit Ledger(const Text& name);
  const Text& name() const { return name_; }
  const Text& schema() const { return schema_; }

  bool exists(postgres::Connection&) const;
  /// Made where it is missing; so a command that only reads never makes it.
  void create(postgres::Connection&) const;
  /// In the order of application. Empty where there is no ledger.
  std::vector<Entry> read(postgres::Connection&) const;

  // These belong in the transaction that does what they record.
  void put(postgres::Connection&, const Entry&) const;  // made or overwritten
  void remove(postgres::Connection&, const Text& version) const;
  void log(postgres::Connection&, const LogLine&) const;

 private:
  Text schema_, name_, table_, log_;  // the last two quoted
};

}  // namespace quoin::runner
