#include "parser/migrations/unread_settings.h"

#include <filesystem>

#include "core/base/files.h"

namespace quoin::migration_layouts {
namespace {

constexpr std::string_view folder_hint = "where its folder is not the one that is read here: migrations: in quoin.yaml";

struct UnreadVariable {
  std::string_view layout, name, hint;
};
constexpr UnreadVariable variables[] = {
    {"dbmate", "DBMATE_MIGRATIONS_DIR", folder_hint},
    {"dbmate", "DBMATE_MIGRATIONS_TABLE", "say its ledger's name: quoin adopt dbmate --table NAME"},
    {"goose", "GOOSE_MIGRATION_DIR", folder_hint},
    {"goose", "GOOSE_TABLE", "say its ledger's name: quoin adopt goose --table NAME"},
    {"flyway", "FLYWAY_LOCATIONS", folder_hint},
    {"flyway", "FLYWAY_TABLE", "say its ledger's name: quoin adopt flyway --table NAME"},
    {"flyway", "FLYWAY_DEFAULT_SCHEMA", "say it as defaultSchema in flyway.toml or flyway.conf"},
    {"flyway", "FLYWAY_SCHEMAS", "say it as schemas in flyway.toml or flyway.conf"},
    {"flyway", "FLYWAY_TARGET", "say how far to run: quoin migrate --to VERSION"},
    {"flyway", "FLYWAY_INIT_SQL", "write its SQL into a migration, or as a hook before_each"},
    {"flyway", "FLYWAY_PLACEHOLDER_REPLACEMENT", "say it as placeholderReplacement in flyway.toml or flyway.conf"},
    {"flyway", "FLYWAY_CONFIG_FILES", "copy what it sets into flyway.toml beside the folder"},
    {"flyway", "FLYWAY_SQL_MIGRATION_PREFIX", "name the files as Flyway does by default, V1__name.sql"},
    {"tern", "TERN_MIGRATIONS", folder_hint},
    {"tern", "TERN_CONFIG", "copy its [data] into tern.conf beside the folder"},
};

struct UnreadFile {
  std::string_view layout, name, key, hint;  // it matters where it has a line with the key
};
constexpr UnreadFile files[] = {
    {"sql-migrate", "dbconfig.yml", "table:", "say its ledger's name: quoin adopt sql-migrate --table NAME"},
};

void note(const Folder& folder, const Text& what, std::string_view hint) {
  Finding& finding = folder.left_out.emplace_back();
  finding.severity = Severity::note;
  finding.rule = "left-out";
  finding.message = concat(what, ", and quoin does not read that");
  finding.place.file = folder.path;
  finding.hint = hint;
}

bool has_line(const Text& file, std::string_view key) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) return false;
  const List lines = split(read_file(file), '\n');
  return std::ranges::any_of(lines, [&](const Text& line) { return trim(line).starts_with(key); });
}

}  // namespace

void note_unread_settings(const Folder& folder, const Row& row) {
  for (const UnreadVariable& one : variables)
    if (const Text name(one.name); row.name == one.layout && !folder.reading.environment(name).value_or("").empty())
      note(folder, concat(name, " is set for ", row.name), one.hint);
  for (const UnreadFile& one : files)
    if (const Text name(one.name); row.name == one.layout && has_line(name, one.key))
      note(folder, concat(name, " sets ", one.key.substr(0, one.key.size() - 1), " for ", row.name), one.hint);
}

}  // namespace quoin::migration_layouts
