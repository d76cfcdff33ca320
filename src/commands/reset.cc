// quoin reset: a development database begun anew.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/interrupt.h"
#include "project/project.h"
#include "project/protection.h"
#include "runner/emptying.h"

namespace quoin {
namespace {
struct ResetOptions {
  std::optional<int> wait;
  bool yes = false, drop_schema = false, dry_run = false;
};

runner::Emptied extent_of(const CommandLine& settings) {
  return {settings.config.managed_schemas, settings.config.assumed_schemas};
}

/// What goes, looked at on a connection that is closed before a person is asked.
struct Going {
  List what;
  Text database, name;  // the latter for people
};
Going going(const Text& url, const ResetOptions& given, const CommandLine& settings) {
  const int seconds = seconds_of(given.wait);
  postgres::Connection connection = connect(url, given.wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds);
  Going found{{}, connection.database(), connection.name()};
  if (const std::size_t rows = ledger.read(connection).size(); rows > 0)
    found.what.push_back(concat("the history of ", counted(rows, "migration"), " in ", ledger.name()));
  if (!given.drop_schema) return found;
  for (Text& one : runner::contents_of(connection, ledger, extent_of(settings))) found.what.push_back(std::move(one));
  return found;
}

void confirm(const Going& found, const ResetOptions& given, const CommandLine& settings) {
  if (given.yes) return;
  const Text what = concat("remove from ", found.name, ": ", join(found.what, "; "));
  require_terminal(what);
  remark(settings, concat("this would ", what));
  if (types(concat("It cannot be undone. Type the name of the database to go ahead, ", found.database, ":"),
            found.database))
    return;
  throw Error(Code::refused, "not confirmed, so nothing was reset");
}

int told(const Going& found, std::string_view key, const CommandLine& settings) {
  if (settings.json) return print_json({{Text(key), found.what}}), 0;
  if (found.what.empty()) return print_lines("nothing to reset: there is no history\n"), 0;
  Text text;
  for (const Text& one : found.what) text += concat(key == "reset" ? "removed " : "would remove ", one, "\n");
  print_lines(text);
  return 0;
}

int run(const ResetOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  const Going found = going(url, given, settings);
  if (given.dry_run) return told(found, "would_reset", settings);
  refuse_protected(settings, url, "quoin reset");
  if (found.what.empty()) return told(found, "reset", settings);
  confirm(found, given, settings);
  const Interrupt interrupt;
  AtWork work(url, given.wait, settings, interrupt.stop());
  // First the history: what dies midway leaves a ledger that claims nothing.
  if (work.ledger.exists(work.connection)) {
    work.ledger.create(work.connection);
    runner::forget_all(work.session);
  }
  if (given.drop_schema) {
    const Progress progress(settings, "dropping");
    runner::drop_contents(work.session, extent_of(settings));
  }
  return told(found, "reset", settings);
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<ResetOptions>();
  options.flag("--drop-schema", given->drop_schema, "drop all that is in the database, too");
  options.flag("--dry-run", given->dry_run, "only say what would go");
  options.flag("-y,--yes", given->yes, "do not ask for the database's name");
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command reset_command{
    "reset", "forget what was applied, and drop all there is where that is asked for",
    "For a database that one develops on. Empties the ledger, and with --drop-schema drops every schema and what is "
    "in\n"
    "public, within managed_schemas and without what assume names. Asks for the database's name; the log stays.\n"
    "Refused on an environment that is protected.\n"
    "  quoin reset --drop-schema --dry-run\n"
    "  quoin reset --drop-schema -y && quoin migrate",
    declare};

}  // namespace quoin
