#include "parser/migrations/unread_settings.h"

#include <algorithm>
#include <filesystem>

#include "core/base/files.h"

namespace quoin::migration_layouts {
namespace {

constexpr std::string_view folder_hint = "where its folder is not the one that is read here: migrations: in quoin.yaml";

/// What the value of a setting is, and so where it agrees with what quoin does.
enum class Meaning { folder, file, value };
struct Agreed {
  Meaning meaning = Meaning::value;
  std::string_view with = {};  // the value, or the file seen from the folder of migrations
};

struct UnreadVariable {
  std::string_view layout, name, hint;
  Agreed agreed = {};
};
constexpr UnreadVariable variables[] = {
    {"dbmate", "DBMATE_MIGRATIONS_DIR", folder_hint, {Meaning::folder}},
    {"dbmate",
     "DBMATE_MIGRATIONS_TABLE",
     "say its ledger's name: quoin adopt dbmate --table NAME",
     {Meaning::value, "schema_migrations"}},
    {"goose", "GOOSE_MIGRATION_DIR", folder_hint, {Meaning::folder}},
    {"goose",
     "GOOSE_TABLE",
     "say its ledger's name: quoin adopt goose --table NAME",
     {Meaning::value, "goose_db_version"}},
    {"flyway", "FLYWAY_LOCATIONS", folder_hint, {Meaning::folder}},
    {"flyway",
     "FLYWAY_TABLE",
     "say its ledger's name: quoin adopt flyway --table NAME",
     {Meaning::value, "flyway_schema_history"}},
    {"flyway", "FLYWAY_DEFAULT_SCHEMA", "say it as defaultSchema in flyway.toml or flyway.conf"},
    {"flyway", "FLYWAY_SCHEMAS", "say it as schemas in flyway.toml or flyway.conf"},
    {"flyway", "FLYWAY_TARGET", "say how far to run: quoin migrate --to VERSION", {Meaning::value, "latest"}},
    {"flyway", "FLYWAY_INIT_SQL", "write its SQL into a migration, or as a hook before_each"},
    {"flyway",
     "FLYWAY_PLACEHOLDER_REPLACEMENT",
     "say it as placeholderReplacement in flyway.toml or flyway.conf",
     {Meaning::value, "true"}},
    {"flyway", "FLYWAY_CONFIG_FILES", "copy what it sets into flyway.toml beside the folder"},
    {"flyway",
     "FLYWAY_SQL_MIGRATION_PREFIX",
     "name the files as Flyway does by default, V1__name.sql",
     {Meaning::value, "V"}},
    {"tern", "TERN_MIGRATIONS", folder_hint, {Meaning::folder}},
    {"tern", "TERN_CONFIG", "copy its [data] into tern.conf beside the folder", {Meaning::file, "tern.conf"}},
};

struct UnreadFile {
  std::string_view layout, name, key, hint;  // it matters where it has a line with the key
  Agreed agreed = {};
};
constexpr UnreadFile files[] = {
    {"sql-migrate",
     "dbconfig.yml",
     "table:",
     "say its ledger's name: quoin adopt sql-migrate --table NAME",
     {Meaning::value, "gorp_migrations"}},
};

bool are_one(const std::filesystem::path& one, const std::filesystem::path& other) {
  std::error_code absent;
  return std::filesystem::equivalent(one, other, absent);
}

/// True where the setting says what quoin does by itself.
bool agrees(std::string_view value, const Agreed& agreed, const Text& folder) {
  constexpr std::string_view in_files = "filesystem:", in_public = "public.";  // as Flyway spells a folder
  if (agreed.meaning == Meaning::folder)
    return are_one(value.substr(value.starts_with(in_files) ? in_files.size() : 0), folder);
  if (agreed.meaning == Meaning::file)
    return are_one(value, std::filesystem::path(folder) / agreed.with) ||
           are_one(value, std::filesystem::path(folder) / ".." / agreed.with);
  return !agreed.with.empty() && value.substr(value.starts_with(in_public) ? in_public.size() : 0) == agreed.with;
}

void note(const Folder& folder, const Text& what, std::string_view hint) {
  Finding& finding = folder.left_out.emplace_back();
  finding.severity = Severity::note;
  finding.rule = "left-out";
  finding.message = concat(what, ", and quoin does not read that");
  finding.place.file = folder.path;
  finding.hint = hint;
}

/// The values of a key of YAML, in whatever map it stands.
List values_in(const Text& file, std::string_view key) {
  std::error_code failed;
  List values;
  if (!std::filesystem::is_regular_file(file, failed)) return values;
  for (const Text& line : split(read_file(file), '\n')) {
    if (!trim(line).starts_with(key)) continue;
    std::string_view value = trim(trim(line).substr(key.size()));
    value = trim(value.substr(0, value.find(" #")));
    const bool is_quoted = value.size() > 1 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0];
    values.emplace_back(is_quoted ? value.substr(1, value.size() - 2) : value);
  }
  return values;
}

}  // namespace

void note_unread_settings(const Folder& folder, const Row& row) {
  for (const UnreadVariable& one : variables) {
    if (row.name != one.layout) continue;
    const Text name(one.name), value = folder.reading.environment(name).value_or("");
    if (!value.empty() && !agrees(value, one.agreed, folder.path))
      note(folder, concat(name, " is set for ", row.name), one.hint);
  }
  for (const UnreadFile& one : files) {
    if (row.name != one.layout) continue;
    const Text name(one.name);
    const List values = values_in(name, one.key);
    if (!std::ranges::all_of(values, [&](const Text& value) { return agrees(value, one.agreed, folder.path); }))
      note(folder, concat(name, " sets ", one.key.substr(0, one.key.size() - 1), " for ", row.name), one.hint);
  }
}

}  // namespace quoin::migration_layouts
