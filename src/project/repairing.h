// The ledger made to agree with the files, or with what a person has found out.
#pragma once
#include "project/project.h"
#include "runner/repair.h"

namespace quoin {

/// Which faults are to be mended, of all migrations at once.
struct RepairRequest {
  Text url;
  bool checksums = false;  // files that were changed after they were applied: they are taken as they are now
  bool missing = false;    // what was applied and has no file any more is forgotten
  bool failed = false;     // failures of which nothing stands are forgotten
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
/// Mends those that are asked for, under the lock; the others are only told.
std::vector<LedgerFault> mend_ledger(const RepairRequest&, const Settings&, const std::stop_token&);

/// What is said of one migration.
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
