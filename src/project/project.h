// What use cases that run migrations share: the folder, the ledger, the lock, and what a run says.
#pragma once
#include <map>

#include "project/settings.h"
#include "runner/lock.h"
#include "runner/losses.h"
#include "runner/plan.h"

namespace quoin {

/// How the folder is to be read, by --layout, layout:, vars: and --set. Throws Error(Code::usage) for a --set without a
/// name.
FolderReading reading_of(const Settings&, CodeSteps = CodeSteps::refused);
/// Throws Error(Code::refused) where a new file in the folder would not count, since its tool has a plan that names the
/// files.
void require_new_files_count(const Settings&);
/// As load_migrations(); files that are left out are told to the Audience, once a run.
std::vector<Migration> migrations_in(const Text& folder, const Settings&, CodeSteps = CodeSteps::refused);
/// True if the folder is as `quoin init` leaves it: empty, or with nothing but text for people.
bool is_begun_folder(const Text& folder);
/// The migrations of the project; none where the folder has none, since a ledger tells much without files.
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

/// Makes the Audience of the settings hear a run's remarks and, as details, its statements; and the server's notices.
runner::Voice voice_of(const Settings&);
void hear_notices(postgres::Connection&, const Settings&);

/// "migrations/7_x.sql:3:1: data-loss: drops table public.orders".
List lines_of(const std::vector<runner::Loss>&);
/// Marks as running the migration that another runner is at work on, and names that runner; for use cases that only
/// read.
std::optional<Text> tell_running(postgres::Connection&, const runner::Ledger&, MigrationStatuses&);

/// What a use case needs to write the ledger of a database: the lock, so that it is alone, and its connection. If a
/// stop is requested, it cancels what the server runs, so that all of it is rolled back.
struct AtWork {
  /// Waits for other runners as --wait says, and warns of a pooler that gives each transaction to another server
  /// process. Throws as Lock does. No connection of this process to the database may be open.
  AtWork(const Text& url, std::optional<int> wait, const Settings&, const std::stop_token& = {});
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;
  runner::Ledger ledger;
  runner::Lock lock;
  postgres::Connection& connection;  // the lock's, for the work
  runner::Session session;
  std::stop_callback<std::function<void()>> cancel;
};

/// The seconds that --wait says; 10 without it. Throws Error(Code::usage) for a negative number.
int seconds_of(std::optional<int> wait);
/// Opens a connection; waits where the server has no room for one, and, with --wait, also where it is not up. What it
/// waits for is remarked.
postgres::Connection connect(const Text& url, std::optional<int> wait, const Settings&);

/// "1 migration", "3 migrations".
Text counted(std::size_t count, std::string_view thing);

/// What the sections would take away, by runner::find_losses() and what kinds know of types.
std::vector<runner::Loss> find_losses(postgres::Connection&, const std::vector<const Section*>&, runner::History);

}  // namespace quoin
