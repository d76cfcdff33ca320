// Checks beforehand whether a run of the pending migrations would succeed.
#pragma once
#include "project/project.h"

namespace quoin {

struct Preflight {
  Text database;                         // for people
  int major = 0;                         // the server's
  std::optional<std::size_t> pending{};  // no value: the ledger cannot be read
  Findings findings;
};

struct PreflightSettings {
  const Settings& settings;
  std::optional<int> wait;
  List allowed;             // besides those of quoin.yaml, losses that nobody need ask about: as migrate --allow
  runner::Bounds bounds{};  // of the run, as migrate has them
};

/// Looks at server, role, ledger, locks, losses, what is there already, drift, room, replication, downs and the backup.
/// Changes nothing.
Preflight look_ahead_of_run(const Text& url, const PreflightSettings&);

}  // namespace quoin
