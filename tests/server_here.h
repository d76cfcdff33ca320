// For tests that need a server of their own.
#pragma once
#include "base/shadow_server.h"
#include "tests/catch.h"

namespace quoin {

/// True, and said, where this machine has no server programs.
inline bool no_server_here() {
  if (shadow::find_binaries({})) return false;
  WARN("skipped: no PostgreSQL server binaries here");
  return true;
}

}  // namespace quoin
