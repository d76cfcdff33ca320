// Who runs statements on the server, and whether a pooler stands between.
#pragma once
#include <functional>

#include "core/postgres/postgres.h"

namespace quoin::runner {

/// direct: one server process serves a connection for as long as it is open, also where something such as PgBouncer
/// stands between. pooled: that may give each transaction to another server process, so no setting of a session can be
/// relied on.
enum class Link { direct, pooled };

/// Whether the server's process is the one that was named when connecting: a pooler cannot know it then.
bool is_served_as_told(postgres::Connection&);
/// Of two connections of one address to a pooler, which must be idle: direct where each keeps a process of its own.
Link link_of(postgres::Connection& first, postgres::Connection& second);

/// The server process of a connection and when it began, as the ledger keeps it.
Text worker_of(postgres::Connection&);
/// True while that process lives and was not idle for some seconds.
bool is_at_work(postgres::Connection&, const Text& worker);

/// Which other session holds something, for people: "postgres (quoin, process 4711 of the server, from 10.0.0.7,
/// connected for 2 s)". `condition` is SQL over pg_locks l and pg_stat_activity a.
Text describe_session(postgres::Connection&, const Text& condition);

}  // namespace quoin::runner
