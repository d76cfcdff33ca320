// quoin version: where a database stands.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/targets.h"
#include "core/base/visible.h"
#include "project/overview.h"

namespace quoin {
namespace {

int run(std::optional<int> wait, const CommandLine& settings) {
  const KnownMigrations known = known_migrations(settings.need_database(), wait, settings);
  const runner::MigrationStatus* last = last_applied(known.statuses);
  if (!settings.json) return print_lines(concat(last == nullptr ? "none" : visible(last->version()), "\n")), 0;
  nlohmann::ordered_json json{{"database", known.database}, {"version", nullptr}, {"name", nullptr}};
  if (last != nullptr) json["version"] = last->version(), json["name"] = last->entry->name;
  print_json(std::move(json));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto wait = std::make_shared<std::optional<int>>();
  declare_schema(options, settings);
  options.number("--wait", *wait, "seconds to wait for whoever holds the ledger (default: 10)");
  return [wait, &settings] { return run(*wait, settings); };
}
}  // namespace

const Command version_command{"version", "the version that a database stands at",
                              "The highest one that is applied as a whole, or none. Only reads. quoin --version tells\n"
                              "the program's own.\n"
                              "  quoin version --database postgres://app@db/shop",
                              declare};

}  // namespace quoin
