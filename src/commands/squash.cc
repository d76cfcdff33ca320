// quoin squash: folds migrations into one baseline.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "core/base/visible.h"
#include "project/project.h"
#include "project/squashing.h"

namespace quoin {
namespace {
struct SquashOptions {
  SquashRequest request{{}, "baseline", SquashedRows::kept, {}};
  bool dry_run = false, remove = false, without_rows = false;
};

nlohmann::ordered_json json_of(const Squash& squash, const SquashOptions& given) {
  nlohmann::ordered_json json{{given.dry_run ? "would_write" : "wrote", squash.file},
                              {"replaces", squash.replaced},
                              {"migrations", squash.migrations},
                              {"rows_as_data", nullptr},
                              {"not_compared", squash.uncompared},
                              {"removed", given.remove && !given.dry_run}};
  if (!squash.why_rows.empty()) json["rows_as_data"] = squash.why_rows;
  return json;
}

void tell(const Squash& squash, const SquashOptions& given, const CommandLine& settings) {
  if (settings.json) return print_json(json_of(squash, given));
  Text text = concat("proven: leads where ", counted(squash.migrations, "migration"),
                     squash.migrations == 1 ? " leads\n" : " lead\n");
  text += concat(given.dry_run ? "would write " : "wrote ", line_for_people(squash.file), "\n");
  for (const Text& file : squash.replaced)
    text += concat("  ", given.remove ? given.dry_run ? "would remove " : "removed " : "replaces ",
                   line_for_people(file), "\n");
  if (!squash.why_rows.empty())
    text += concat("rows are written as the migrations leave them, since their statements do not run after all else: ",
                   line_for_people(squash.why_rows), "\n");
  if (!squash.uncompared.empty())
    text +=
        concat("not compared, since no two runs agree in them: ", line_for_people(join(squash.uncompared, ", ")), "\n");
  if (!given.remove)
    text +=
        "the files that it replaces run no more. Before they are removed (with --remove, or by hand), have every "
        "database"
        " that ran only a part of them run the rest: quoin migrate, with the files as they were before this\n";
  print_lines(text);
}

int run(const SquashOptions& given, const CommandLine& settings) {
  if (given.request.to.empty())
    throw Error(Code::usage, "it is not said how far to squash", {}, "say it: quoin squash --to VERSION");
  SquashRequest request = given.request;
  request.rows = given.without_rows ? SquashedRows::left_out : SquashedRows::kept;
  const Squash squashed = squash(request, settings);
  if (!given.dry_run) write_baseline(squashed, settings);
  if (!given.dry_run && given.remove) remove_replaced(squashed);
  if (given.dry_run) detail(settings, squashed.text);
  tell(squashed, given, settings);
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<SquashOptions>();
  options.value("--to VERSION", given->request.to, "fold in all up to this version, and with it");
  options.value("--name NAME", given->request.name, "of the baseline (default: baseline)");
  options.flag("--without-rows", given->without_rows, "leave out what the migrations write into tables");
  options.flag("--remove", given->remove, "remove the files that it replaces");
  options.flag("--dry-run", given->dry_run, "only say what would be done (with -v: its SQL)");
  options.value("--shadow auto|URL", given->request.shadow,
                "where it is proven: auto, or a server's URL (default: auto)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command squash_command{
    "squash", "fold all migrations up to one into a baseline",
    "Writes a file that leads where they lead, proven on a shadow server with what they write into tables. It says\n"
    "what it replaces: a database that ran all of it takes the baseline as applied at the next quoin migrate, a new\n"
    "one runs it, one that ran a part is told how to go on.\n"
    "  quoin squash --to 20250301090000 --dry-run\n"
    "  quoin squash --to 20250301090000 --remove",
    declare};

}  // namespace quoin
