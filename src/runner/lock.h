// The lock that lets one runner at a time work on a ledger.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/waiting.h"
#include "runner/worker.h"

namespace quoin::runner {

/// A runner's turn on one ledger: an advisory lock on a connection of its own, since a migration may say DISCARD ALL,
/// and another connection for the work, which is opened only once the lock is held. A runner that waits holds no
/// connection in between, so that runners behind a pooler, or with few connections, never take the last one from each
/// other. The lock keeps runners from disturbing each other and lets them say who is at work; that no runner runs what
/// another one ran is ensured by the ledger itself (see Ledger). The lock is freed when this object or its connection
/// goes.
class LedgerLock {
 public:
  /// Asks for the lock again and again. Throws Error(Code::refused) that names the holder when the seconds are over;
  /// Error(Code::database) where it gets no connection, first for itself, then for the work. Where the server only has
  /// no room for one, that is after the seconds too.
  LedgerLock(const Text& conninfo, const Text& ledger, const Waiting& waiting);
  /// Throws Error(Code::database) where the lock was lost meanwhile.
  void require_held();
  postgres::Connection& worker() { return *worker_; }
  Link link() const { return *link_; }

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
