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

/// Marks as running the migration that another runner is at work on, and names that runner; for use cases that only
/// read.
std::optional<Text> tell_running(postgres::Connection&, const runner::Ledger&, MigrationStatuses&);

}  // namespace quoin
