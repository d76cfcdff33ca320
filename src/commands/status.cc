// quoin status: what is applied, pending, failed, changed.
#include <nlohmann/json.hpp>

#include "commands/repeated.h"
#include "commands/targets.h"
#include "core/base/visible.h"
#include "parser/migrations/replacing.h"
#include "project/overview.h"
#include "runner/lost_rows.h"

namespace quoin {
namespace {
using runner::State;

std::size_t count_of(const MigrationStatuses& statuses, State state) {
  return static_cast<std::size_t>(std::count_if(statuses.all.begin(), statuses.all.end(),
                                                [&](const auto& status) { return status.state == state; }));
}

/// Of a run that left nothing.
Text how_it_failed(const runner::MigrationStatus& status) {
  const runner::Failure& failure = *status.failure;
  if (failure.action == "rollback") return concat("failed at ", failure.at, " when it was undone, and stands: ");
  if (failure.action == "force") return concat("a forced run failed at ", failure.at, ", nothing of that is kept: ");
  return concat("failed at ", failure.at, ", nothing of it is kept: ");
}

Text line_of(const runner::MigrationStatus& status) {
  Text line = concat("  ", runner::to_string(status.shown()), "  ", status.label());
  const Text trouble = indented(status.last_error());
  if (status.failure != nullptr && status.state != State::failed)
    line += concat("  (", how_it_failed(status), trouble, ")");
  if (status.out_of_order) line += "  (out of order: later ones are applied)";
  if (status.state == State::missing) line += "  (applied, and its file is gone)";
  if (status.lost)
    line += concat("  (the log says that it was ", visible(runner::told_of_lost(status)), ", and its row is gone)");
  if (status.is_unlike_replaced())
    line += concat("  (ran here as another than the file that ", status.baseline->label(), " replaces)");
  else if (status.baseline != nullptr)
    line += "  (stands for migrations that did not all run here as they were)";
  else if (status.state == State::changed)
    line += concat("  (", visible(status.file->file), " is not what was applied)");
  if (status.state == State::failed || status.state == State::running) {
    line += concat("  (", indented(status.state_in_words()), ")");
  }
  return line + "\n";
}

/// What a baseline rightly stands for is not: its own line tells what is wrong.
bool is_told(const runner::MigrationStatus& status) {
  if (status.failure != nullptr) return true;
  return status.state == State::replaced ? status.is_unlike_replaced() : status.state != State::applied;
}

Text way_on(const runner::Entry& entry) {
  const bool is_undoing = entry.status == runner::Status::undoing;
  return concat("quoin ", is_undoing ? "rollback" : "migrate", " goes on with ", entry.label(),
                " after what is done of it; what was settled by hand is said by quoin repair ", visible(entry.version),
                " --applied, --pending or --done N.");
}

/// A refusal says itself what there is to do, except of a rollback, which goes on whatever migrate refuses.
bool goes_on(const runner::MigrationStatus& status, const Next& next) {
  return status.entry->odd.empty() && (status.entry->status == runner::Status::undoing || !next.is_refusal);
}

Text text_of(const EarlierHistory& earlier) {
  List told;
  for (const Text& line : earlier.told) told.push_back(visible(line));
  const Text what = earlier.is_of_a_tool() ? join(told, "\n") : visible(earlier.in_words());
  return concat(what, "\n", earlier.advice());
}

/// ", of which 3_baseline stands for 3 migrations"
Text stood_for(const MigrationStatuses& statuses) {
  List parts;
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.state == State::applied && status.file != nullptr && status.file->up.directive("replaces") != nullptr)
      parts.push_back(
          concat(status.label(), " stands for ", counted(migrations_in(replaced_by(*status.file)), "migration")));
  return parts.empty() ? Text() : concat(", of which ", join(parts, ", "));
}

/// ", and 1 is done in part", which the next run, or rollback, goes on with.
Text text_of_begun(const MigrationStatuses& statuses) {
  const std::size_t begun = count_of(statuses, State::failed);
  return begun == 0 ? Text() : concat(", and ", std::to_string(begun), begun == 1 ? " is" : " are", " done in part");
}

Text as_text(const Overview& overview) {
  const MigrationStatuses& statuses = overview.statuses;
  const runner::MigrationStatus* last = last_applied(statuses);
  const std::size_t pending = count_of(statuses, State::pending);
  Text text = concat("database  ", visible(overview.database), "\nversion   ", last != nullptr ? last->label() : "none",
                     "\napplied   ",
                     std::to_string(std::ranges::count_if(
                         statuses.all, [](const auto& one) { return one.entry && is_wholly_applied(one); })),
                     stood_for(statuses), "\npending   ", std::to_string(pending), text_of_begun(statuses), "\n");
  if (overview.runner) text += concat("running   ", visible(*overview.runner), "\n");
  Text open;
  for (const runner::MigrationStatus& status : statuses.all)
    if (is_told(status)) open += line_of(status);
  if (!open.empty()) text += concat("\n", open);
  const Next next = next_of(statuses);
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.state == State::failed && goes_on(status, next)) text += concat("\n", way_on(*status.entry), "\n");
  if (overview.earlier) text += concat("\n", text_of(*overview.earlier), "\n");
  const bool has_history = overview.earlier.has_value();
  if (!next.words.empty() && !overview.runner && !has_history)
    text +=
        concat("\n", next.is_refusal ? "quoin migrate runs nothing as it stands: " : "", indented(next.words), "\n");
  return text;
}

