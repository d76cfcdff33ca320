#include "project/follow.h"

#include "core/base/caught.h"

namespace quoin {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t since(Clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
}

}  // namespace

std::string_view to_string(Way way) { return way == Way::up ? "up" : "down"; }

std::string_view to_string(Ending how) {
  return how == Ending::succeeded ? "succeeded" : how == Ending::failed ? "failed" : "skipped";
}

RunStep step_up(const Migration& migration) {
  return {Way::up, migration.version, migration.name, migration.description, migration.file};
}

RunStep step_down(const runner::Undoing& undoing) {
  return {Way::down, undoing.entry.version, undoing.entry.name, undoing.entry.description, undoing.down.file};
}

void FollowedRun::whole(const RunHead& head, const std::function<void()>& body) {
  const auto begin = Clock::now();
  const auto end = [&](Ending how, const Error* error) {
    for (const auto& follower : followers_) follower->run_ends({how, since(begin), error, {}, {}});
  };
  for (const auto& follower : followers_) follower->run_begins(head);
  try {
    body();
  } catch (...) {
    const Error error = error_of(std::current_exception());
    end(Ending::failed, &error);
    throw;
  }
  end(Ending::succeeded, nullptr);
}

void FollowedRun::pending(std::size_t count) {
  for (const auto& follower : followers_) follower->pending(count);
}

void FollowedRun::works(AtWork& work, std::size_t steps) {
  for (const auto& follower : followers_) follower->works(work, steps);
}

bool FollowedRun::step(const RunStep& step, const std::function<runner::Done()>& work) {
  const auto begin = Clock::now();
  const auto end = [&](const RunEnd& how) {
    for (const auto& follower : followers_) follower->ends(step, how);
  };
  try {
    for (const auto& follower : followers_) follower->begins(step);
    if (work() == runner::Done::meanwhile) {
      end({Ending::skipped, since(begin), nullptr, "another runner did it meanwhile", {}});
      return false;
    }
  } catch (...) {
    const Error error = error_of(std::current_exception());
    end({Ending::failed, since(begin), &error, {}, {}});
    throw;
  }
  end({Ending::succeeded, since(begin), nullptr, {}, {}});
  return true;
}

void FollowedRun::hold_back(const RunStep& step, const Text& needed) {
  const RunEnd end{Ending::skipped, 0, nullptr, concat("it may need ", needed, ", which did not run"), needed};
  for (const auto& follower : followers_) follower->ends(step, end);
}

void FollowedRun::goes_on(const Error& error) {
  for (const auto& follower : followers_) follower->goes_on(error);
}

}  // namespace quoin
