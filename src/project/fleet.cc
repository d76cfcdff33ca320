#include "project/fleet.h"

#include <algorithm>
#include <mutex>

#include "core/base/caught.h"
#include "core/base/parallel.h"
#include "project/adopted.h"
#include "project/leave.h"

namespace quoin {
namespace {

using Clock = std::chrono::steady_clock;
using State = TargetResult::State;

std::size_t threads_of(const FleetRequest& request) { return static_cast<std::size_t>(std::max(request.jobs, 1)); }

/// Runs `body`; an exception becomes the target's result, so that it stops no other target.
template <class Body>
void as_result(TargetResult& result, Body body) {
  const auto begin = Clock::now();
  try {
    body();
  } catch (...) { result.error = error_of(std::current_exception()); }
  if (result.error) result.state = State::failed;
  result.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
}

/// Where it is, what, and what to do.
Text told(const Error& error) {
  const Text place = to_string(error.where);
  return concat(place, place.empty() ? "" : ": ", error.what(), error.hint.empty() ? "" : "; ", error.hint);
}

/// The versions that a run within the bounds would run, as far as nothing keeps it from beginning.
List chosen_of(const MigrationStatuses& statuses, const runner::Bounds& bounds) {
  List all;
  for (const runner::MigrationStatus& status : runner::choose_pending(statuses.all, bounds))
    all.push_back(status.version());
  return all;
}

/// Finds what a run would do; `trouble` gets why it would not begin, or what has failed before.
void look_at_run(const MigrationStatuses& statuses, const runner::Bounds& bounds, TargetStatus& status_of_target) {
  for (const runner::MigrationStatus& status : statuses.all)
    if (is_open(status)) status_of_target.pending.push_back(status.version());
  try {
    const List chosen = chosen_of(statuses, bounds);
    if (bounds.to || bounds.count || bounds.optional == runner::Optional::skip) status_of_target.pending = chosen;
  } catch (const Error& error) {
    if (error.code != Code::refused && error.code != Code::input) throw;
    if (status_of_target.trouble.empty()) status_of_target.trouble = told(error);
    status_of_target.is_refused = true;
  }
  for (const runner::MigrationStatus& status : statuses.all)
    if (status_of_target.trouble.empty() && status.shown() == runner::State::failed)  // what stands is no trouble
      status_of_target.trouble = concat(status.label(), ": ", status.last_error());
}

using Files = std::shared_ptr<const std::vector<Migration>>;

struct Look {
  const Settings& settings;
  const FleetRequest& request;
  runner::Bounds bounds;
  const Files& files;
  std::optional<List> allowed{};  // of a run that is looked at before: the losses that need no leave
};

void refuse(TargetStatus& status, const Text& why) {
  if (status.trouble.empty() || !status.is_refused) status.trouble = why;
  status.is_refused = true;
}

/// What only a run asks: its folder, and leave for its losses.
void look_at_leave(postgres::Connection& connection, const MigrationStatuses& statuses, const Look& look,
                   TargetStatus& status) {
  try {
    if (!is_allowed(other_history_rule, *look.allowed, look.settings)) refuse_other_folder(statuses, look.settings);
  } catch (const Error& error) {
    if (error.code != Code::refused) throw;
    return refuse(status, told(error));
  }
  const auto chosen = runner::choose_pending(statuses.all, look.bounds);
  const UnallowedLosses leave =
      unallowed_losses(losses_of(connection, statuses, chosen, look.settings), *look.allowed, look.settings);
  if (!leave.rules.empty())
    refuse(status, concat("wants leave, --allow ", join(leave.rules, ","), ": ", join(lines_of(leave.open), "; ")));
}

void look_at(const Target& target, const Look& look, TargetResult& result) {
  const Settings settings = settings_for(target, look.settings);
  postgres::Connection connection = connect(target.url, look.request.wait, settings);
  if (!target.schema.empty() && !look.request.create_schemas)
    require_schema(connection, target.schema, "quoin migrate --targets … --create-schemas");
  const runner::Ledger ledger(settings.config.ledger, seconds_of(look.request.wait));
  MigrationStatuses statuses = migration_statuses_of(connection, ledger, *look.files);
  tell_running(connection, ledger, statuses);
  if (const runner::MigrationStatus* last = last_applied(statuses)) result.last_seen.version = last->version();
  const bool is_allowed_history = is_allowed(other_history_rule, look.allowed.value_or(List()), settings);
  if (const auto earlier = earlier_history(connection, ledger, statuses, settings); earlier && !is_allowed_history)
    refuse(result.last_seen, concat(earlier->in_words(), "; ", earlier->advice()));
  if (look.request.drift) result.last_seen.drift = drift_of(connection, statuses, settings);
  look_at_run(statuses, look.bounds, result.last_seen);
  if (look.allowed && !result.last_seen.is_refused) look_at_leave(connection, statuses, look, result.last_seen);
  const bool is_behind = std::ranges::any_of(statuses.all, is_open) || !result.last_seen.trouble.empty();
  result.state = result.last_seen.is_refused ? State::refused : is_behind ? State::behind : State::current;
}

std::vector<TargetResult> look_at_all(const std::vector<Target>& targets, const Look& look) {
  std::vector<TargetResult> results(targets.size());
  side_by_side(targets.size(), threads_of(look.request), [&](std::size_t i) {
    if (look.request.stop.stop_requested()) return false;
    as_result(results[i], [&] { look_at(targets[i], look, results[i]); });
    return true;
  });
  return results;
}

/// Tells the target's result how many ran, and which failed.
class Counter : public Follower {
 public:
  explicit Counter(TargetResult& result) : result_(result) {}
  void ends(const RunStep& step, const RunEnd& end) override {
    if (end.how == Ending::failed) result_.failed_in = step.label();
  }
  void run_ends(const RunEnd& end) override { result_.ran = end.counts.succeeded; }