/// What failed and left nothing is pending too: the next run tries it again.
nlohmann::ordered_json as_json(const Overview& overview) {
  const runner::MigrationStatus* last = last_applied(overview.statuses);
  nlohmann::ordered_json json{{"database", overview.database}, {"version", nullptr}, {"running", nullptr}};
  if (last != nullptr) json["version"] = last->version();
  if (overview.runner) json["running"] = *overview.runner;
  for (const State state :
       {State::applied, State::pending, State::failed, State::changed, State::missing, State::lost, State::replaced}) {
    nlohmann::ordered_json versions = nlohmann::ordered_json::array();
    for (const runner::MigrationStatus& status : overview.statuses.all)
      if (status.state == state || status.shown() == state) versions.push_back(status.version());
    json[Text(runner::to_string(state))] = std::move(versions);
  }
  nlohmann::ordered_json errors = nlohmann::ordered_json::object();
  for (const runner::MigrationStatus& status : overview.statuses.all)
    if (const Text trouble = status.last_error(); !trouble.empty()) errors[status.version()] = trouble;
  json["errors"] = std::move(errors);
  json["at_work"] = nlohmann::ordered_json::array();
  for (const runner::MigrationStatus& status : overview.statuses.all)
    if (status.state == State::running) json["at_work"].push_back(status.version());
  const Next next = next_of(overview.statuses);
  const bool has_history = overview.earlier.has_value();
  json["refuses"] = has_history       ? nlohmann::ordered_json(text_of(*overview.earlier))
                    : next.is_refusal ? nlohmann::ordered_json(next.words)
                                      : nullptr;
  json["other_histories"] =
      overview.earlier ? nlohmann::ordered_json(overview.earlier->told) : nlohmann::ordered_json::array();
  return json;
}

struct StatusOptions {
  FleetOptions fleet;
  std::optional<int> wait;
  bool exit_code = false, drift = false;
};

/// 3: something is wrong, or no run would begin; 1: something is pending; 0: all is applied.
int code_of(const Overview& overview) {
  const auto has = [&](State state) { return count_of(overview.statuses, state) > 0; };
  const bool has_history = overview.earlier.has_value();
  const auto has_failed = [](const runner::MigrationStatus& status) { return status.shown() == State::failed; };
  if (std::ranges::any_of(overview.statuses.all, has_failed) || has(State::changed) || has(State::missing) ||
      has(State::lost) || has_history || next_of(overview.statuses).is_refusal)
    return exit_code(Code::refused);
  return has(State::pending) || has(State::running) ? 1 : 0;
}

/// As code_of(), of the worst.
int code_of(const std::vector<TargetResult>& results) {
  using Of = TargetResult::State;
  const auto is_in_trouble = [](const TargetResult& result) {
    return result.state == Of::failed || !result.last_seen.trouble.empty() || result.last_seen.drift.is_any();
  };
  if (std::ranges::any_of(results, is_in_trouble)) return exit_code(Code::refused);
  return std::ranges::all_of(results, [](const auto& result) { return result.state == Of::current; }) ? 0 : 1;
}

int run_on_targets(const StatusOptions& given, const FleetRequest& request, const CommandLine& settings) {
  refuse_schema(settings);
  const std::vector<Target> targets = targets_of(given.fleet.targets, settings);
  const auto results = fleet_status(targets, request, settings);
  print_targets(targets, results, settings);
  if (given.exit_code) return code_of(results);
  require_all_asked(results);
  return 0;
}

int run(const StatusOptions& given, const CommandLine& settings) {
  FleetRequest fleet = fleet_request_of(given.fleet, given.wait);
  fleet.drift = given.drift;
  if (given.drift && given.fleet.targets.empty())
    throw Error(Code::usage, "--drift belongs to --targets", {}, "of one database quoin preflight tells it");
  if (!given.fleet.targets.empty()) return run_on_targets(given, fleet, settings);
  const Overview overview = overview_of(settings.need_database(), given.wait, settings);
  settings.json ? print_json(as_json(overview)) : print_lines(repeating_options(as_text(overview), settings));
  return given.exit_code ? code_of(overview) : 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<StatusOptions>();
  options.flag("--exit-code", given->exit_code, "exit 1 where something is pending, 3 where something is wrong");
  declare_targets(options, given->fleet);
  options.flag(
      "--drift", given->drift,
      "with --targets: which of them have what no migration makes, or lack what one does; quoin verify --against tells"
      " what was changed in place");
  declare_schema(options, settings);
  options.number("--wait", given->wait, "seconds to wait for whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command status_command{"status", "what is applied, pending, failed or changed",
                             "Only reads; a database that never saw quoin stays as it is.\n"
                             "  quoin status --database postgres://app@db/shop\n"
                             "  quoin status --exit-code -q   # in a script: 0 all applied, 1 pending, 3 trouble",
                             declare};

}  // namespace quoin
