// quoin rollback: undoes what was applied last.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/hazards.h"
#include "commands/progress.h"
#include "project/project.h"

namespace quoin {
namespace {
struct RollbackOptions {
  std::optional<Text> to;
  std::optional<int> count, wait;
  bool dry_run = false, yes = false;
};

using Choice = std::vector<runner::Undoing>;

Choice choose(postgres::Connection& connection, const RollbackOptions& given, const CommandLine& settings) {
  if (given.count && *given.count < 1)
    throw Error(Code::usage, concat("--count ", std::to_string(*given.count), " undoes nothing"), {}, "give 1 or more");
  const MigrationStatuses statuses =
      read_standings(connection, runner::Ledger(settings.config.ledger, seconds_of(given.wait)), settings);
  return runner::choose_undo(statuses.all, {given.to, given.count, {}, {}});
}

List labels(const Choice& choice) {
  List all;
  for (const runner::Undoing& undoing : choice) all.push_back(undoing.entry.label());
  return all;
}

/// What the downs take away.
std::vector<runner::Loss> losses_of(const Choice& choice, postgres::Connection& connection) {
  std::vector<const Section*> downs;
  for (const runner::Undoing& undoing : choice) downs.push_back(&undoing.down);
  return find_losses(connection, downs, runner::History::some);
}

nlohmann::ordered_json json_of(const runner::Undoing& undoing) {
  return {{"version", undoing.entry.version}, {"name", undoing.entry.name}};
}

void end(std::string_view key, const nlohmann::ordered_json& all, const CommandLine& settings) {
  if (settings.json) return print_json({{Text(key), all}});
  if (all.empty()) print_lines("nothing to undo: nothing is applied\n");
}

struct Asked {
  Choice choice;
  std::vector<runner::Loss> losses;
  Text database;  // for people
};

/// On a connection that is closed before a person is asked and a runner waits for its turn.
Asked ask(const Text& url, const RollbackOptions& given, const CommandLine& settings) {
  postgres::Connection connection = connect(url, seconds_of(given.wait), settings);
  Choice choice = choose(connection, given, settings);
  std::vector<runner::Loss> losses = losses_of(choice, connection);
  return {std::move(choice), std::move(losses), connection.name()};
}

void confirm(const Asked& asked, const CommandLine& settings) {
  const Text what = concat("undo ", join(labels(asked.choice), ", "), " on ", asked.database);
  if (!is_terminal(STDIN_FILENO) || !is_terminal(STDERR_FILENO)) {
    Error error(Code::refused, concat("there is no terminal to ask whether to ", what), {}, "say -y to go ahead");
    error.detail = join(lines_of(asked.losses), "\n");
    throw error;
  }
  tell(settings, lines_of(asked.losses));
  if (says_yes(concat("Really ", what, "? Data that it drops is lost."))) return;
  throw Error(Code::refused, "not confirmed, so nothing was undone");
}

int preview(const Asked& asked, const CommandLine& settings) {
  tell(settings, lines_of(asked.losses));
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const runner::Undoing& undoing : asked.choice) {
    if (!settings.json) print_lines(concat("would undo ", undoing.entry.label(), "\n"));
    detail(settings, undoing.down.text);
    all.push_back(json_of(undoing));
    all.back()["hazards"] = hazards_in(asked.losses, undoing.down);
  }
  end("would_undo", all, settings);
  return 0;
}

int run(const RollbackOptions& given, const CommandLine& settings) {
  const int seconds = seconds_of(given.wait);
  const Text url = settings.need_database();
  const Asked asked = ask(url, given, settings);
  if (given.dry_run || asked.choice.empty()) return preview(asked, settings);
  given.yes ? tell(settings, lines_of(asked.losses)) : confirm(asked, settings);
  AtWork work(url, seconds, settings);
  work.ledger.create(work.connection);
  const Choice choice = choose(work.connection, given, settings);
  if (labels(choice) != labels(asked.choice)) {
    throw Error(Code::refused, "another runner has changed what is applied meanwhile", {},
                "look at quoin status, then run it again");
  }
  nlohmann::ordered_json undone = nlohmann::ordered_json::array();
  for (const runner::Undoing& undoing : choice) {
    work.lock.require_held();
    const Progress progress(settings, concat("undoing ", undoing.entry.label()));
    if (runner::undo(work.session, undoing) == runner::Done::meanwhile) {
      remark(settings, concat(undoing.entry.label(), " was undone by another runner meanwhile"));
      continue;
    }
    if (!settings.json) print_lines(concat("undone ", undoing.entry.label(), "\n"));
    undone.push_back(json_of(undoing));
  }
  end("undone", undone, settings);
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<RollbackOptions>();
  options.number("--count", given->count, "undo so many (default: 1)");
  options.value("--to VERSION", given->to, "undo all that was applied after this version");
  options.flag("--dry-run", given->dry_run, "only say what would be undone (with -v: its SQL)");
  options.flag("-y,--yes", given->yes, "do not ask");
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command rollback_command{
    "rollback", "undo the migrations that were applied last",
    "Runs their Down sections, last first. Where a file is no longer what was applied, or is gone,\n"
    "the down that the ledger kept is run.\n"
    "  quoin rollback\n"
    "  quoin rollback --to 20250106090000 -y",
    declare};

}  // namespace quoin
