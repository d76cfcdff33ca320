#include "project/migration_statuses.h"

#include <algorithm>

#include "runner/lock.h"
#include "runner/lost_rows.h"

namespace quoin {

MigrationStatuses read_migration_statuses(postgres::Connection& connection, const runner::Ledger& ledger,
                                          const Settings& settings, CodeSteps steps) {
  return migration_statuses_of(connection, ledger, project_migrations(settings, steps));
}

MigrationStatuses migration_statuses_of(postgres::Connection& connection, const runner::Ledger& ledger,
                                        std::vector<Migration> files) {
  MigrationStatuses statuses;
  statuses.files = std::move(files);
  statuses.entries = ledger.read(connection);
  statuses.failures = ledger.failures(connection);
  statuses.all = runner::compare(statuses.files, statuses.entries);
  for (runner::MigrationStatus& status : statuses.all) {
    const auto failure = statuses.failures.find(status.entry ? status.entry->version : status.file->version);
    if (failure != statuses.failures.end()) status.failure = &failure->second;
  }
  if (std::ranges::any_of(statuses.all, [](const auto& status) { return status.entry == nullptr; })) {
    statuses.without_row = ledger.without_row(connection);
    runner::mark_lost(statuses.all, statuses.without_row);
  }
  return statuses;
}

bool is_wholly_applied(const runner::MigrationStatus& status) {
  return status.entry->was_applied() ||
         (status.state != runner::State::failed && status.state != runner::State::running);
}

const runner::MigrationStatus* last_applied(const MigrationStatuses& statuses) {
  const runner::MigrationStatus* last = nullptr;
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.entry != nullptr && is_wholly_applied(status) && !status.repeats()) last = &status;
  return last;
}

bool is_open(const runner::MigrationStatus& status) {
  return status.state == runner::State::pending || status.state == runner::State::failed;
}

std::optional<Text> tell_running(postgres::Connection& connection, const runner::Ledger& ledger,
                                 MigrationStatuses& statuses) {
  std::optional<Text> holder = runner::holder_of(connection, ledger.name());
  for (runner::MigrationStatus& status : statuses.all) {
    if (status.state != runner::State::failed || !status.entry->odd.empty()) continue;
    const runner::Entry& entry = *status.entry;
    const bool is_begun = entry.status == runner::Status::running || entry.status == runner::Status::undoing;
    // A runner may be gone while the server is still at its statement.
    if (is_begun && entry.error.empty() && (holder || runner::is_at_work(connection, entry.worker)))
      status.state = runner::State::running;
  }
  return holder;
}

}  // namespace quoin
