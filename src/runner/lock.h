// One runner at a time.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/waiting.h"
#include "runner/worker.h"

namespace quoin::runner {

/// A runner's turn on one ledger: an advisory lock, on a connection of its own, since a migration may say DISCARD ALL,
/// and the connection for the work, which is opened only when the lock is held. Who waits holds no connection in
/// between, so that runners never take each other's last one where there are few: behind a pooler, or with a limit. The
/// lock keeps runners from waiting in each other's way and lets them say who is at work; that none runs what another
/// ran is the ledger's own doing (see Ledger). Freed when this goes, or its connection does.
class Lock {
 public:
  /// Asks again and again. Throws Error(Code::refused) that names the holder when the seconds are over;
  /// Error(Code::database) where no connection is to be had, at first for itself, later for the work; where there only
  /// is no room for one, when the seconds are over.
  Lock(const Text& conninfo, const Text& ledger, const Waiting& waiting);
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
  std::optional<Link> link_;  // no value: something stands between, and how it shares connections is not known
  std::optional<postgres::Connection> connection_, worker_;
};

/// Who holds the lock of a ledger in this database, for people; no value: nobody.
std::optional<Text> holder_of(postgres::Connection&, const Text& ledger);

}  // namespace quoin::runner
