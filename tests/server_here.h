// For tests that need a server of their own.
#pragma once
#include <cstdlib>

#include "core/postgres/shadow.h"
#include "core/postgres/shadow_server.h"
#include "tests/catch.h"

namespace quoin {

/// The major version that QUOIN_TEST_MAJOR asks for, as scripts/pg-servers does; no value: the newest here.
inline std::optional<int> wanted_major() {
  const char* said = std::getenv("QUOIN_TEST_MAJOR");
  return said ? std::optional<int>(std::atoi(said)) : std::nullopt;
}

/// True, and said, where this machine has no server programs.
inline bool no_server_here() {
  if (shadow::find_binaries(wanted_major())) return false;
  WARN("skipped: no PostgreSQL server binaries here");
  return true;
}

/// This process's own server; asked for where no_server_here() is false.
inline Shadow& server() {
  static std::optional<Shadow> started = Shadow::start(wanted_major());
  return started.value();
}

/// SQL that makes these roles where the server, which all tests of a run share, has them not yet.
inline Text making_roles_once(const List& names) {
  Text all;
  for (const Text& name : names)
    all += concat("DO $$ BEGIN CREATE ROLE ", quote_ident(name), "; EXCEPTION WHEN duplicate_object THEN END $$;");
  return all;
}

}  // namespace quoin
