// Finds what on a server and in a database may hinder a run, without changing anything.
#pragma once
#include "core/base/error.h"
#include "runner/ledger.h"
#include "runner/touched.h"

namespace quoin::runner {

/// Adds findings where the server cannot be written, or is of another version than quoin reads: standbys, read-only
/// settings.
void inspect_server(postgres::Connection&, Findings&);
/// Adds findings for privileges that statements require and this role lacks, sessions that hold conflicting locks, and
/// relations that are rewritten, with the disk space for that where it can be seen. Relations that the database lacks
/// are passed over, since the same run may create them.
void inspect_requirements(postgres::Connection&, const std::vector<Requirement>&, Findings&);
/// Adds findings for long transactions, invalid indexes, and replicas and replication slots that lag behind.
void inspect_health(postgres::Connection&, Findings&);

}  // namespace quoin::runner
