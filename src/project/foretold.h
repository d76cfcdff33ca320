// What pending migrations would fail at in a database as it is, by a replay of them on it.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/postgres.h"
#include "project/migration_statuses.h"

namespace quoin {

/// A database as it is, and what is to run in it.
struct Foretelling {
  Schema& live;
  postgres::Connection& connection;
  const std::vector<runner::MigrationStatus>& pending;
  Text hint;  // what to do about what is there already
};

/// Errors: what would be made although it is there (duplicate), and what is used and is not there by then (missing), as
/// far as both the replay and the server say so. Of a migration that is done in part neither is known.
Findings foretold_of(const Foretelling&);

}  // namespace quoin
