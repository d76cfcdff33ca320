// The lock that lets one runner at a time work on a ledger.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/waiting.h"
#include "runner/worker.h"

namespace quoin::runner {

/// Turns off the timeout for idle sessions: the lock's is idle while a migration runs, the worker's while it waits for
/// the lock, for a hook or for a replica.
void stay(postgres::Connection&);
/// DISCARD ALL, after which the session is as it was connected, but for stay().
void discard_session(postgres::Connection&);

/// A runner's turn on one ledger: an advisory lock on a connection of its own, since a migration may say DISCARD ALL,
/// and another connection for the work, which is opened only once the lock is held. A runner that waits keeps no
/// connection open between its tries, so that runners behind a pooler, or with few connections, do not block each
/// other. The lock lets runners wait for each other and name who is at work; that no migration runs twice the ledger
/// ensures (see Ledger). The lock is released when this object is destroyed or its connection ends.
class LedgerLock {
 public:
  /// Asks for the lock again and again. Throws Error(Code::refused) that names the holder when the seconds of `waiting`
  /// are over; Error(Code::database) where it gets no connection for itself or for the work; for a free one on a full
  /// server it waits as long.
  LedgerLock(const Text& conninfo, const Text& ledger, const Waiting& waiting);
  /// Throws Error(Code::database) where the lock was lost meanwhile.
  void require_held();
  postgres::Connection& worker() { return *worker_; }
  Link link() const { return *link_; }
  /// The lock's own connection, to look at what the worker does. Null behind a pooler: there it is in a transaction, in
  /// which the server tells the same all the time.
  postgres::Connection* observer() { return *link_ == Link::direct ? &*connection_ : nullptr; }

 private:
  bool connect(std::optional<Error>& refusal);
  bool try_it();
  bool begin_work();
  bool is_held();
  Text conninfo_, key_;
  Waiting waiting_;
  std::optional<Link> link_;  // no value: there is a pooler, and how it shares connections is not known yet
  std::optional<postgres::Connection> connection_, worker_;
};

/// The session that holds a ledger's lock in this database, for people; no value: none does.
std::optional<Text> holder_of(postgres::Connection&, const Text& ledger);

}  // namespace quoin::runner
