// Ctrl-C while SQL runs.
#pragma once
#include "core/postgres/postgres.h"

namespace quoin::runner {

/// While it lives, the first SIGINT or SIGTERM does not end the process: it asks the server to stop what the connection
/// being watched runs, so that the statement fails and all is rolled back in order. A second one ends the process as
/// usual. One at a time.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  /// Throws Error(Code::database) where a signal came.
  static void check();
  static bool seen();

  /// While it lives, this connection is watched, which must live longer.
  class Watch {
   public:
    explicit Watch(postgres::Connection&);
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();
  };
};

}  // namespace quoin::runner
