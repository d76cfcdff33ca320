// Migrations run by a program itself: at a server's start, or in its tests.
//
//   quoin::Migrator migrator({.database = "postgresql://app@db/shop", .wait = 30});
//   migrator.migrate();
//
// However many copies of a program start at once, each migration runs once: one of them runs it, the others wait until
// it is done. The library prints nothing, reads no standard input and installs no signal handlers; what it has to say
// besides its results goes to `MigratorOptions::hear`.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace quoin {

/// The numbers are those with which the program `quoin` exits.
enum class MigratorFailure { failed = 2, refused = 3, usage = 64 };

/// Thrown by all that a Migrator does. `what()` says what went wrong; nothing here has a password.
class MigratorError : public std::runtime_error {
 public:
  struct Rest {
    MigratorFailure failure = MigratorFailure::failed;
    std::string place;     // "migrations/7_x.sql:3:1"; empty: there is none
    std::string hint;      // what to do next
    std::string sqlstate;  // where the server said it
    std::string detail;    // further lines, as the statement that failed
  };
  MigratorError(const std::string& message, Rest the_rest) : std::runtime_error(message), rest(std::move(the_rest)) {}
  Rest rest;
};

enum class MigratorRemark { error, warning, remark, detail };

struct MigratorOptions {
  std::string database{};    // a URL, or libpq's key=value form; empty: as the program finds it (DATABASE_URL, …)
  std::string migrations{};  // the folder; empty: that of the config
  std::string config{};      // quoin.yaml; empty: that of the working folder, if it is there
  std::string environment{};
  std::optional<int> wait{};  // seconds to wait for another runner (default: 10); said, also for a server to be up
  std::string to{};           // migrate up to this version, and with it; empty: all
  std::vector<std::string> allow{};  // what a run may take away: "data-loss", "access", "settings", "other-history"
  bool stop_on_error = true;         // false: go on past one that leaves nothing, to those that need none of it
  bool exit_on_error =
      false;             // where it cannot be made or migrate() fails: `hear` is told, std::exit() with the failure
  std::string shadow{};  // where validate() tries all out: "auto", "off" or a URL; empty: as the config says
  /// Called from the thread that calls the Migrator, a line at a time.
  std::function<void(MigratorRemark, const std::string& line)> hear{};
};

/// A migration, and how it stands: "applied", "pending", "failed", "running", "changed" or "missing" (of a file).
struct MigrationStanding {
  std::string version, name, file, state;
  std::string trouble{};  // the last error; empty: there is none
};

struct MigrationRan {
  std::string version, name, file;
  long long milliseconds = 0;
};

struct MigratorStatus {
  std::string version;  // the last that is applied; empty: none
  std::vector<MigrationStanding> all;
  std::string refuses;  // why migrate() would run nothing as it stands; empty: it would run what is pending
};

struct MigrationProblem {
  bool is_error = false;
  std::string rule, message, place, hint;
};

/// For one thread at a time, but for stop().
class Migrator {
 public:
  explicit Migrator(MigratorOptions options = {});
  Migrator(Migrator&&) noexcept;
  Migrator& operator=(Migrator&&) noexcept;
  ~Migrator();

  /// Runs what is pending. What was run is returned; empty: all was applied, maybe by another copy meanwhile.
  std::vector<MigrationRan> migrate();
  /// Only reads.
  MigratorStatus status();
  /// Undoes so many, the last applied first; what was undone is returned. Asks nobody: what the downs drop is lost.
  std::vector<MigrationRan> rollback(int count = 1);
  /// Whether files and ledger agree, and all runs up, down and up again on a throw-away server. Valid: no problem is an
  /// error.
  std::vector<MigrationProblem> validate();
  /// From any thread: what is running is cancelled and rolled back, and throws. Whatever comes after throws too.
  void stop();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace quoin
