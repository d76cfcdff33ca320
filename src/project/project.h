// What the commands that run migrations share: the folder, the ledger, and how a run speaks.
#pragma once
#include <map>

#include "project/settings.h"
#include "runner/lock.h"
#include "runner/losses.h"
#include "runner/plan.h"

namespace quoin {

/// By --layout, layout:, vars: and --set. Throws Error(Code::usage) for a --set that names nothing.
FolderReading reading_of(const Settings&, CodeSteps = CodeSteps::refused);
/// Throws Error(Code::refused) where the migrations folder is of a tool that only counts what its plan names.
void require_new_files_count(const Settings&);
/// As load_migrations(); what it leaves out is said on stderr, once a run.
std::vector<Migration> migrations_in(const Text& folder, const Settings&, CodeSteps = CodeSteps::refused);
/// As quoin init leaves it: nothing in it, or nothing but words for people.
bool is_begun_folder(const Text& folder);
/// The migrations folder; empty where it holds none, since a ledger can tell much without files.
std::vector<Migration> project_migrations(const Settings&, CodeSteps = CodeSteps::refused);

/// Files and ledger of the configured database, side by side. Only reads.
struct MigrationStatuses {
  std::vector<Migration> files;
  std::vector<runner::Entry> entries;
  std::map<Text, runner::Failure> failures;
  std::vector<runner::MigrationStatus> all;
};
MigrationStatuses read_standings(postgres::Connection&, const runner::Ledger&, const Settings&,
                                 CodeSteps = CodeSteps::refused);

/// Remarks to stderr, statements there with --verbose; the server's own notices too.
runner::Voice voice_of(const Settings&);
void hear_notices(postgres::Connection&, const Settings&);

/// "migrations/7_x.sql:3:1: data-loss: drops table public.orders".
List lines_of(const std::vector<runner::Loss>&);
/// Calls running what another runner has in hand now, and gives who that is; for who only looks on.
std::optional<Text> tell_running(postgres::Connection&, const runner::Ledger&, MigrationStatuses&);

/// A use case that writes the ledger at work on a database: alone (the lock). A stop that is asked for cancels what the
/// server runs, so that all is rolled back in order.
struct AtWork {
  /// Waits for other runners as --wait says, and warns of a pooler that gives each transaction to another session.
  /// Throws as Lock does, for which no connection of this process may be open.
  AtWork(const Text& url, std::optional<int> wait, const Settings&, std::stop_token = {});
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;
  runner::Ledger ledger;
  runner::Lock lock;
  postgres::Connection& connection;  // the lock's, for the work
  runner::Session session;
  std::stop_callback<std::function<void()>> cancel;
};

/// --wait, for other runners: 10 where it is not said. Throws Error(Code::usage) for less than nothing.
int seconds_of(std::optional<int> wait);
/// A connection, waited for where there is no room for one, and where --wait is said, also where the server is not up;
/// what is waited for is remarked.
postgres::Connection connect(const Text& url, std::optional<int> wait, const Settings&);

/// "1 migration", "3 migrations".
Text counted(std::size_t count, std::string_view thing);

/// What sections would take away, by runner::find_losses() and what kinds know of types.
std::vector<runner::Loss> find_losses(postgres::Connection&, const std::vector<const Section*>&, runner::History);

}  // namespace quoin
