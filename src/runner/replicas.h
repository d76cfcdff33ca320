// How far replicas are behind what this session has written.
#pragma once
#include <chrono>
#include <deque>

#include "core/postgres/postgres.h"

namespace quoin::runner {

class Replicas {
 public:
  /// `max_lag`: as the server reads an interval; empty: they are never too far behind. Throws Error(Code::refused)
  /// where this role may not see how far they are.
  Replicas(postgres::Connection&, Text max_lag);
  /// Remembers what is written by now.
  void mark();
  /// True while one has not replayed what was written so long ago, or says itself that it is further behind with what
  /// it has not replayed yet. One that does not answer is behind as soon as that is so long ago.
  bool are_behind();

 private:
  using Clock = std::chrono::steady_clock;
  struct Mark {
    Clock::time_point at;
    Text position;
  };
  postgres::Connection& connection_;
  Text max_lag_;
  Clock::duration longest_{};
  std::deque<Mark> marks_;  // the oldest is the newest of those that are too long ago, if one is
};

}  // namespace quoin::runner