 private:
  TargetResult& result_;
};

RunHead head_of(const Target& target) {
  const Text database = postgres::name_of(target.url);
  return {"migrate", target.schema.empty() ? database : concat(database, ", schema ", target.schema)};
}

/// The followers hear of a target on which nothing runs what they hear of one database: all is applied, or it failed.
void tell_followers(const Target& target, const FleetRun& fleet, TargetResult& result) {
  const Settings settings = settings_for(target, fleet.settings);
  FollowedRun run(fleet.followers(target, settings));
  try {
    run.whole(head_of(target), [&] {
      if (result.error) throw Error(*result.error);
      run.pending(0);
    });
  } catch (...) {
    result.error = error_of(std::current_exception());
    result.state = State::failed;
  }
}

void run_on(const Target& target, const FleetRun& fleet, TargetResult& result) {
  const Settings settings = settings_for(target, fleet.settings);
  Followers followers = fleet.followers(target, settings);
  followers.insert(followers.begin(), std::make_shared<Counter>(result));
  FollowedRun run(std::move(followers));
  MigrateRequest request = fleet.migrate;
  request.agree = [&](const std::vector<runner::Loss>& losses) {
    require_allowed_unasked(losses, request.allow, settings);
  };
  std::optional<LockedLedger> work;  // to the end of the hooks, which need it
  run.whole(head_of(target), [&] {
    work.emplace(target.url, fleet.request.wait, settings, fleet.request.stop);
    migrate(*work, run, request);
  });
  result.state = State::migrated;
}

/// Reads the status after the run.
void look_again(const Target& target, const Look& look, TargetResult& result) {
  TargetResult after;
  as_result(after, [&] { look_at(target, look, after); });
  if (after.error) after.last_seen.trouble = concat("what the run left cannot be seen: ", after.error->what());
  result.last_seen = std::move(after.last_seen);
}

}  // namespace

std::string_view to_string(State state) {
  switch (state) {
    case State::current:
      return "up to date";
    case State::behind:
      return "behind";
    case State::refused:
      return "refused";
    case State::migrated:
      return "migrated";
    case State::failed:
      return "failed";
    case State::unbegun:
      return "not begun";
  }
  return "not begun";
}

std::vector<TargetResult> fleet_status(const std::vector<Target>& targets, const FleetRequest& request,
                                       const Settings& settings) {
  const auto files = std::make_shared<const std::vector<Migration>>(project_migrations(settings, CodeSteps::named));
  return look_at_all(targets, {settings, request, {}, files});
}

std::vector<TargetResult> preview_fleet(const std::vector<Target>& targets, const FleetRun& fleet) {
  const auto files =
      std::make_shared<const std::vector<Migration>>(project_migrations(fleet.settings, CodeSteps::named));
  return look_at_all(targets, {fleet.settings, fleet.request, fleet.migrate.bounds, files, fleet.migrate.allow});
}

std::vector<TargetResult> migrate_fleet(const std::vector<Target>& targets, const FleetRun& given) {
  FleetRun fleet = given;
  fleet.migrate.files = std::make_shared<const std::vector<Migration>>(project_migrations(fleet.settings));
  const Look look{fleet.settings, fleet.request, {}, fleet.migrate.files};
  std::vector<TargetResult> results = look_at_all(targets, look);
  std::vector<std::size_t> behind;
  int failures = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].state == State::behind || results[i].state == State::refused) behind.push_back(i);
    if (results[i].state == State::current || results[i].state == State::failed)
      tell_followers(targets[i], fleet, results[i]);
    if (results[i].state == State::failed) ++failures;
  }
  // A target that failed before would, as the first, stop all others each time.
  std::stable_partition(behind.begin(), behind.end(),
                        [&](std::size_t i) { return results[i].last_seen.trouble.empty(); });
  std::mutex counting;
  const auto has_enough = [&] { return fleet.request.max_failures > 0 && failures >= fleet.request.max_failures; };
  const auto one = [&](std::size_t i) {
    as_result(results[i], [&] { run_on(targets[i], fleet, results[i]); });
    look_again(targets[i], look, results[i]);
    const std::lock_guard alone(counting);
    if (results[i].error) ++failures;
    return !has_enough();
  };
  for (const std::size_t i : behind) results[i].state = State::unbegun;
  if (behind.empty() || has_enough()) return results;
  // Where all that are left have failed before, none of them tells of the others.
  const bool is_canary = fleet.request.max_failures > 0 || results[behind.front()].last_seen.trouble.empty();
  one(behind.front());
  if (is_canary && results[behind.front()].error) return results;
  side_by_side(behind.size() - 1, threads_of(fleet.request),
               [&](std::size_t i) { return !fleet.request.stop.stop_requested() && one(behind[i + 1]); });
  return results;
}

}  // namespace quoin
