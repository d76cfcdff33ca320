// quoin migrate: runs what is pending.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/hazards.h"
#include "commands/interrupt.h"
#include "commands/progress.h"
#include "core/base/comment.h"
#include "project/adopted.h"
#include "project/held_back.h"
#include "project/project.h"
#include "project/protection.h"

namespace quoin {
namespace {
struct MigrateOptions {
  std::optional<Text> to;
  std::optional<int> count, wait;
  std::optional<Text> force;
  Text allow, reason;
  runner::Limits limits;
  std::optional<int> retries;
  bool dry_run = false, skip_optional = false, out_of_order = false, stop_on_error = false, go_on = false;
};

runner::Bounds bounds_of(const MigrateOptions& given) {
  if (given.count && *given.count < 1)
    throw Error(Code::usage, concat("--count ", std::to_string(*given.count), " runs nothing"), {}, "give 1 or more");
  return {given.to, given.count, given.skip_optional ? runner::Optional::skip : runner::Optional::run,
          given.out_of_order ? runner::Late::run : runner::Late::refuse};
}

/// What a run did, told as it goes, or as one JSON document at its end.
class Report {
 public:
  explicit Report(const CommandLine& settings) : settings_(settings) {}

  void would_run(const Migration& migration, const std::vector<runner::Loss>& losses) {
    if (!settings_.json) print_lines(concat("would run ", migration.label(), "\n"));
    add(migration)["hazards"] = hazards_in(losses, migration.up);
  }

  void applied(const Migration& migration, std::int64_t milliseconds) {
    if (!settings_.json)
      print_lines(concat("applied ", migration.label(), " (", std::to_string(milliseconds), " ms)\n"));
    add(migration)["execution_ms"] = milliseconds;
  }

  void failed(const Migration& migration, const Error& error) {
    if (!settings_.json) put_error(error, settings_);
    failed_.push_back({{"version", migration.version}, {"name", migration.name}, {"error", error.what()}});
  }

  void held_back(const Migration& migration, const Text& needed) {
    const Text line = concat("held back ", migration.label(), ": it may need ", needed, ", which did not run");
    remark(settings_, line);
    held_.push_back({{"version", migration.version}, {"name", migration.name}, {"needs", needed}});
  }

  /// What failed was told as it happened; the run as a whole has failed all the same.
  void throw_failures() const {
    if (failed_.empty()) return;
    throw Error(Code::database,
                concat(counted(failed_.size(), "migration"), " failed, ", counted(held_.size(), "migration"),
                       held_.size() == 1 ? " was" : " were", " held back, ", counted(all_.size(), "migration"), " ran"),
                {},
                all_.empty() ? "mend what failed, then run quoin migrate again"
                             : "mend what failed; then quoin migrate --out-of-order, where later ones have run");
  }

  void end(std::string_view key, std::size_t files) {
    nlohmann::ordered_json told{{Text(key), all_}};
    if (!failed_.empty()) told["failed"] = failed_;
    if (!failed_.empty()) told["held_back"] = held_;
    if (settings_.json) return print_json(std::move(told));
    if (!all_.empty() || !failed_.empty()) return;
    print_lines(files == 0 ? Text("nothing to run: there are no migrations\n")
                           : Text("nothing to run: all is applied\n"));
  }

 private:
  nlohmann::ordered_json& add(const Migration& migration) {
    all_.push_back({{"version", migration.version}, {"name", migration.name}, {"file", migration.file}});
    return all_.back();
  }

