// quoin sync: a development database made as the desired schema says, without a migration.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/interrupt.h"
#include "core/base/visible.h"
#include "project/project.h"
#include "project/protection.h"
#include "project/routes.h"

namespace quoin {
namespace {
struct SyncOptions {
  std::optional<Text> to;
  Text shadow;
  std::optional<int> wait;
  bool yes = false, dry_run = false;
};

Routes routes_of(const Text& url, const SyncOptions& given, const CommandLine& settings) {
  const SchemaSource to = given.to ? parse_source(*given.to) : SchemaSource{SourceForm::yaml, settings.config.schemas};
  const Text shadow = given.shadow.empty() ? settings.config.shadow : given.shadow;
  check_shadow(shadow);
  Routes routes = find_routes({SourceForm::database, url}, to, {shadow, Proving::yes}, settings);
  if (!routes.up.errors.empty()) {
    Error error(Code::input, "no statements can do all of this", {}, "do what is listed by hand, then sync again");
    error.detail = join(routes.up.errors, "\n");
    throw error;
  }
  if (routes.outcome == Outcome::disproven) {
    Error error(Code::input, "what would be run was disproven on the shadow server, so it is not run", {},
                "quoin diff tells more; do this by hand");
    error.detail = routes.why;
    throw error;
  }
  return routes;
}

/// A run of what is pending would meet what sync has made.
void refuse_pending(const Text& url, const SyncOptions& given, const CommandLine& settings) {
  const int seconds = seconds_of(given.wait);
  postgres::Connection connection = connect(url, given.wait, settings);
  const MigrationStatuses statuses =
      read_standings(connection, runner::Ledger(settings.config.ledger, seconds), settings);
  List pending;
  for (const runner::MigrationStatus& status : statuses.all)
    if (status.state == runner::State::pending || status.state == runner::State::failed)
      pending.push_back(status.label());
  if (pending.empty()) return;
  throw Error(Code::refused, concat("the database has not run ", first_of(pending, 5)), {},
              "run quoin migrate first; what sync makes they would meet");
}

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

/// Each segment is a transaction, or none where it cannot be one; what is refused midway the next sync goes on with.
void apply(const Text& url, const Routes& routes, const SyncOptions& given, const CommandLine& settings) {
  const Interrupt interrupt;
  AtWork work(url, given.wait, settings, interrupt.stop());
  work.ledger.create(work.connection);
  work.lock.require_held();
  const Migration file = read_migration("(sync)", with_head(routes.file, {"0", "sync", {}}));
  runner::run_section(work.connection, file.up, runner::wrapping_of(file.up));
  work.connection.execute("BEGIN");
  work.ledger.log(
      work.connection,
      {"", "", "sync", concat(counted(routes.up.steps.size(), "statement"), " to come to ", routes.to_name)});
  work.connection.execute("COMMIT");
}

nlohmann::ordered_json json_of(const Routes& routes) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Text& text : statements(routes.up.steps)) all.push_back(text);
  return all;
}

int run(const SyncOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  if (!given.dry_run) refuse_protected(settings, url, "quoin sync");
  refuse_pending(url, given, settings);
  const Routes routes = routes_of(url, given, settings);
  for (const Text& note : routes.notes) remark(settings, concat("note: ", note));
  const bool differs = !routes.up.steps.empty();
  if (differs && given.dry_run && !settings.json) return print_document(routes.file.text.up), 0;
  if (differs && !given.dry_run) {
    confirm(routes, given, settings);
    apply(url, routes, given, settings);
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
