#include "runner/lock.h"

#include <chrono>
#include <thread>

#include "runner/interrupt.h"

namespace quoin::runner {
namespace {

using namespace std::chrono_literals;
using postgres::Parameter;

/// A key that other programs' locks are unlikely to share, the same for every runner of one ledger.
Text key_of(const Text& ledger) {
  const Text digest = sha256(concat("quoin ", ledger));
  return std::to_string(static_cast<std::int64_t>(std::stoull(digest.substr(0, 15), nullptr, 16)));
}

/// Of pg_locks l: the row of the advisory lock $1 in this database.
constexpr const char* is_this_lock =
    "l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.granted AND l.objsubid OPERATOR(pg_catalog.=) 1"
    " AND l.database OPERATOR(pg_catalog.=) (SELECT oid FROM pg_catalog.pg_database"
    " WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database())"
    " AND (l.classid::bigint OPERATOR(pg_catalog.<<) 32 OPERATOR(pg_catalog.|) l.objid::bigint)"
    " OPERATOR(pg_catalog.=) $1::bigint";

/// Nothing shall end the lock's session for being idle while a migration takes its time.
void stay(postgres::Connection& connection) {
  connection.query(
      "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings WHERE name OPERATOR(pg_catalog.=)"
      " ANY (ARRAY['idle_session_timeout', 'idle_in_transaction_session_timeout', 'statement_timeout',"
      " 'transaction_timeout'])");
}

}  // namespace

Lock::Lock(const Text& conninfo, postgres::Connection& worker, const Text& ledger, const Waiting& waiting)
    : connection_(conninfo), key_(key_of(ledger)), link_(link_of(connection_, worker)) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(waiting.seconds);
  if (link_ == Link::direct) stay(connection_);
  bool told = false;
  while (!try_it()) {
    Interrupt::check();
    const Text who = describe_session(connection_, is_this_lock, key_);
    if (std::chrono::steady_clock::now() >= deadline) {
      throw Error(Code::refused, concat("another runner is at work on ", connection_.database(), ": ", who), {},
                  "wait for it to end, or give it longer with --wait SECONDS");
    }
    if (!told && waiting.say) waiting.say(concat("waiting for ", who));
    told = true;
    std::this_thread::sleep_for(200ms);
  }
}

// Behind a pooler only a transaction stays with its server process. It is idle without a snapshot, so that nothing that
// waits for old snapshots (VACUUM, CREATE INDEX CONCURRENTLY) waits for it.
bool Lock::try_it() {
  const std::vector<Parameter> key{key_};
  if (link_ == Link::direct)
    return connection_.query("SELECT pg_catalog.pg_try_advisory_lock($1::bigint)", key).text(0, 0) == "t";
  connection_.execute(
      "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0");
  if (connection_.query("SELECT pg_catalog.pg_try_advisory_xact_lock($1::bigint)", key).text(0, 0) == "t") return true;
  connection_.execute("ROLLBACK");
  return false;
}

bool Lock::is_held() {
  return connection_
             .query(concat("SELECT 1 FROM pg_catalog.pg_locks l WHERE l.pid OPERATOR(pg_catalog.=)"
                           " pg_catalog.pg_backend_pid() AND ",
                           is_this_lock),
                    std::vector<Parameter>{key_})
             .rows() != 0;
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
