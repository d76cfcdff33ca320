// quoin migrate: runs what is pending.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "commands/hazards.h"
#include "commands/interrupt.h"
#include "commands/repeated.h"
#include "commands/targets.h"
#include "core/base/comment.h"
#include "project/leave.h"
#include "project/protection.h"
#include "runner/leftover.h"
#include "runner/script_faults.h"

namespace quoin {
namespace {
struct MigrateOptions {
  std::optional<Text> to;
  std::optional<int> count, wait;
  std::optional<Text> force;
  Text allow, reason;
  Telling telling;
  FleetOptions fleet;
  runner::Limits limits;
  std::optional<int> retries;
  bool dry_run = false, skip_optional = false, out_of_order = false, stop_on_error = false, go_on = false;
};

MigrateRequest request_of(const MigrateOptions& given) {
  if (given.count && *given.count < 1)
    throw Error(Code::usage, concat("--count ", std::to_string(*given.count), " runs nothing"), {}, "give 1 or more");
  MigrateRequest request;
  request.bounds = {given.to, given.count, given.skip_optional ? runner::Optional::skip : runner::Optional::run,
                    given.out_of_order ? runner::Late::run : runner::Late::refuse};
  request.limits = given.limits;
  request.limits.retries = given.retries.value_or(0);
  request.allow = split(given.allow, ',');
  request.at_failure = given.go_on ? AtFailure::go_on : AtFailure::stop;
  return request;
}

/// ", going on after 1 statement": a run that stopped midway has done the rest.
Text going_on(const runner::MigrationStatus& status) {
  if (status.state != runner::State::failed || runner::is_nothing_done(*status.entry)) return {};
  return concat(", going on after what is done: ", runner::done_in_words(*status.entry));
}

/// What a run does, told as it goes, or as one JSON document at its end.
class Report : public Follower {
 public:
  Report(const MigrateOptions& given, const CommandLine& settings) : given_(given), settings_(settings) {}

  void pending(std::size_t count) override { pending_ = count; }

  void ends(const RunStep& step, const RunEnd& end) override {
    if (end.how == Ending::failed && end.error != nullptr) {
      failed_.push_back({{"version", step.version}, {"name", step.name}, {"error", end.error->what()}});
    } else if (end.how == Ending::succeeded) {
      if (!settings_.json)
        print_lines(concat("applied ", step.label(), " (", std::to_string(end.milliseconds), " ms)\n"));
      all_.push_back(json_of(step));
      all_.back()["execution_ms"] = end.milliseconds;
    } else if (!end.needs.empty()) {
      remark(settings_, concat("held back ", step.label(), ": ", end.reason));
      held_.push_back({{"version", step.version}, {"name", step.name}, {"needs", end.needs}});
    } else if (end.how == Ending::skipped) {
      remark(settings_, concat(step.label(), " was applied by another runner meanwhile"));
      if (pending_ > 0) --pending_;
    }
  }

  void goes_on(const Error& error) override {
    if (!settings_.json) put_error(error, settings_);
  }

  void would_run(const RunPreview& preview, const std::function<Text(const runner::MigrationStatus&)>& shown = {}) {
    for (const runner::MigrationStatus& status : preview.pending) {
      const RunStep step = step_up(*status.file);
      const bool is_bare = status.file->up.directive("no-transaction") != nullptr;
      if (!settings_.json)
        print_lines(concat("would run ", step.label(), is_bare ? ", without a transaction, as it says" : "",
                           going_on(status), "\n"));
      for (const Text& note : runner::read_script(status.file->up, runner::wrapping_of(status.file->up)).notes)
        remark(settings_, concat("note: ", note));
      if (const auto why = runner::why_no_transaction(status.file->up)) settings_.audience->note(*why);
      all_.push_back(json_of(step));
      all_.back()["hazards"] = hazards_in(preview.losses, status.file->up);
      if (shown) detail(settings_, shown(status));
    }
  }

  void end(std::string_view key, std::size_t files) {
    nlohmann::ordered_json told{{Text(key), all_}};
    if (!failed_.empty()) told["failed"] = failed_;
    if (!failed_.empty()) told["held_back"] = held_;
    if (settings_.json) return print_json(std::move(told));
    if (!all_.empty() || !failed_.empty()) return;
    print_lines(concat("nothing to run: ", files == 0 ? Text("there are no migrations") : why_nothing(), "\n"));
  }
  /// True if a run that stops here has done something, or tried to.
  bool has_news() const { return !all_.empty() || !failed_.empty(); }

