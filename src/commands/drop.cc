// quoin drop: a whole database taken away.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "core/base/visible.h"
#include "project/dropping.h"
#include "project/protection.h"

namespace quoin {
namespace {
struct DropOptions {
  std::optional<int> wait;
  bool yes = false, force = false;
};

void confirm(const DatabaseInUse& found, const DropOptions& given) {
  require_unused(found, given.force ? Others::end : Others::refuse);
  if (given.yes) return;
  require_terminal(concat("drop the database ", found.name));
  if (types(concat("Really drop ", found.name, " and all that is in it? Type the name of the database to go ahead, ",
                   found.database, ":"),
            found.database))
    return;
  throw Error(Code::refused, "not confirmed, so nothing was dropped", {},
              "where it is meant, say it again and type the database's name as it is shown");
}

int run(const DropOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  const std::optional<DatabaseInUse> found = find_database(url, given.wait, settings);
  if (!found) {
    if (settings.json) return print_json({{"dropped", nullptr}}), 0;
    return print_lines("nothing to drop: there is no such database\n"), 0;
  }
  refuse_protected(settings, url, "quoin drop");
  confirm(*found, given);
  drop_database({url, given.force ? Others::end : Others::refuse, given.wait}, *found, settings);
  settings.json ? print_json({{"dropped", found->database}})
                : print_lines(concat("dropped ", visible(found->name), "\n"));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<DropOptions>();
  options.flag("--force", given->force, "end the sessions that are in it");
  options.flag("-y,--yes", given->yes, "do not ask for the database's name");
  options.number("--wait", given->wait, "seconds to wait where there is no room for a connection (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command drop_command{"drop", "drop the database itself",
                           "With all that is in it, the ledger and its log too. Asks for the database's name. Refused "
                           "while others are in it,\n"
                           "and on an environment that is protected.\n"
                           "  quoin drop --database postgres://app@localhost/shop_test -y",
                           declare};

}  // namespace quoin
