// quoin create: a new migration, empty.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "core/base/files.h"
#include "parser/migrations/migration.h"
#include "parser/migrations/text.h"
#include "project/project.h"

namespace quoin {
namespace {
struct CreateOptions {
  Text name, description;
};

int run(const CreateOptions& given, const CommandLine& settings) {
  namespace fs = std::filesystem;
  MigrationText text;
  const Text slug = migration_slug(given.name);
  require_new_files_count(settings);
  fs::create_directories(settings.config.migrations);
  text.version = new_version(project_migrations(settings));
  text.description = given.description.empty() ? given.name : given.description;
  text.up = "\n";
  text.down = "\n";
  const Text path = (fs::path(settings.config.migrations) / concat(text.version, "_", slug, ".sql")).string();
  write_new_file(path, to_text(text));
  settings.json ? print_json({{"wrote", {path}}}) : print_lines(concat(path, "\n"));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<CreateOptions>();
  options.argument("NAME", given->name, "what it does, as in add_orders");
  options.value("-d,--description TEXT", given->description, "one line on why, for the file's head and the ledger");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command create_command{"create", "write a new, empty migration",
                             "Its version is the present second in UTC; fill in what goes up, and what undoes it.\n"
                             "  quoin create add_orders -d 'Customers can order'",
                             declare};

}  // namespace quoin
