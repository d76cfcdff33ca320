// What use cases that write to a database share: the connection, the lock, and what a run says.
#pragma once
#include "project/folder.h"
#include "project/standings.h"
#include "runner/lock.h"
#include "runner/losses.h"
#include "runner/plan.h"

namespace quoin {

/// Makes the Audience of the settings hear a run's remarks and, as details, its statements; and the server's notices.
runner::Voice voice_of(const Settings&);
void hear_notices(postgres::Connection&, const Settings&);

/// "migrations/7_x.sql:3:1: data-loss: drops table public.orders".
List lines_of(const std::vector<runner::Loss>&);

/// What a use case needs to write the ledger of a database: the lock, so that it is alone, and its connection. If a
/// stop is requested, it cancels what the server runs, so that all of it is rolled back.
struct AtWork {
  /// Waits for other runners as --wait says, and warns of a pooler that gives each transaction to another server
  /// process. Throws as LedgerLock does. No connection of this process to the database may be open.
  /// The settings must outlive it.
  AtWork(const Text& url, std::optional<int> wait, const Settings&, const std::stop_token& = {});
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;
  const Settings& settings;
  runner::Ledger ledger;
  runner::LedgerLock lock;
  postgres::Connection& connection;  // the lock's, for the work
  runner::LedgerSession session;
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
std::vector<runner::Loss> find_losses(postgres::Connection&, const std::vector<const Section*>&,
                                      const runner::BeforeRun&);

}  // namespace quoin
