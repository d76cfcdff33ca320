// The status of a database's migrations, and what a run would do next.
#pragma once
#include <set>

#include "project/adopted.h"

namespace quoin {

/// The status of a database's migrations, and who is at work on it.
struct Overview {
  Text database;
  std::optional<Text> runner;
  MigrationStatuses statuses;
  std::optional<EarlierHistory> earlier;  // where the ledger has no rows
};
/// Only reads.
Overview overview_of(const Text& url, std::optional<int> wait, const Settings&);

/// Every migration of the project and its database; one that is being run is told as running.
struct KnownMigrations {
  Text database;
  MigrationStatuses statuses;
  std::set<Text> marked{};  // versions that were marked as applied later than they ran, so that their time is that of
                            // the marking: by baseline, repair, and adopt where the other tool keeps no times
};
/// Only reads.
KnownMigrations known_migrations(const Text& url, std::optional<int> wait, const Settings&);

/// What quoin migrate would do, in words.
struct Next {
  Text words;  // empty: there is nothing to do
  bool is_refusal = false;
};
Next next_of(const MigrationStatuses&);

}  // namespace quoin
