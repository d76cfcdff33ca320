#include "runner/lock.h"

#include <algorithm>
#include <thread>

namespace quoin::runner {
namespace {

using namespace std::chrono_literals;
using postgres::Connection;

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

/// The same for a transaction, which is to stay as long.
constexpr const char* begin_and_stay =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0;"
    " SELECT pg_catalog.set_config('transaction_timeout', '0', true)"
    " WHERE pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL";

Connection open(const Text& conninfo, const std::stop_token& stop) {
  Connection connection(conninfo);
  const auto seconds = connection.connect_timeout();
  const auto end = std::chrono::steady_clock::now() + seconds;
  while (!connection.answers(100ms)) {
    require_going_on(stop);
    if (seconds == 0s || std::chrono::steady_clock::now() < end) continue;
    throw Error(Code::database,
                concat("no connection was to be had within ", std::to_string(seconds.count()),
                       " s: the pooler before the server has none free"),
                {}, "try again when it is less busy, or give it more connections; PGCONNECT_TIMEOUT=60 waits longer");
  }
  require_going_on(stop);
  return connection;
}

/// Tries again for a while: where connections are few, runners that wait for the lock have one at moments.
Connection open_second(const Text& conninfo, const Waiting& waiting) {
  const auto end = std::chrono::steady_clock::now() + std::max(std::chrono::seconds(waiting.seconds), 2s);
  for (;;) {
    try {
      return open(conninfo, waiting.stop);
    } catch (const Error& error) {
      require_going_on(waiting.stop);
      if (std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(100ms);
        continue;
      }
      throw Error(Code::database,
                  concat("the lock is held, but there is no second connection for the work: ", error.what()), {},
                  "a runner needs two connections at once, one for its lock and one for its work: allow the pooler"
                  " (default_pool_size), the role or the database more, or connect to the server itself");
    }
  }
}

}  // namespace

void stay(Connection& connection) {
  connection.execute(
      "SELECT pg_catalog.set_config('idle_session_timeout', '0', false)"
      " WHERE pg_catalog.current_setting('idle_session_timeout', true) IS NOT NULL");
}

void discard_session(Connection& connection) {
  connection.execute("DISCARD ALL");
  stay(connection);
}

LedgerLock::LedgerLock(const Text& conninfo, const Text& ledger, const Waiting& waiting)
    : conninfo_(conninfo), key_(key_of(ledger)), waiting_(waiting) {
  RetryPauses pauses(waiting);
  std::optional<Error> refusal;
  for (;;) {
    if (connect(refusal) && try_it() && begin_work()) return;
    Text who = connection_ ? Text() : what_is_lacking(*refusal);
    if (connection_) {
      who = describe_session(*connection_, is_lock(key_));
      refusal = Error(Code::refused, concat("another runner is at work on ", connection_->database(), ": ", who), {},
                      "wait for it to end, or give it longer with --wait SECONDS");
    }
    worker_.reset();
    connection_.reset();
    pauses.wait(concat("waiting for ", who), [&] { return *refusal; });
  }
}

/// Waits for a connection where the server has no room for one, or once another runner was met.
bool LedgerLock::connect(std::optional<Error>& refusal) {
  try {
    connection_.emplace(open(conninfo_, waiting_.stop));
  } catch (const Error& error) {
    if (!refusal && !may_pass(error, waiting_.until)) throw;
    if (refusal && std::string_view(refusal->what()) != error.what()) refusal->detail = error.what();
    if (refusal) return false;
    refusal = error;
    refusal->hint += concat(refusal->hint.empty() ? "" : "; ", "or wait for one longer with --wait SECONDS");
  }
  return connection_.has_value();
}

// To see how a pooler shares its connections, both must be idle, so the lock is let go and asked for again; where
// another runner is quicker then, this one knows it the next time and keeps the lock.
bool LedgerLock::begin_work() {
  if (link_ == Link::direct) stay(*connection_);
  worker_.emplace(open_second(conninfo_, waiting_));
  if (!link_) {
    connection_->execute("ROLLBACK");
    link_ = link_of(*connection_, *worker_);
    if (!try_it()) return false;
  }
  if (link_ == Link::direct) stay(*connection_), stay(*worker_);
  return true;
}

// Behind a pooler only a transaction is sure to stay with its server process. It is idle without a snapshot, so that
// nothing that waits for old snapshots (VACUUM, CREATE INDEX CONCURRENTLY) waits for it: by the simple protocol, since
// a portal of the extended one keeps its snapshot until the next.
bool LedgerLock::try_it() {
  if (!link_ && is_served_as_told(*connection_)) link_ = Link::direct;
  const auto got = [&](std::string_view function) {
    return connection_->execute(concat("SELECT pg_catalog.", function, "(", key_, "::bigint)")).text(0, 0) == "t";
  };
  if (link_ == Link::direct) return got("pg_try_advisory_lock");
  connection_->execute(begin_and_stay);
  if (got("pg_try_advisory_xact_lock")) return true;
  connection_->execute("ROLLBACK");
  return false;
}

bool LedgerLock::is_held() {
  const Text sql = concat(
      "SELECT 1 FROM pg_catalog.pg_locks l WHERE l.pid OPERATOR(pg_catalog.=)"
      " pg_catalog.pg_backend_pid() AND ",
      is_lock(key_));
  return connection_->execute(sql).rows() != 0;
}

void LedgerLock::require_held() {
  Text why = "its session does not hold it any more";
  try {
    if (is_held()) return;
  } catch (const Error& error) { why = error.what(); }
  throw Error(Code::database, concat("the runner's lock was lost: ", why), {},
              "another runner may have begun; look at quoin status, then run it again");
}

std::optional<Text> holder_of(Connection& connection, const Text& ledger) {
  const Text lock = is_lock(key_of(ledger));
  if (connection.execute(concat("SELECT 1 FROM pg_catalog.pg_locks l WHERE ", lock)).rows() == 0) return std::nullopt;
  return describe_session(connection, lock);
}

}  // namespace quoin::runner
