// quoin sync: a development database made as the desired schema says, without a migration.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/interrupt.h"
#include "core/base/visible.h"
#include "project/protection.h"
#include "project/syncing.h"

namespace quoin {
namespace {
struct SyncOptions {
  std::optional<Text> to;
  Text shadow;
  std::optional<int> wait;
  bool yes = false, dry_run = false;
};

List hazards_of(const Routes& routes) {
  List lines;
  for (const Step& step : routes.up.steps)
    for (const Hazard& hazard : step.hazards) lines.push_back(line_for_people(concat(hazard.rule, ": ", hazard.text)));
  return lines;
}

void confirm(const Routes& routes, const SyncOptions& given, const CommandLine& settings) {
  tell(settings, hazards_of(routes));
  if (given.yes) return;
  const Text what = concat("run ", counted(routes.up.steps.size(), "statement"), " on ", routes.from_name);
  require_terminal(what, "say -y to go ahead, --dry-run to see them");
  print_document(routes.file.text.up);
  if (says_yes(concat("Really ", what, "?"))) return;
  throw Error(Code::refused, "not confirmed, so nothing was run");
}

nlohmann::ordered_json json_of(const Routes& routes) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Text& text : statements(routes.up.steps)) all.push_back(text);
  return all;
}

int run(const SyncOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  if (!given.dry_run) refuse_protected(settings, url, "quoin sync");
  refuse_pending(url, given.wait, settings);
  const Text shadow = given.shadow.empty() ? settings.config.shadow : given.shadow;
  const Routes routes = plan_sync(url, given.to, shadow, settings);
  for (const Text& note : routes.notes) remark(settings, concat("note: ", note));
  const bool differs = !routes.up.steps.empty();
  if (differs && given.dry_run && !settings.json) return print_document(routes.file.text.up), 0;
  if (differs && !given.dry_run) {
    confirm(routes, given, settings);
    const Interrupt interrupt;
    sync(url, routes, given.wait, settings, interrupt.stop());
  }
  if (settings.json) return print_json({{given.dry_run ? "would_run" : "ran", json_of(routes)}}), 0;
  print_lines(differs ? concat("ran ", counted(routes.up.steps.size(), "statement"), "\n")
                      : Text("nothing to do: the database is as wanted\n"));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<SyncOptions>();
  options.value("--to SOURCE", given->to, "what is wanted (default: the schemas folder)");
  options.flag("--dry-run", given->dry_run, "only show the statements");
  options.flag("-y,--yes", given->yes, "do not ask");
  options.value("--shadow auto|off|URL", given->shadow, "where to prove: auto, off, or a server's URL (default: auto)");
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command sync_command{
    "sync", "make a development database as the desired schema says",
    "Runs what quoin diff would write, at once and without a file: for trying out a change. Once it is as you want "
    "it,\n"
    "quoin reset --drop-schema and quoin migrate bring the database back, and quoin diff --name writes the migration.\n"
    "Refused while migrations are pending, and on an environment that is protected.\n"
    "  quoin sync --dry-run\n"
    "  quoin sync -y",
    declare};

}  // namespace quoin
