// What a statement that takes long is waiting for, and how far it is, as the server tells another session.
#pragma once
#include <chrono>

#include "runner/execute.h"

namespace quoin::runner {

/// Looks at a worker's long statements through a second session, until it is destroyed: remarks who holds the lock that
/// one waits for, and passes on what the server's pg_stat_progress_… views tell.
class Watch {
 public:
  /// Both connections and the messages must outlive it; `observer` must not be in a transaction.
  Watch(postgres::Connection& worker, postgres::Connection& observer, const RunMessages&);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch();
  /// What a statement that ran into lock_timeout just now had waited for: "ROW EXCLUSIVE on public.t, held by …";
  /// empty: it was too short to be seen.
  Text waited_for() const;

 private:
  using Clock = std::chrono::steady_clock;
  void look(std::chrono::milliseconds since_sent);
  void look_at_lock(const Text& blockers, std::chrono::milliseconds since_sent);
  Text lock_and_holders(const Text& blockers);
  void look_at_progress();

  postgres::Connection& worker_;
  postgres::Connection& observer_;
  const RunMessages& messages_;
  Text process_;              // of the worker
  bool sees_ = true;          // false: the observer is lost, which the run finds out by itself
  Text waits_for_;            // the lock that is or was waited for
  Clock::time_point seen_{};  // when
  Text told_;                 // the blockers that were remarked
  Clock::time_point told_at_{};
  std::chrono::milliseconds last_look_{};  // at some: how long their statement had run then
};

}  // namespace quoin::runner
