// A run of migrations as others follow it: hooks, the log, metrics, and what a command prints.
#pragma once
#include <chrono>

#include "project/project.h"

namespace quoin {

struct RunHead {
  Text command;   // "migrate"
  Text database;  // for people
};

enum class Way { up, down };
std::string_view to_string(Way);

/// One migration of a run.
struct RunStep {
  Way way = Way::up;
  Text version, name, description, file;

  Text label() const { return name.empty() ? version : concat(version, "_", name); }
};
RunStep step_up(const Migration&);
RunStep step_down(const runner::Undoing&);

/// skipped: another runner did it meanwhile, or it may need one that failed.
enum class Ending { succeeded, failed, skipped };
std::string_view to_string(Ending);

/// How many migrations of a run have ended how so far.
struct RunCounts {
  std::size_t succeeded = 0, failed = 0;
  std::size_t skipped = 0;               // held back or not
  std::size_t held_back = 0;             // for what they may need and did not run
  std::optional<std::size_t> pending{};  // what is left of those that there were before; no value: nobody has counted
};

/// How a run, or one step of it, has ended.
struct RunEnd {
  Ending how = Ending::succeeded;
  std::int64_t milliseconds = 0;
  const Error* error = nullptr;  // of what failed, while the call lasts
  Text reason{};                 // why it was skipped
  Text needs{};                  // what it may need and did not run
  RunCounts counts{};            // with this one
};

/// Hears of a run what happens, in its order. What begins() or works() throw stops what was to begin.
class Follower {
 public:
  Follower() = default;
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;
  virtual ~Follower() = default;
  virtual void run_begins(const RunHead&) {}               // nothing is connected yet
  virtual void works(AtWork&, std::size_t /* steps */) {}  // only where there is something to do
  virtual void begins(const RunStep&) {}                   // not for those that are skipped without a try
  virtual void ends(const RunStep&, const RunEnd&) {}
  virtual void goes_on(const Error&) {}  // past the step that ended with it
  virtual void pending(std::size_t) {}   // how many there were before the run
  virtual void run_ends(const RunEnd&) {}
};
using Followers = std::vector<std::shared_ptr<Follower>>;

/// A run, told to its followers in the order in which they are given.
class FollowedRun {
 public:
  explicit FollowedRun(Followers followers) : followers_(std::move(followers)) {}

  /// Calls `body`, which makes the calls below, and tells its end, whatever it throws.
  void whole(const RunHead&, const std::function<void()>& body);
  void pending(std::size_t count);
  void works(AtWork&, std::size_t steps);
  /// Calls `work`. False: another runner had done it.
  bool step(const RunStep&, const std::function<runner::Done()>& work);
  /// It may need what did not run.
  void hold_back(const RunStep&, const Text& needed);
  void goes_on(const Error&);
  RunCounts counts() const;

 private:
  void end(const RunStep&, RunEnd);

  Followers followers_;
  RunCounts counts_;
};

}  // namespace quoin
