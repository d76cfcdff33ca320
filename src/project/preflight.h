// Whether a run of what is pending would go well, as far as that can be seen beforehand.
#pragma once
#include "project/project.h"

namespace quoin {

struct Preflight {
  Text database;  // for people
  int major = 0;  // the server's
  std::size_t pending = 0;
  Findings findings;
};

/// Looks at server, role, ledger, locks, drift, room, replication, downs and the backup. Changes nothing.
Preflight look_ahead_of_run(postgres::Connection&, const runner::Ledger&, const Settings&);

}  // namespace quoin
