#include "runner/worker.h"

namespace quoin::runner {
namespace {

using postgres::Connection;
using postgres::Parameter;

Text process_of(Connection& connection) { return connection.query("SELECT pg_catalog.pg_backend_pid()").text(0, 0); }

constexpr const char* began = "pg_catalog.to_char(pg_catalog.timezone('UTC', backend_start), 'YYYYMMDDHH24MISSUS')";

/// SQL for the time since `moment`, in whole seconds.
Text time_since(std::string_view moment) {
  return concat("pg_catalog.date_trunc('second', pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) ", moment, ")");
}

}  // namespace

bool is_served_as_told(Connection& connection) {
  return process_of(connection) == std::to_string(connection.told_process());
}

Link link_of(Connection& first, Connection& second) {
  const Text process = process_of(first);
  constexpr int rounds = 3;  // a pooler that goes round its processes is seen by one that changes
  for (int round = 0; round < rounds; ++round) {
    const Text other = process_of(second), again = process_of(first);
    if (other == process || again != process) return Link::pooled;
  }
  return Link::direct;
}

Text worker_of(Connection& connection) {
  return connection
      .query(concat("SELECT pg_catalog.concat(pid, ' ', ", began,
                    ") FROM pg_catalog.pg_stat_activity"
                    " WHERE pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()"))
      .text(0, 0);
}

bool is_at_work(Connection& connection, const Text& worker) {
  const std::size_t space = worker.find(' ');
  if (space == Text::npos) return false;
  // What another role's session is about may be hidden; its process is not. A pooler keeps a process when its client is
  // gone: that one has nothing to do; but what was sent last may just not have been begun.
  return connection
             .query(concat("SELECT 1 FROM pg_catalog.pg_stat_activity WHERE pid::pg_catalog.text"
                           " OPERATOR(pg_catalog.=) $1 AND (backend_start IS NULL OR ",
                           began,
                           " OPERATOR(pg_catalog.=) $2) AND (state IS NULL OR state OPERATOR(pg_catalog.<>) 'idle' OR "
                           "state_change"
                           " OPERATOR(pg_catalog.>) (pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-)"
                           " interval '2 seconds'))"),
                    std::vector<Parameter>{worker.substr(0, space), worker.substr(space + 1)})
             .rows() != 0;
}

Text describe_session(Connection& connection, const Text& condition) {
  const auto found = connection.execute(
      concat("SELECT a.pid, coalesce(a.usename::pg_catalog.text, a.backend_type), a.application_name,"
             " coalesce(pg_catalog.host(a.client_addr), 'this machine'), ",
             time_since("a.backend_start"), ", CASE WHEN a.state OPERATOR(pg_catalog.=) 'active' THEN ",
             time_since("a.query_start"), " WHEN a.xact_start IS NOT NULL THEN ", time_since("a.state_change"),
             " END, a.state OPERATOR(pg_catalog.=) 'active'"
             " FROM pg_catalog.pg_stat_activity a LEFT JOIN pg_catalog.pg_locks l"
             " ON l.pid OPERATOR(pg_catalog.=) a.pid AND l.granted"
             " WHERE a.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid() AND ",
             condition, " LIMIT 1"));
  if (found.rows() == 0) return "another session";
  const Text since = found.text(0, 5),
             doing = found.text(0, 6) == "t" ? "running a statement" : "idle in its transaction";
  return concat(found.text(0, 1), " (", found.text(0, 2).empty() ? "a program" : found.text(0, 2), ", process ",
                found.text(0, 0), " of the server, from ", found.text(0, 3), ", connected for ", found.text(0, 4),
                since.empty() ? "" : concat(", ", doing, " for ", since), ")");
}

}  // namespace quoin::runner
