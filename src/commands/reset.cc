// quoin reset: a development database begun anew.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/interrupt.h"
#include "core/base/visible.h"
#include "project/protection.h"
#include "project/resetting.h"

namespace quoin {
namespace {
struct ResetOptions {
  std::optional<int> wait;
  bool yes = false, drop_schema = false, dry_run = false;
};

void confirm(const ResetPreview& found, const ResetOptions& given, const CommandLine& settings) {
  if (given.yes) return;
  const Text what = concat("remove from ", found.name, ": ", join(found.what, "; "));
  require_terminal(what);
  remark(settings, concat("this would ", what));
  if (types(concat("It cannot be undone. Type the name of the database to go ahead, ", found.database, ":"),
            found.database))
    return;
  throw Error(Code::refused, "not confirmed, so nothing was reset", {},
              "where it is meant, say it again and type the database's name as it is shown");
}

int told(const ResetPreview& found, std::string_view key, const CommandLine& settings) {
  if (settings.json) return print_json({{Text(key), found.what}}), 0;
  if (found.what.empty()) return print_lines("nothing to reset: there is no history\n"), 0;
  Text text;
  for (const Text& one : found.what) text += concat(key == "reset" ? "removed " : "would remove ", visible(one), "\n");
  print_lines(text);
  return 0;
}

int run(const ResetOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  const ResetRequest request{url, given.drop_schema ? ResetExtent::all : ResetExtent::history, given.wait};
  const ResetPreview found = preview_reset(request, settings);
  if (given.dry_run) told(found, "would_reset", settings);
  refuse_protected(settings, url, "quoin reset");
  if (given.dry_run) return 0;
  if (found.what.empty()) return told(found, "reset", settings);
  confirm(found, given, settings);
  const Interrupt interrupt;
  const Progress progress(settings, given.drop_schema ? "dropping" : "forgetting");
  reset(request, found, settings, interrupt.stop());
  return told(found, "reset", settings);
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<ResetOptions>();
  options.flag("--drop-schema", given->drop_schema, "drop all that is in the database, too");
  options.flag("--dry-run", given->dry_run, "only say what would go; refused where the environment is protected");
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
    "public, within managed_schemas and without what assume names or manage excludes. Asks for the database's name;\n"
    "the log stays.\n"
    "Refused on an environment that is protected.\n"
    "  quoin reset --drop-schema --dry-run\n"
    "  quoin reset --drop-schema -y && quoin migrate",
    declare};

}  // namespace quoin
