// Makes the ledger agree with the files, or with what a person says.
#pragma once
#include "project/project.h"
#include "runner/repair.h"

namespace quoin {

/// The faults to mend, in all migrations at once.
struct RepairRequest {
  Text url;
  bool checksums = false;  // takes files that were changed after they were applied as they are now
  bool missing = false;    // forgets applied migrations that have no file any more
  bool failed = false;     // forgets failed migrations of which nothing is done
  std::optional<int> wait{};
};

/// Where a row of the ledger and its file do not agree.
struct LedgerFault {
  Text version;
  runner::Repair repair;
  Text what;                  // "7_x.sql was changed after being applied"
  Text way;                   // what a person may do about it
  Text undone, done;          // what a repair does: "forget 7_x, …", "forgot 7_x, …"; empty: a person has to say
  bool is_asked_for = false;  // by the request
};
/// Only reads.
std::vector<LedgerFault> ledger_faults(const RepairRequest&, const Settings&);
/// Mends the faults that are asked for, under the lock; returns the others too.
std::vector<LedgerFault> mend_ledger(const RepairRequest&, const Settings&, const std::stop_token&);

/// What a person says of one migration.
struct MigrationRepair {
  Text url, version;
  runner::Repair repair;
  std::optional<int> wait{};
};
struct Repaired {
  Text version, name, label;
  Text before;  // what the ledger said of it before, as the log keeps it
};
/// Writes it into the ledger, under the lock. Throws as runner::named() and runner::repair().
Repaired repair_migration(const MigrationRepair&, const Settings&, const std::stop_token&);

/// Makes the ledger's log anew where it was dropped. Its name is returned.
Text make_log(const Text& url, std::optional<int> wait, const Settings&, const std::stop_token&);

}  // namespace quoin
