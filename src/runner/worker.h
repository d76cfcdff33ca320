// Who runs statements on the server, and whether a pooler stands between.
#pragma once
#include <functional>

#include "base/postgres.h"

namespace quoin::runner {

/// direct: one server process serves a connection for as long as it is open. pooled: something such as PgBouncer stands
/// between and may give each transaction to another server process, so no setting of a session can be relied on.
enum class Link { direct, pooled };

/// Asks the server for its process twice and compares with what was said when connecting: a pooler cannot know it then.
/// A pooler that keeps a process for each connection counts as direct where `second`, another open connection of the
/// same address, is served by another process.
Link link_of(postgres::Connection& first, postgres::Connection& second);

/// The server process of a connection and when it began, as the ledger keeps it.
Text worker_of(postgres::Connection&);
/// True while that process lives.
bool is_alive(postgres::Connection&, const Text& worker);

/// Who holds something, for people: "postgres (quoin, process 4711 of the server, from 10.0.0.7, connected for 2 s)".
/// `condition` is SQL over pg_locks l and pg_stat_activity a.
Text describe_session(postgres::Connection&, const Text& condition);

}  // namespace quoin::runner
