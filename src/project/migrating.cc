#include "project/migrating.h"

#include <algorithm>

#include "project/adopted.h"
#include "project/held_back.h"
#include "project/leave.h"
#include "runner/lost_rows.h"
#include "runner/replaced.h"

namespace quoin {
namespace {

/// Applied migrations without a file stop no run, but a person should know that the folder is not whole.
void tell_gone(const std::vector<runner::MigrationStatus>& all, const Settings& settings) {
  List gone;
  for (const runner::MigrationStatus& status : all)
    if (status.state == runner::State::missing) gone.push_back(status.label());
  if (!gone.empty()) remark(settings, concat("applied here, and the file is gone: ", first_of(gone, 5)));
}

/// Where all that a baseline replaces has run, the baseline is taken as applied.
void take_over_replaced(LockedLedger& work, const std::vector<runner::MigrationStatus>& all) {
  const auto baselines = runner::not_taken_over(all);
  if (baselines.empty()) return;
  work.ledger.create(work.connection);
  work.lock.require_held();
  runner::take_over(work.session, baselines);
  for (const runner::MigrationStatus& baseline : baselines)
    remark(work.settings, concat("taken as applied ", baseline.label(), ": what it replaces ran here"));
}

/// The applied migrations that are to run once more.
std::vector<runner::MigrationStatus> chosen_again(const MigrationStatuses& statuses, const Text& wanted) {
  std::vector<runner::MigrationStatus> chosen;
  if (wanted != "all") {
    const runner::MigrationStatus& one = runner::named(statuses.all, wanted);
    if (one.entry == nullptr)
      throw Error(Code::refused, concat(one.label(), " is not applied, so there is nothing to force"), {},
                  concat("quoin migrate --to ", one.version(), " runs it"));
    if (one.file == nullptr)
      throw Error(Code::refused, concat(one.label(), " has no file, so it could not run once more"), {},
                  "put the file back");
    return {one};
  }
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.entry != nullptr && status.file != nullptr) chosen.push_back(status);
  return chosen;
}

/// Runs pending migrations; with AtFailure::go_on it continues after one that failed and was rolled back.
class PendingRun {
 public:
  PendingRun(LockedLedger& work, FollowedRun& run, const MigrateRequest& request)
      : work_(work), run_(run), request_(request), settings_(work.settings) {}

  void all(const RunPreview& preview) {
    std::size_t number = 0;
    for (const runner::MigrationStatus& status : preview.pending) {
      const Text place = concat(std::to_string(++number), " of ", std::to_string(preview.pending.size()));
      const auto needed = not_run_ ? not_run_->needs(*status.file) : std::nullopt;
      if (needed) {
        run_.hold_back(step_up(*status.file), *needed);
        not_run_->add(*status.file);
        continue;
      }
      try {
        one(status, place);
      } catch (const Error& error) {
        if (request_.at_failure == AtFailure::stop || !leaves_nothing(error, status)) throw;
        run_.goes_on(error);
        if (!not_run_) not_run_.emplace(preview.statuses.files, settings_);
        not_run_->add(*status.file);
      }
    }
    throw_failures();
  }

 private:
  void one(const runner::MigrationStatus& status, const Text& place) {
    work_.lock.require_held();
    const Progress progress(settings_, concat("running ", place, ": ", status.file->file));
    detail(settings_, concat("running ", status.file->file));
    const auto before = status.entry != nullptr ? std::optional(*status.entry) : std::optional<runner::Entry>();
    run_.step(step_up(*status.file), [&] { return runner::apply(work_.session, *status.file, before); });
  }

  /// True if the server refused a statement and all was rolled back: only then is the state known that others would
  /// meet.
  bool leaves_nothing(const Error& error, const runner::MigrationStatus& status) {
    if (error.code != Code::database || error.sqlstate.empty() || work_.session.stop.stop_requested()) return false;
    if (!work_.connection.alive() || work_.connection.in_transaction()) return false;
    const auto row = work_.ledger.find(work_.connection, status.version());
    return !row || (row->status == runner::Status::applied && status.file->repeats());
  }

