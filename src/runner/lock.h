// One runner at a time.
#pragma once
#include <functional>

#include "base/postgres.h"

namespace quoin::runner {

struct Waiting {
  int seconds = 10;
  std::function<void(std::string_view)> say;  // told once who holds the lock
};

/// The advisory lock of one ledger, on a connection of its own (a migration may say DISCARD ALL), which is never in a
/// transaction (CREATE INDEX CONCURRENTLY would wait for it). Freed when this goes, or its connection does.
class Lock {
 public:
  /// Polls. Throws Error(Code::refused) that names the holder when the seconds are over.
  Lock(const Text& conninfo, const Text& ledger, const Waiting& waiting);
  /// Throws Error(Code::database) where the lock's connection was lost meanwhile.
  void require_held();

 private:
  postgres::Connection connection_;
};

}  // namespace quoin::runner
