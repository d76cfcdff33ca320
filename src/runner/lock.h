// One runner at a time.
#pragma once
#include "base/postgres.h"
#include "runner/waiting.h"
#include "runner/worker.h"

namespace quoin::runner {

/// The advisory lock of one ledger, on a connection of its own, since a migration may say DISCARD ALL. It keeps runners
/// from waiting in each other's way and lets them say who is at work; that none runs what another ran is the ledger's
/// own doing (see Ledger). Freed when this goes, or its connection does.
class Lock {
 public:
  /// Polls. Throws Error(Code::refused) that names the holder when the seconds are over. `worker`: the connection that
  /// will run the migrations, of the same address.
  Lock(const Text& conninfo, postgres::Connection& worker, const Text& ledger, const Waiting& waiting);
  /// Throws Error(Code::database) where the lock was lost meanwhile.
  void require_held();
  Link link() const { return link_; }

 private:
  bool try_it();
  bool is_held();
  postgres::Connection connection_;
  Text key_;
  Link link_;
};

}  // namespace quoin::runner
