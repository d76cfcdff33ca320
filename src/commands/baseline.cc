// quoin baseline: takes migrations as applied that a database has already.
#include "project/baselining.h"

#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/interrupt.h"
#include "commands/targets.h"
#include "core/base/visible.h"

namespace quoin {
namespace {
struct BaselineOptions {
  Text version;
  std::optional<int> wait;
  bool dry_run = false;
};

int tell(const std::vector<TakenMigration>& taken, const BaselineOptions& given, const CommandLine& settings) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  Text text;
  for (const TakenMigration& one : taken) {
    all.push_back({{"version", one.version}, {"name", one.name}});
    text += concat(given.dry_run ? "would take as applied " : "taken as applied ", line_for_people(one.label), "\n");
  }
  if (settings.json) return print_json({{given.dry_run ? "would_take" : "taken", std::move(all)}}), 0;
  print_lines(text.empty() ? Text("nothing to do: all up to there is applied\n") : text);
  return 0;
}

int run(const BaselineOptions& given, const CommandLine& settings) {
  const BaselineRequest request{settings.need_database(), given.version, given.wait};
  if (given.dry_run) return tell(preview_baseline(request, settings), given, settings);
  const Interrupt interrupt;
  return tell(take_baseline(request, settings, interrupt.stop()), given, settings);
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<BaselineOptions>();
  options.argument("VERSION", given->version, "the last one that the database has already");
  options.flag("--dry-run", given->dry_run, "only say what would be taken as applied");
  declare_schema(options, settings);
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
