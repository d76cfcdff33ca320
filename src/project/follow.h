// The events of a run of migrations, for hooks, the log, metrics, and what a command prints.
#pragma once
#include <chrono>

#include "project/project.h"

namespace quoin {

struct RunHead {
  Text command;   // "migrate"
  Text database;  // for people
};

enum class RunDirection { up, down };
std::string_view to_string(RunDirection);

/// One migration of a run.
struct RunStep {
  RunDirection way = RunDirection::up;
  Text version, name, description, file;

  Text label() const { return label_of(version, name); }
};
RunStep step_up(const Migration&);
RunStep step_down(const runner::Undoing&);

/// skipped: another runner did it meanwhile, or it may need one that failed.
enum class Ending { succeeded, failed, skipped };
std::string_view to_string(Ending);

/// The migrations of a run so far, by how they have ended.
struct RunCounts {
  std::size_t succeeded = 0, failed = 0;
  std::size_t skipped = 0;               // those held back included
  std::size_t held_back = 0;             // since they may need a migration that did not run
  std::optional<std::size_t> pending{};  // those that are still pending; no value: they were not counted
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

/// Is called for each event of a run, in order. If run_begins(), works() or begins() throws, what was to begin does
/// not.
class Follower {
 public:
  Follower() = default;
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;
  virtual ~Follower() = default;
  virtual void run_begins(const RunHead&) {}                     // before anything is connected
  virtual void works(LockedLedger&, std::size_t /* steps */) {}  // before the first step, if there is one
  virtual void begins(const RunStep&) {}                         // not for steps that are held back
  virtual void ends(const RunStep&, const RunEnd&) {}
  virtual void goes_on(const Error&) {}  // the run continues after the step that failed with it
  virtual void pending(std::size_t) {}   // how many migrations were pending before the run
  virtual void run_ends(const RunEnd&) {}
};
using Followers = std::vector<std::shared_ptr<Follower>>;

/// A run that calls its followers, in the order in which they are given.
class FollowedRun {
 public:
  explicit FollowedRun(Followers followers) : followers_(std::move(followers)) {}

  /// Calls `body`, which makes the calls below; run_ends() follows also where it throws.
  void whole(const RunHead&, const std::function<void()>& body);
  void pending(std::size_t count);
  void works(LockedLedger&, std::size_t steps);
  /// Calls `work` between begins() and ends(). False: another runner had done it.
  bool step(const RunStep&, const std::function<runner::DoneBy()>& work);
  /// The step does not run, since it may need `needed`, which did not run.
  void hold_back(const RunStep&, const Text& needed);
  void goes_on(const Error&);
  RunCounts counts() const;

 private:
  void end(const RunStep&, RunEnd);

  Followers followers_;
  RunCounts counts_;
};

}  // namespace quoin
