// Shared by use cases that write to a database: the connection, the lock, and the messages of a run.
#pragma once
#include "project/folder.h"
#include "project/migration_statuses.h"
#include "runner/lock.h"
#include "runner/losses.h"
#include "runner/plan.h"
#include "runner/watch.h"

namespace quoin {

/// The messages of a run, passed on to the Audience of the settings.
runner::RunMessages messages_to(const Settings&);
/// Passes the server's notices on to the Audience.
void hear_notices(postgres::Connection&, const Settings&);

/// "migrations/7_x.sql:3:1: data-loss: drops table public.orders".
List lines_of(const std::vector<runner::Loss>&);

/// A ledger under its lock, so that this runner alone writes it, with the connection and session for the work. If a
/// stop is requested, it cancels the statement that the server runs.
struct LockedLedger {
  /// Waits for other runners as --wait says, and warns of a pooler that gives each transaction to another server
  /// process. Throws as LedgerLock does. No connection of this process to the database may be open.
  /// The settings must outlive it.
  LockedLedger(const Text& url, std::optional<int> wait, const Settings&, const std::stop_token& = {});
  LockedLedger(const LockedLedger&) = delete;
  LockedLedger& operator=(const LockedLedger&) = delete;
  const Settings& settings;
  runner::Ledger ledger;
  runner::LedgerLock lock;
  postgres::Connection& connection;  // the lock's, for the work
  runner::LedgerSession session;
  std::optional<runner::Watch> watch;  // none behind a pooler
  std::stop_callback<std::function<void()>> cancel;
};

/// The seconds that --wait says; 10 without it. Throws Error(Code::usage) for a negative number.
int seconds_of(std::optional<int> wait);
/// Opens a connection; waits where the server has no room for one, and, with --wait, also where it is not up. What it
/// waits for is remarked.
postgres::Connection connect(const Text& url, std::optional<int> wait, const Settings&);

/// The schemas in which the session looks names up, also those that are not there yet; "$user" by its name.
List path_of_session(postgres::Connection&);

/// "1 migration", "3 migrations".
Text counted(std::size_t count, std::string_view thing);

/// What the sections would take away, by runner::find_losses() and what kinds know of types.
std::vector<runner::Loss> find_losses(postgres::Connection&, const std::vector<const Section*>&,
                                      const runner::BeforeRun&);

}  // namespace quoin
