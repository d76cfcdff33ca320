// Files and ledger, side by side: what is applied, what is pending, who is at work.
#pragma once
#include <map>

#include "project/folder.h"
#include "runner/plan.h"

namespace quoin {

/// The files, the rows and failures of a ledger, and the status of each migration by both.
struct MigrationStatuses {
  std::vector<Migration> files;
  std::vector<runner::Entry> entries;
  std::map<Text, runner::Failure> failures;
  std::vector<runner::LoggedVersion> without_row;  // Ledger::without_row(), read where a file has no row
  std::vector<runner::MigrationStatus> all;
};
/// Reads files and ledger. Changes nothing.
MigrationStatuses read_migration_statuses(postgres::Connection&, const runner::Ledger&, const Settings&,
                                          CodeSteps = CodeSteps::refused);
/// The same with files that were read before, for many databases.
MigrationStatuses migration_statuses_of(postgres::Connection&, const runner::Ledger&, std::vector<Migration> files);

/// True if a migration that has a row is applied as a whole.
bool is_wholly_applied(const runner::MigrationStatus&);
/// The last migration, in the order of versions, that is wholly applied; null: none is. Repeatable ones do not count.
const runner::MigrationStatus* last_applied(const MigrationStatuses&);
/// True if the migration is still to be run: it is pending, or failed.
bool is_open(const runner::MigrationStatus&);

/// Sets State::running for the migration that another runner is at work on, and returns that runner, for people; no
/// value: there is none. For use cases that only read.
std::optional<Text> tell_running(postgres::Connection&, const runner::Ledger&, MigrationStatuses&);

}  // namespace quoin
