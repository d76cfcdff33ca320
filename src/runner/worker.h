// The server process that runs a connection's statements, and whether a pooler stands between.
#pragma once
#include <functional>

#include "core/postgres/postgres.h"

namespace quoin::runner {

/// What serves a connection. direct: one server process as long as it is open, also where something such as PgBouncer
/// stands between. pooled: each transaction may go to another server process, so that no setting of a session can be
/// relied on.
enum class Link { direct, pooled };

/// True if the server process is the one that the server named when connecting: behind a pooler it is not.
bool is_served_as_told(postgres::Connection&);
/// The link, found with two idle connections to one address: direct where each keeps a process of its own.
Link link_of(postgres::Connection& first, postgres::Connection& second);

/// The server process of a connection and when it began, as the ledger keeps it.
Text worker_of(postgres::Connection&);
/// True while that process lives and was not idle for some seconds.
bool is_at_work(postgres::Connection&, const Text& worker);

/// The other session that holds something, for people: "postgres (quoin, process 4711 of the server, from 10.0.0.7,
/// connected for 00:00:02, idle in its transaction for 00:00:01)". `condition` is SQL over pg_locks l and
/// pg_stat_activity a.
Text describe_session(postgres::Connection&, const Text& condition);

}  // namespace quoin::runner