  const CommandLine& settings_;
  nlohmann::ordered_json all_ = nlohmann::ordered_json::array(), failed_ = all_, held_ = all_;
};

bool is_allowed(std::string_view rule, const MigrateOptions& given, const CommandLine& settings) {
  const List said = split(given.allow, ',');
  return std::ranges::count(said, rule) > 0 || std::ranges::count(settings.config.allow, rule) > 0;
}

void check_allowed(const MigrateOptions& given, const CommandLine& settings) {
  List rules = split(given.allow, ',');
  rules.insert(rules.end(), settings.config.allow.begin(), settings.config.allow.end());
  const List known(runner::loss_rules().begin(), runner::loss_rules().end());
  for (const Text& rule : rules)
    if (!rule.empty() && std::ranges::count(known, rule) == 0)
      throw Error(Code::usage, concat("there is nothing to allow that is called \"", rule, "\""), {},
                  concat("there are ", join(known, ", ")));
}

std::vector<runner::Loss> losses_of(postgres::Connection& connection, const std::vector<runner::MigrationStatus>& all,
                                    const std::vector<runner::MigrationStatus>& pending) {
  std::vector<const Section*> sections;
  sections.reserve(pending.size());
  for (const runner::MigrationStatus& status : pending) sections.push_back(&status.file->up);
  const bool is_first = std::ranges::none_of(all, [](const auto& status) { return status.entry != nullptr; });
  return find_losses(connection, sections, is_first ? runner::AppliedBefore::none : runner::AppliedBefore::some);
}

constexpr RuleName other_history_rule = "other-history";

/// What another tool has run would run again.
void refuse_other_history(const std::optional<EarlierHistory>& earlier) {
  if (!earlier || !earlier->is_of_a_tool()) return;
  throw Error(Code::refused, join(earlier->told, "; "), {},
              concat(earlier->advice(), "; to run these files all the same: --allow ", other_history_rule));
}

/// What a run takes away is named before, and asked about on a terminal; elsewhere it wants leave.
void ask_about_losses(const std::vector<runner::Loss>& losses, const MigrateOptions& given,
                      const CommandLine& settings) {
  List rules;
  std::vector<runner::Loss> open, notes;
  const auto wants_no_leave = [](const runner::Loss& loss) { return loss.rule == runner::note_rule || loss.opens; };
  std::ranges::copy_if(losses, std::back_inserter(notes), wants_no_leave);
  for (const runner::Loss& loss : losses) {
    if (wants_no_leave(loss) || is_allowed(loss.rule, given, settings)) continue;
    if (std::ranges::count(rules, loss.rule.text()) == 0) rules.emplace_back(loss.rule);
    open.push_back(loss);
  }
  const bool can_ask = is_terminal(STDIN_FILENO) && is_terminal(STDERR_FILENO);
  const auto& told = rules.empty() || can_ask ? losses : notes;
  tell(settings, lines_of(told));
  if (rules.empty()) return;
  if (can_ask) {
    if (says_yes("Run this?")) return;
    throw Error(Code::refused, "not confirmed, so nothing was run");
  }
  Error error(Code::refused, "pending migrations do what wants leave, and nobody has given it", open.front().place,
              concat("if it is meant: quoin migrate --allow ", join(rules, ","), ", or allow: [", join(rules, ", "),
                     "] in quoin.yaml"));
  error.detail = join(lines_of(open), "\n");
  throw error;
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

/// What ran here and cannot be seen any more: nothing stops for it, but nobody should take the folder for whole.
void tell_gone(const std::vector<runner::MigrationStatus>& all, const CommandLine& settings) {
  List gone;
  for (const runner::MigrationStatus& status : all)
    if (status.state == runner::State::missing) gone.push_back(status.label());
  if (!gone.empty()) remark(settings, concat("applied here, and the file is gone: ", first_of(gone, 5)));
}

int preview(const Text& url, const MigrateOptions& given, const CommandLine& settings) {
  postgres::Connection connection = connect(url, given.wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(given.wait));
  const MigrationStatuses statuses = read_standings(connection, ledger, settings);
  if (!is_allowed(other_history_rule, given, settings))
    refuse_other_history(earlier_history(connection, ledger, statuses, settings));
  tell_gone(statuses.all, settings);
  Report report(settings);
  const auto pending = runner::choose_pending(statuses.all, bounds_of(given));
  const auto losses = losses_of(connection, statuses.all, pending);
  tell(settings, lines_of(losses));
  for (const runner::MigrationStatus& status : pending) {
    report.would_run(*status.file, losses);
    detail(settings, text_to_run(status));
  }
  report.end("would_run", statuses.files.size());
  return 0;
}

/// Goes on past what has failed and left nothing, with --continue.
class Run {
 public:
  Run(AtWork& work, const MigrateOptions& given, const CommandLine& settings)
      : work_(work), given_(given), settings_(settings), report_(settings) {}

  void all(const std::vector<runner::MigrationStatus>& pending, const std::vector<Migration>& files) {
    for (const runner::MigrationStatus& status : pending) {
      const auto needed = not_run_ ? not_run_->needs(*status.file) : std::nullopt;
      if (needed) {
        report_.held_back(*status.file, *needed);
        not_run_->add(*status.file);
        continue;
      }
      try {
        one(status);
      } catch (const Error& error) {
        if (!given_.go_on || !leaves_nothing(error, status)) throw;
        report_.failed(*status.file, error);
        if (!not_run_) not_run_.emplace(files, settings_);
        not_run_->add(*status.file);
      }
    }
    report_.end("applied", files.size());
    report_.throw_failures();
  }

 private:
  void one(const runner::MigrationStatus& status) {
    using Clock = std::chrono::steady_clock;
    work_.lock.require_held();
    const Progress progress(settings_, concat("running ", status.file->file));
    detail(settings_, concat("running ", status.file->file));
    const auto begin = Clock::now();
    const runner::Done done =
        runner::apply(work_.session, *status.file,
                      status.entry != nullptr ? std::optional(*status.entry) : std::optional<runner::Entry>());
    if (done == runner::Done::meanwhile)
      return remark(settings_, concat(status.label(), " was applied by another runner meanwhile"));
    report_.applied(*status.file, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count());
  }

  /// The server refused a statement of it, and no part of it stands: else nobody knows what the others would meet.
  bool leaves_nothing(const Error& error, const runner::MigrationStatus& status) {
    if (error.code != Code::database || error.sqlstate.empty() || work_.session.stop.stop_requested()) return false;
    if (!work_.connection.alive() || work_.connection.in_transaction()) return false;
    const auto row = work_.ledger.find(work_.connection, status.version());
    return !row || (row->status == runner::Status::applied && status.file->repeats());
  }

  AtWork& work_;
  const MigrateOptions& given_;
  const CommandLine& settings_;
  Report report_;
  std::optional<HeldBack> not_run_;
};

void limit(AtWork& work, const MigrateOptions& given) {
  if (given.retries && *given.retries < 0)
    throw Error(Code::usage, concat("--retry ", std::to_string(*given.retries), " says no number of times"), {},
                "give 0 or more");
  work.session.limits = given.limits;
  work.session.limits.retries = given.retries.value_or(0);
  runner::require_times(work.connection, given.limits);
}

/// What is applied and is to run once more.
std::vector<runner::MigrationStatus> chosen_again(const MigrationStatuses& statuses, const Text& wanted) {
  std::vector<runner::MigrationStatus> chosen;
  if (wanted != "all") {
    const runner::MigrationStatus& one = runner::named(statuses.all, wanted);
    if (one.state == runner::State::pending)
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

int force(const Text& url, const MigrateOptions& given, const CommandLine& settings) {
  if (given.to || given.count || given.go_on || given.skip_optional || given.out_of_order)
    throw Error(Code::usage, "--force says itself what runs", {}, "leave out what says which are to run");
  if (trim(given.reason).empty())
    throw Error(Code::usage, "--force wants a reason, which the log keeps", {},
                "say why: --reason 'its trigger was dropped by hand'");
  if (!given.dry_run) refuse_protected(settings, url, "quoin migrate --force");
  const Interrupt interrupt;
  AtWork work(url, given.wait, settings, interrupt.stop());
  limit(work, given);
  const MigrationStatuses statuses = read_standings(work.connection, work.ledger, settings);
  const auto chosen = chosen_again(statuses, *given.force);
  const auto losses = losses_of(work.connection, statuses.all, chosen);
  Report report(settings);
  if (!given.dry_run) ask_about_losses(losses, given, settings);
  if (!given.dry_run && !chosen.empty()) work.ledger.create(work.connection);
  for (const runner::MigrationStatus& status : chosen) {
    if (given.dry_run) {
      report.would_run(*status.file, losses);
      continue;
    }
    work.lock.require_held();
    const Progress progress(settings, concat("running ", status.file->file));
    const auto begin = std::chrono::steady_clock::now();
    if (runner::run_once_more(work.session, *status.file, *status.entry, given.reason) == runner::Done::meanwhile)
      throw Error(Code::refused, concat("another runner has changed the row of ", status.label(), " meanwhile"), {},
                  "look at quoin status, then say it again");
    report.applied(
        *status.file,
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count());
  }
  report.end(given.dry_run ? "would_run" : "applied", statuses.files.size());
  return 0;
}

int run(const MigrateOptions& given, const CommandLine& settings) {
  check_allowed(given, settings);
  if (given.stop_on_error && given.go_on)
    throw Error(Code::usage, "--stop-on-error and --continue say opposite things", {}, "give one of them");
  const Text url = settings.need_database();
  if (given.force) return force(url, given, settings);
  if (!given.reason.empty())
    throw Error(Code::usage, "--reason belongs to --force", {}, "leave it out, or say what is to run once more");
  if (given.dry_run) return preview(url, given, settings);
  const Interrupt interrupt;
  AtWork work(url, given.wait, settings, interrupt.stop());
  limit(work, given);
  postgres::Connection& connection = work.connection;
  const MigrationStatuses statuses = read_standings(connection, work.ledger, settings);
  if (!is_allowed(other_history_rule, given, settings))
    refuse_other_history(earlier_history(connection, work.ledger, statuses, settings));
  tell_gone(statuses.all, settings);
  const auto pending = runner::choose_pending(statuses.all, bounds_of(given));
  ask_about_losses(losses_of(connection, statuses.all, pending), given, settings);
  if (!pending.empty()) work.ledger.create(connection);
  Run(work, given, settings).all(pending, statuses.files);
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<MigrateOptions>();
  options.value("--to VERSION", given->to, "run up to this version, and with it");
  options.number("--count", given->count, "run so many");
  options.flag("--dry-run", given->dry_run, "only say what would run (with -v: its SQL)");
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
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, whoever holds the ledger (default: 10), or, where it is said,"
                 " for a server that is not up yet");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command migrate_command{"migrate", "run the migrations that are pending",
                              "Each runs in one transaction with its row in the ledger; what fails leaves nothing.\n"
                              "They run as the user of the URL; --dry-run runs nothing.\n"
                              "  quoin migrate --dry-run\n"
                              "  quoin migrate --wait 30 && exec server     # at a container's start\n"
                              "  quoin migrate --database postgres://app@db/shop",
                              declare};

}  // namespace quoin
