// For tests that need a server of their own.
#pragma once
#include "core/postgres/shadow.h"
#include "core/postgres/shadow_server.h"
#include "tests/catch.h"

namespace quoin {

/// True, and said, where this machine has no server programs.
inline bool no_server_here() {
  if (shadow::find_binaries({})) return false;
  WARN("skipped: no PostgreSQL server binaries here");
  return true;
}

/// This process's own server; asked for where no_server_here() is false.
inline Shadow& server() {
  static std::optional<Shadow> started = Shadow::start(std::nullopt);
  return started.value();
}

}  // namespace quoin
