// Files and ledger, side by side: what is applied, what is pending, who is at work.
#pragma once
#include <map>

#include "project/folder.h"
#include "runner/plan.h"

namespace quoin {

/// Files and ledger of the configured database, side by side. Only reads.
struct MigrationStatuses {
  std::vector<Migration> files;
  std::vector<runner::Entry> entries;
  std::map<Text, runner::Failure> failures;
  std::vector<runner::MigrationStatus> all;
};
MigrationStatuses read_standings(postgres::Connection&, const runner::Ledger&, const Settings&,
                                 CodeSteps = CodeSteps::refused);
/// The same with files that were read before, for many databases.
MigrationStatuses standings_of(postgres::Connection&, const runner::Ledger&, std::vector<Migration> files);

/// True if what has an entry stands here as a whole.
bool stands(const runner::MigrationStatus&);
/// Of the highest version that stands here as a whole; null where none does.
const runner::MigrationStatus* last_applied(const MigrationStatuses&);
/// True if a run has it still to do: it is pending, or failed.
bool is_open(const runner::MigrationStatus&);

/// Marks as running the migration that another runner is at work on, and names that runner; for use cases that only
/// read.
std::optional<Text> tell_running(postgres::Connection&, const runner::Ledger&, MigrationStatuses&);

}  // namespace quoin
