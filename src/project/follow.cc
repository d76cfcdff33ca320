#include "project/follow.h"

#include <algorithm>

#include "core/base/caught.h"

namespace quoin {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t since(Clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
}

}  // namespace

std::string_view to_string(RunDirection way) { return way == RunDirection::up ? "up" : "down"; }

std::string_view to_string(Ending how) {
  return how == Ending::succeeded ? "succeeded" : how == Ending::failed ? "failed" : "skipped";
}

RunStep step_up(const Migration& migration) {
  return {RunDirection::up, migration.version, migration.name, migration.description, migration.file};
}

RunStep step_down(const runner::Undoing& undoing) {
  return {RunDirection::down, undoing.entry.version, undoing.entry.name, undoing.entry.description, undoing.down.file};
}

void FollowedRun::whole(const RunHead& head, const std::function<void()>& body) {
  const auto begin = Clock::now();
  const auto end = [&](Ending how, const Error* error) {
    for (const auto& follower : followers_) follower->run_ends({how, since(begin), error, {}, {}, counts()});
  };
  try {
    for (const auto& follower : followers_) follower->run_begins(head);
    body();
  } catch (...) {
    const Error error = error_of(std::current_exception());
    end(Ending::failed, &error);
    throw;
  }
  end(Ending::succeeded, nullptr);
}

RunCounts FollowedRun::counts() const {
  RunCounts counts = counts_;
  if (counts.pending) *counts.pending -= std::min(counts.succeeded, *counts.pending);
  return counts;
}

void FollowedRun::end(const RunStep& step, RunEnd end) {
  if (end.how == Ending::succeeded) ++counts_.succeeded;
  if (end.how == Ending::failed) ++counts_.failed;
  if (end.how == Ending::skipped) ++counts_.skipped;
  if (!end.needs.empty()) ++counts_.held_back;
  end.counts = counts();
  for (const auto& follower : followers_) follower->ends(step, end);
}

void FollowedRun::pending(std::size_t count) {
  counts_.pending = count;
  for (const auto& follower : followers_) follower->pending(count);
}

void FollowedRun::works(LockedLedger& work, std::size_t steps) {
  for (const auto& follower : followers_) follower->works(work, steps);
}

bool FollowedRun::step(const RunStep& step, const std::function<runner::DoneBy()>& work) {
  const auto begin = Clock::now();
  try {
    for (const auto& follower : followers_) follower->begins(step);
    if (work() == runner::DoneBy::another_runner) {
      end(step, {Ending::skipped, since(begin), nullptr, "another runner did it meanwhile", {}, {}});
      return false;
    }
  } catch (...) {
    const Error error = error_of(std::current_exception());
    end(step, {Ending::failed, since(begin), &error, {}, {}, {}});
    throw;
  }
  end(step, {Ending::succeeded, since(begin), nullptr, {}, {}, {}});
  return true;
}

void FollowedRun::hold_back(const RunStep& step, const Text& needed) {
  end(step, {Ending::skipped, 0, nullptr, concat("it may need ", needed, ", which did not run"), needed, {}});
}

void FollowedRun::goes_on(const Error& error) {
  for (const auto& follower : followers_) follower->goes_on(error);
}

}  // namespace quoin
