// quoin sync: a development database made as the desired schema says, without a migration.
#include <nlohmann/json.hpp>

#include "commands/change_summary.h"
#include "commands/command.h"
#include "commands/interrupt.h"
#include "commands/plan_json.h"
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
  Text allow;
};

List hazards_of(const Routes& routes) {
  List lines;
  for (const Step& step : routes.up.steps)
    for (const Hazard& hazard : step.hazards) lines.push_back(line_for_people(concat(hazard.rule, ": ", hazard.text)));
  return lines;
}

/// What nobody has seen run is a loss of its own, which -y alone does not cover.
void require_proven(const Routes& routes, const SyncOptions& given) {
  if (routes.outcome == Outcome::proven || !given.yes || given.allow == "unproven") return;
  List lines = split(routes.why, '\n');
  Error error(Code::refused, concat("what would be run is unproven: ", lines.front()), {},
              "nothing was run; look at it with --dry-run, then say --allow unproven");
  lines.erase(lines.begin());
  error.detail = join(lines, "\n");
  throw error;
}

void confirm(const Routes& routes, const SyncOptions& given, const CommandLine& settings) {
  require_proven(routes, given);
  tell(settings, hazards_of(routes));
  if (routes.outcome != Outcome::proven) remark_unproven(routes, settings);
  if (given.yes) return;
  const Text what = concat("run ", counted(routes.up.steps.size(), "statement"), " on ", routes.from_name);
  require_terminal(what, "say -y to go ahead, --dry-run to see them");
  print_document(routes.file.text.up);
  if (says_yes(concat("Really ", what, "?"))) return;
  throw Error(Code::refused, "not confirmed, so nothing was run", {},
              "where it is meant, say it again and answer yes, or give -y; --dry-run only shows it");
}

SyncRequest request_of(const Text& url, const SyncOptions& given, const CommandLine& settings) {
  return {url, given.to, given.shadow.empty() ? settings.config.shadow : given.shadow};
}

Routes plan(const Text& url, const SyncOptions& given, const CommandLine& settings) {
  refuse_pending(url, given.wait, settings);
  Routes routes = plan_sync(request_of(url, given, settings), settings);
  for (const Text& note : routes.notes) remark_once(settings, concat("note: ", note));
  return routes;
}

int told(const Routes& routes, const SyncOptions& given, const CommandLine& settings) {
  const bool differs = !routes.up.steps.empty();
  if (differs && given.dry_run && !settings.json) {
    print_document(routes.file.text.up);
    if (routes.outcome != Outcome::proven) remark_unproven(routes, settings);
    return 0;
  }
  if (settings.json) return print_json({{given.dry_run ? "would_run" : "ran", json_of(routes.up, routes.down)}}), 0;
  print_lines(differs ? concat("ran ", counted(routes.up.steps.size(), "statement"), "\n")
                      : Text("nothing to do: the database is as wanted\n"));
  return 0;
}

int run(const SyncOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  if (given.dry_run) {
    told(plan(url, given, settings), given, settings);
    return refuse_protected(settings, url, "quoin sync"), 0;
  }
  refuse_protected(settings, url, "quoin sync");
  std::optional<Routes> routes;
  if (!given.yes) {  // a person is asked, while others may go on
    routes = plan(url, given, settings);
    if (routes->up.steps.empty()) return told(*routes, given, settings);
    confirm(*routes, given, settings);
  }
  const Interrupt interrupt;
  LockedLedger work(url, given.wait, settings, interrupt.stop());
  if (routes) {
    refuse_pending(url, given.wait, settings);
    require_as_shown(*routes, request_of(url, given, settings), settings);
  } else {
    routes = plan(url, given, settings);
    if (routes->up.steps.empty()) return told(*routes, given, settings);
    confirm(*routes, given, settings);
  }
  sync(work, *routes);
  return told(*routes, given, settings);
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<SyncOptions>();
  options.value("--to SOURCE", given->to, "what is wanted (default: the schemas folder)");
  options.flag("--dry-run", given->dry_run, "only show the statements; refused where the environment is protected");
  options.flag("-y,--yes", given->yes, "do not ask");
  options.value("--shadow auto|off|URL", given->shadow, "where to prove: auto, off, or a server's URL (default: auto)");
  options.choice("--allow", given->allow, {"unproven"}, "run with -y also what no server has proven");
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
