#include "runner/lock.h"

#include <chrono>
#include <thread>

#include "runner/interrupt.h"

namespace quoin::runner {
namespace {

using namespace std::chrono_literals;

/// A key that other programs' locks are unlikely to share, the same for every runner of one ledger.
Text key_of(const Text& ledger) {
  const Text digest = sha256(concat("quoin ", ledger));
  return std::to_string(static_cast<std::int64_t>(std::stoull(digest.substr(0, 15), nullptr, 16)));
}

/// Who holds it, for people.
Text holder(postgres::Connection& connection, const Text& key) {
  const auto found = connection.query(
      "SELECT a.pid, a.usename, a.application_name, coalesce(pg_catalog.host(a.client_addr), 'this machine'),"
      " pg_catalog.date_trunc('second', pg_catalog.now() OPERATOR(pg_catalog.-) a.backend_start)"
      " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid OPERATOR(pg_catalog.=) l.pid"
      " WHERE l.locktype OPERATOR(pg_catalog.=) 'advisory' AND l.granted AND l.objsubid OPERATOR(pg_catalog.=) 1"
      " AND l.database OPERATOR(pg_catalog.=) (SELECT d.oid FROM pg_catalog.pg_database d"
      " WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())"
      " AND ((l.classid::bigint OPERATOR(pg_catalog.<<) 32) OPERATOR(pg_catalog.|) l.objid::bigint)"
      " OPERATOR(pg_catalog.=) $1::bigint",
      std::vector<postgres::Parameter>{key});
  if (found.rows() == 0) return "another session";
  return concat(found.text(0, 1), " (", found.text(0, 2).empty() ? "a program" : found.text(0, 2), ", process ",
                found.text(0, 0), " of the server, from ", found.text(0, 3), ", connected for ", found.text(0, 4), ")");
}

}  // namespace

Lock::Lock(const Text& conninfo, const Text& ledger, const Waiting& waiting) : connection_(conninfo) {
  const Text key = key_of(ledger);
  const std::vector<postgres::Parameter> values{key};
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(waiting.seconds);
  bool told = false;
  while (connection_.query("SELECT pg_catalog.pg_try_advisory_lock($1::bigint)", values).text(0, 0) != "t") {
    Interrupt::check();
    const Text who = holder(connection_, key);
    if (std::chrono::steady_clock::now() >= deadline) {
      throw Error(Code::refused, concat("another runner is at work on ", connection_.database(), ": ", who), {},
                  "wait for it to end, or give it longer with --wait SECONDS");
    }
    if (!told && waiting.say) waiting.say(concat("waiting for ", who));
    told = true;
    std::this_thread::sleep_for(200ms);
  }
}

void Lock::require_held() {
  try {
    connection_.query("SELECT 1");
  } catch (const Error& error) {
    throw Error(Code::database, concat("the runner's lock was lost: ", error.what()), {},
                "another runner may have begun; look at quoin status, then run it again");
  }
}

}  // namespace quoin::runner