 private:
  static nlohmann::ordered_json json_of(const RunStep& step) {
    return {{"version", step.version}, {"name", step.name}, {"file", step.file}};
  }

  Text why_nothing() const {
    if (pending_ == 0) return "all is applied";
    const Text left =
        concat(std::to_string(pending_), given_.to ? " more" : "", pending_ == 1 ? " is" : " are", " pending");
    return given_.to ? concat("all up to ", *given_.to, " is applied; ", left) : concat(left, ", and left out");
  }

  const MigrateOptions& given_;
  const CommandLine& settings_;
  std::size_t pending_ = 0;
  nlohmann::ordered_json all_ = nlohmann::ordered_json::array(), failed_ = all_, held_ = all_;
};

bool can_ask() { return is_terminal(STDIN_FILENO) && is_terminal(STDERR_FILENO); }

/// What a run takes away is named before, and asked about on a terminal; elsewhere it wants leave.
void ask_about_losses(const std::vector<runner::Loss>& losses, const List& allowed, const CommandLine& settings) {
  const UnallowedLosses leave = unallowed_losses(losses, allowed, settings);
  tell(settings, lines_of(leave.rules.empty() || can_ask() ? losses : leave.notes));
  if (!can_ask()) return require_allowed(leave);
  if (leave.rules.empty() || says_yes("Run this?")) return;
  throw Error(Code::refused, "not confirmed, so nothing was run", {},
              concat("where it is meant, say it again and answer yes, or give --allow ", join(leave.rules, ",")));
}

/// Of what an earlier run did in part, the rest.
Text text_to_run(const runner::MigrationStatus& status) {
  const Section& up = status.file->up;
  const std::size_t done = status.state == runner::State::failed ? status.entry->statements_done : 0;
  if (done == 0) return up.text;
  const auto pieces = runner::read_script(up, runner::wrapping_of(up)).pieces;
  const Text count =
      concat(std::to_string(done), " of ", std::to_string(pieces.size()), " statements are done already");
  return concat(comment(comment_sign::sql, "Going on", count),
                done < pieces.size() ? up.text.substr(pieces[done].begin) : Text());
}

Rerun again_of(const MigrateOptions& given) {
  if (given.to || given.count || given.go_on || given.skip_optional || given.out_of_order)
    throw Error(Code::usage, "--force says itself what runs", {}, "leave out what says which are to run");
  if (trim(given.reason).empty())
    throw Error(Code::usage, "--force wants a reason, which the log keeps", {},
                "say why: --reason 'its trigger was dropped by hand'");
  return {*given.force, given.reason};
}

int preview(const Text& url, const MigrateOptions& given, const CommandLine& settings) {
  const MigrateRequest request = request_of(given);
  const std::optional<Rerun> again = given.force ? std::optional(again_of(given)) : std::nullopt;
  const RunPreview preview =
      again ? preview_rerun(url, given.wait, *again, settings) : preview_run(url, given.wait, request, settings);
  Report report(given, settings);
  report.pending(static_cast<std::size_t>(std::ranges::count_if(preview.statuses.all, is_open)));
  const UnallowedLosses leave = unallowed_losses(preview.losses, request.allow, settings);
  tell(settings, lines_of(leave.rules.empty() || can_ask() ? preview.losses : leave.notes));
  report.would_run(preview, again ? nullptr : &text_to_run);
  report.end("would_run", preview.statuses.files.size());
  if (again) refuse_protected(settings, url, "quoin migrate --force");
  if (!can_ask()) require_allowed(leave);
  return 0;
}

int run_on_targets(const MigrateOptions& given, const FleetRequest& request, const CommandLine& settings) {
  if (given.force) throw Error(Code::usage, "--force is for one database", {}, "name it with --database");
  refuse_schema(settings);
  const std::vector<Target> targets = targets_of(given.fleet.targets, settings);
  if (given.dry_run) {
    const auto results = preview_fleet(targets, {settings, request, request_of(given), {}});
    print_targets(targets, results, settings, Shown::plans);
    require_all_asked(results);
    require_none_refused(results);
    return 0;
  }
  const Interrupt interrupt;
  FleetRun fleet{settings, request, request_of(given), [&](const Target& target, const Settings& own) {
                   return followers_of(aimed_at(target, settings), own, {target.url, given.telling.metrics_file});
                 }};
  fleet.request.stop = interrupt.stop();
  const auto results = migrate_fleet(targets, fleet);
  print_targets(targets, results, settings);
  require_all_done(results);
  return 0;
}

int run(const MigrateOptions& given, const CommandLine& settings) {
  check_allowed(split(given.allow, ','), settings);
  if (given.stop_on_error && given.go_on)
    throw Error(Code::usage, "--stop-on-error and --continue say opposite things", {}, "give one of them");
  if (!given.reason.empty() && !given.force)
    throw Error(Code::usage, "--reason belongs to --force", {}, "leave it out, or say what is to run once more");
  const FleetRequest fleet = fleet_request_of(given.fleet, given.wait);
  if (!given.fleet.targets.empty()) return run_on_targets(given, fleet, settings);
  const Text url = settings.need_database();
  if (given.dry_run) return preview(url, given, settings);
  MigrateRequest request = request_of(given);
  request.agree = [&](const std::vector<runner::Loss>& losses) { ask_about_losses(losses, request.allow, settings); };
  const std::optional<Rerun> again = given.force ? std::optional(again_of(given)) : std::nullopt;
  if (again) refuse_protected(settings, url, "quoin migrate --force");
  const auto report = std::make_shared<Report>(given, settings);
  FollowedRun run(followers_of(report, settings, {url, given.telling.metrics_file}));
  const Interrupt interrupt;
  std::optional<LockedLedger> work;  // to the end of the hooks, which need it
  run.whole({"migrate", postgres::name_of(url)}, [&] {
    work.emplace(url, given.wait, settings, interrupt.stop());
    const auto end = [&](std::size_t files) { report->end("applied", files); };
    try {
      end(again ? migrate_again(*work, run, *again, request) : migrate(*work, run, request));
    } catch (const Error&) {
      if (report->has_news()) end(0);
      throw;
    }
  });
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<MigrateOptions>();
  options.value("--to VERSION", given->to, "run up to this version, and with it");
  options.number("--count", given->count, "run so many");
  options.flag("--dry-run", given->dry_run,
               "only say what would run (with -v: its SQL); refused where the run would be");
  options.flag("--skip-optional", given->skip_optional, "leave out those that say `-- quoin: optional`");
  options.flag("--out-of-order", given->out_of_order, "also run those that come before applied ones");
  options.flag("--stop-on-error", given->stop_on_error, "stop at the first that fails (the default)");
  options.flag("--continue", given->go_on,
               "go on past one that fails and leaves nothing, to those that need none of what did not run");
  options.value("--allow RULES", given->allow,
                "take data-loss, access, settings, other-history or more of them (with commas) without asking");
  options.value("--force VERSION", given->force,
                "run one that is applied once more, as its file is now; all: each of them");
  options.value("--reason TEXT", given->reason, "with --force: why, for the log");
  options.value("--lock-timeout TIME", given->limits.lock_timeout,
                "give up where a statement waits so long for a lock, as 5s, where a file says nothing itself");
  options.value("--statement-timeout TIME", given->limits.statement_timeout,
                "give up where a statement takes so long, as 10min");
  options.number("--retry", given->retries,
                 "try one so many times again that only met a lock or a deadlock, with growing pauses");
  declare_targets(options, given->fleet);
  declare_fleet_run(options, given->fleet);
  declare_telling(options, given->telling);
  declare_schema(options, settings);
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, whoever holds the ledger (default: 10), or, where it is said,"
                 " for a server that is not up yet");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command migrate_command{
    "migrate", "run the migrations that are pending",
    "Each runs in one transaction with its row in the ledger; what fails leaves nothing.\n"
    "One with a statement that no transaction takes (CREATE INDEX CONCURRENTLY, VACUUM) or a\n"
    "batch runs statement by statement, and goes on where it stopped; --dry-run says which.\n"
    "They run as the user of the URL; --dry-run runs nothing.\n"
    "  quoin migrate --dry-run\n"
    "  quoin migrate --wait 30 && exec server     # at a container's start\n"
    "  quoin migrate --database postgres://app@db/shop",
    declare};

}  // namespace quoin
