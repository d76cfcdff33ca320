// A folder of migrations and a database to run them on, for tests of the runner.
#pragma once
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "runner/execute.h"
#include "runner/ledger.h"
#include "runner/plan.h"
#include "tests/catch.h"

namespace quoin::runner {

/// No value where this machine has no server programs, which is said.
inline std::optional<Shadow::Database> scratch() {
  auto shadow = Shadow::start({});
  if (!shadow) WARN("skipped: no PostgreSQL server binaries here");
  if (!shadow) return std::nullopt;
  return shadow->create_database();
}

/// A folder of migrations and a database to run them on.
struct Project {
  explicit Project(const Shadow::Database& database) : connection(database.connect()) {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  ~Project() { std::filesystem::remove_all(path); }

  void add(const Text& name, std::string_view content) const { write_file(path / name, content); }
  std::vector<Migration> files() const {
    Findings left_out;
    return load_migrations(path.string(), left_out);
  }
  std::vector<Entry> rows() { return ledger.read(connection); }

  void migrate(const Bounds& bounds = {}) {
    const auto all = files();
    ledger.create(connection);
    const auto recorded = rows();
    for (const MigrationStatus& status : choose_pending(compare(all, recorded), bounds)) {
      std::optional<Entry> before;
      if (status.entry != nullptr) before = *status.entry;
      apply(session, *status.file, before);
    }
  }
  void rollback(const Bounds& bounds = {}) {
    const auto all = files();
    const auto recorded = rows();
    for (const Undoing& undoing : choose_undo(compare(all, recorded), bounds)) undo(session, undoing);
  }
  Text value(const Text& sql) { return connection.query(sql).text(0, 0); }
  bool has(const Text& relation) { return value(concat("SELECT to_regclass('", relation, "') IS NOT NULL")) == "t"; }

  std::filesystem::path path =
      std::filesystem::temp_directory_path() / concat("quoin-runner-", std::to_string(getpid()));
  postgres::Connection connection;
  Ledger ledger{"quoin.migrations"};
  List remarks;
  LedgerSession session{
      connection, ledger, {[this](std::string_view line) { remarks.emplace_back(line); }, [](auto) {}}};
};

/// The row of a version, made to look as if its runner had died there.
inline void leave_behind(Project& project, const Text& version, const Text& assignments) {
  project.connection.execute(concat("UPDATE quoin.migrations SET revision = revision + 1, ", assignments,
                                    " WHERE version = ", quote_literal(version)));
}

template <class Body>
Error error_of(Body body) {
  try {
    body();
  } catch (const Error& error) { return error; }
  return {Code::internal, "nothing was thrown"};
}

}  // namespace quoin::runner
