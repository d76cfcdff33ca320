#include "runner/lock.h"

namespace quoin::runner {
namespace {

/// A key that other programs' locks are unlikely to share, the same for every runner of one ledger.
Text key_of(const Text& ledger) {
  const Text digest = sha256(concat("quoin ", ledger));
  return std::to_string(static_cast<std::int64_t>(std::stoull(digest.substr(0, 15), nullptr, 16)));
}

/// Of pg_locks l: the row of the advisory lock `key` in this database.
Text is_lock(const Text& key) {
  return concat(
      "l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.granted AND l.objsubid OPERATOR(pg_catalog.=) 1"
      " AND l.database OPERATOR(pg_catalog.=) (SELECT oid FROM pg_catalog.pg_database"
      " WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database())"
      " AND (l.classid::bigint OPERATOR(pg_catalog.<<) 32 OPERATOR(pg_catalog.|) l.objid::bigint)"
      " OPERATOR(pg_catalog.=) ",
      key, "::bigint");
}

/// Nothing shall end a session for being idle: the lock's while a migration takes its time, the worker's while it waits
/// for the lock.
void stay(postgres::Connection& connection) {
  connection.execute(
      "SELECT pg_catalog.set_config('idle_session_timeout', '0', false)"
      " WHERE pg_catalog.current_setting('idle_session_timeout', true) IS NOT NULL");
}

/// The same for a transaction, which is to stay as long.
constexpr const char* begin_and_stay =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0;"
    " SELECT pg_catalog.set_config('transaction_timeout', '0', true)"
    " WHERE pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL";

}  // namespace

Lock::Lock(const Text& conninfo, postgres::Connection& worker, const Text& ledger, const Waiting& waiting)
    : connection_(conninfo), key_(key_of(ledger)), link_(link_of(connection_, worker)) {
  if (link_ == Link::direct) stay(connection_), stay(worker);
  Patience patience(waiting);
  while (!try_it()) {
    const Text who = describe_session(connection_, is_lock(key_));
    patience.wait(concat("waiting for ", who), [&] {
      return Error(Code::refused, concat("another runner is at work on ", connection_.database(), ": ", who), {},
                   "wait for it to end, or give it longer with --wait SECONDS");
    });
  }
}

// Behind a pooler only a transaction stays with its server process. It is idle without a snapshot, so that nothing that
// waits for old snapshots (VACUUM, CREATE INDEX CONCURRENTLY) waits for it: by the simple protocol, since a portal of
// the extended one keeps its snapshot until the next.
bool Lock::try_it() {
  const auto got = [&](std::string_view function) {
    return connection_.execute(concat("SELECT pg_catalog.", function, "(", key_, "::bigint)")).text(0, 0) == "t";
  };
  if (link_ == Link::direct) return got("pg_try_advisory_lock");
  connection_.execute(begin_and_stay);
  if (got("pg_try_advisory_xact_lock")) return true;
  connection_.execute("ROLLBACK");
  return false;
}

bool Lock::is_held() {
  const Text sql = concat(
      "SELECT 1 FROM pg_catalog.pg_locks l WHERE l.pid OPERATOR(pg_catalog.=)"
      " pg_catalog.pg_backend_pid() AND ",
      is_lock(key_));
  return connection_.execute(sql).rows() != 0;
}

void Lock::require_held() {
  Text why = "its session does not hold it any more";
  try {
    if (is_held()) return;
  } catch (const Error& error) { why = error.what(); }
  throw Error(Code::database, concat("the runner's lock was lost: ", why), {},
              "another runner may have begun; look at quoin status, then run it again");
}

}  // namespace quoin::runner
