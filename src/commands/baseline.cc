// quoin baseline: takes migrations as applied that a database has already.
#include "runner/baseline.h"

#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/interrupt.h"
#include "core/base/visible.h"
#include "project/adopted.h"

namespace quoin {
namespace {
struct BaselineOptions {
  Text version;
  std::optional<int> wait;
  bool dry_run = false;
};

/// What another tool tells is better than a guess.
void refuse_other_history(const std::optional<EarlierHistory>& earlier) {
  if (!earlier || !earlier->is_of_a_tool()) return;
  throw Error(Code::refused, join(earlier->told, "; "), {},
              concat(earlier->advice(), "; its ledger knows better than a baseline what has run"));
}

/// What was, or would be, taken as applied.
std::vector<runner::MigrationStatus> chosen_in(postgres::Connection& connection, const MigrationStatuses& statuses,
                                               const BaselineOptions& given, const CommandLine& settings) {
  const runner::Ledger ledger(settings.config.ledger, seconds_of(given.wait));
  refuse_other_history(earlier_history(connection, ledger, statuses, settings));
  return runner::choose_baseline(statuses.all, given.version);
}

void tell(const std::vector<runner::MigrationStatus>& chosen, const BaselineOptions& given,
          const CommandLine& settings) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  Text text;
  for (const runner::MigrationStatus& status : chosen) {
    all.push_back({{"version", status.version()}, {"name", status.file->name}});
    text +=
        concat(given.dry_run ? "would take as applied " : "taken as applied ", line_for_people(status.label()), "\n");
  }
  if (settings.json) return print_json({{given.dry_run ? "would_take" : "taken", std::move(all)}});
  print_lines(text.empty() ? Text("nothing to do: all up to there is applied\n") : text);
}

int run(const BaselineOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  const int seconds = seconds_of(given.wait);
  if (given.dry_run) {
    postgres::Connection connection = connect(url, given.wait, settings);
    const MigrationStatuses statuses =
        read_standings(connection, runner::Ledger(settings.config.ledger, seconds), settings);
    tell(chosen_in(connection, statuses, given, settings), given, settings);
    return 0;
  }
  const Interrupt interrupt;
  AtWork work(url, given.wait, settings, interrupt.stop());
  const MigrationStatuses statuses = read_standings(work.connection, work.ledger, settings);
  const auto chosen = chosen_in(work.connection, statuses, given, settings);
  if (!chosen.empty()) {
    work.ledger.create(work.connection);
    work.lock.require_held();
    runner::baseline(work.session, chosen);
  }
  tell(chosen, given, settings);
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<BaselineOptions>();
  options.argument("VERSION", given->version, "the last one that the database has already");
  options.flag("--dry-run", given->dry_run, "only say what would be taken as applied");
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command baseline_command{
    "baseline", "take all migrations up to one as applied, without running them",
    "For a database that had its schema before it had a ledger: its ledger then says what it has, and quoin migrate\n"
    "begins behind that. Runs nothing. Where another tool ran them: quoin adopt.\n"
    "  quoin baseline 20250106090000 --dry-run\n"
    "  quoin baseline 20250106090000",
    declare};

}  // namespace quoin