  /// Each failure was reported when it happened; the run as a whole fails too.
  void throw_failures() const {
    const RunCounts counts = run_.counts();
    if (counts.failed == 0) return;
    throw Error(Code::database,
                concat(counted(counts.failed, "migration"), " failed, ", counted(counts.held_back, "migration"),
                       counts.held_back == 1 ? " was" : " were", " held back, ", counted(counts.succeeded, "migration"),
                       " ran"),
                {},
                counts.succeeded == 0
                    ? "mend what failed, then run quoin migrate again"
                    : "mend what failed; then quoin migrate --out-of-order, where later ones have run");
  }

  LockedLedger& work_;
  FollowedRun& run_;
  const MigrateRequest& request_;
  const Settings& settings_;
  std::optional<HeldBack> not_run_;
};

}  // namespace

void limit(LockedLedger& work, const runner::Limits& limits) {
  if (limits.retries < 0)
    throw Error(Code::usage, concat("--retry ", std::to_string(limits.retries), " says no number of times"), {},
                "give 0 or more");
  work.session.limits = limits;
  runner::require_times(work.connection, limits);
}

RunPreview preview_run(postgres::Connection& connection, const runner::Ledger& ledger, const MigrateRequest& request,
                       const Settings& settings) {
  RunPreview preview{request.files ? migration_statuses_of(connection, ledger, *request.files)
                                   : read_migration_statuses(connection, ledger, settings),
                     {},
                     {}};
  if (!is_allowed(other_history_rule, request.allow, settings)) {
    refuse_earlier_history(earlier_history(connection, ledger, preview.statuses, settings));
    refuse_other_folder(preview.statuses, settings);
  }
  tell_gone(preview.statuses.all, settings);
  preview.pending = runner::choose_pending(preview.statuses.all, request.bounds);
  preview.losses = losses_of(connection, preview.statuses, preview.pending, settings);
  return preview;
}

std::size_t migrate(LockedLedger& work, FollowedRun& run, const MigrateRequest& request) {
  limit(work, request.limits);
  const RunPreview preview = preview_run(work.connection, work.ledger, request, work.settings);
  run.pending(static_cast<std::size_t>(std::ranges::count_if(preview.statuses.all, is_open)));
  request.agree(preview.losses);
  take_over_replaced(work, preview.statuses.all);
  if (!preview.pending.empty()) {
    work.ledger.create(work.connection);
    watch_holdings(work, preview.losses, request.allow);
    run.works(work, preview.pending.size());
  }
  PendingRun(work, run, request).all(preview);
  return preview.statuses.files.size();
}

namespace {
RunPreview preview_rerun_there(postgres::Connection& connection, const runner::Ledger& ledger, const Rerun& again,
                               const Settings& settings) {
  RunPreview preview{read_migration_statuses(connection, ledger, settings), {}, {}};
  runner::refuse_lost(preview.statuses.all);
  preview.pending = chosen_again(preview.statuses, again.version);
  preview.losses = losses_of(connection, preview.statuses, preview.pending, settings);
  return preview;
}
}  // namespace

RunPreview preview_run(const Text& url, std::optional<int> wait, const MigrateRequest& request,
                       const Settings& settings) {
  postgres::Connection connection = connect(url, wait, settings);
  return preview_run(connection, runner::Ledger(settings.config.ledger, seconds_of(wait)), request, settings);
}

RunPreview preview_rerun(const Text& url, std::optional<int> wait, const Rerun& again, const Settings& settings) {
  postgres::Connection connection = connect(url, wait, settings);
  return preview_rerun_there(connection, runner::Ledger(settings.config.ledger, seconds_of(wait)), again, settings);
}

std::size_t migrate_again(LockedLedger& work, FollowedRun& run, const Rerun& again, const MigrateRequest& request) {
  limit(work, request.limits);
  const RunPreview preview = preview_rerun_there(work.connection, work.ledger, again, work.settings);
  request.agree(preview.losses);
  if (preview.pending.empty()) return preview.statuses.files.size();
  work.ledger.create(work.connection);
  watch_holdings(work, preview.losses, request.allow);
  run.works(work, preview.pending.size());
  for (const runner::MigrationStatus& status : preview.pending) {
    work.lock.require_held();
    const Progress progress(work.settings, concat("running ", status.file->file));
    const bool is_done = run.step(step_up(*status.file), [&] {
      return runner::run_once_more(work.session, *status.file, *status.entry, again.reason);
    });
    if (!is_done)
      throw Error(Code::refused, concat("another runner has changed the row of ", status.label(), " meanwhile"), {},
                  "look at quoin status, then say it again");
  }
  return preview.statuses.files.size();
}

}  // namespace quoin
