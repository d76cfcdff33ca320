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
  List allowed;  // rules whose losses are accepted besides those of quoin.yaml: migrate --allow
};

/// Checks server, role, ledger, locks, losses, names that are taken, drift, disk space, replication, downs and the
/// backup. Changes nothing.
Preflight look_ahead_of_run(postgres::Connection&, const runner::Ledger&, const PreflightSettings&);

}  // namespace quoin
