// What Flyway's own settings say of a folder's migrations.
#include <algorithm>
#include <filesystem>

#include "parser/migrations/layouts.h"
#include "parser/migrations/placeholder_signs.h"

namespace quoin::migration_layouts {
namespace {

namespace fs = std::filesystem;

Text bare(std::string_view value) {
  value = trim(value);
  const bool quoted =
      value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
  return Text(quoted ? value.substr(1, value.size() - 2) : value);
}

/// One value, or several with commas between, or an array of TOML.
List values_of(std::string_view said) {
  said = trim(said);
  if (said.starts_with('[') && said.ends_with(']')) said = said.substr(1, said.size() - 2);
  List values;
  for (const Text& one : split(said, ','))
    if (Text value = bare(one); !value.empty()) values.push_back(std::move(value));
  return values;
}

/// A setting that quoin does not heed. An error: with another value than Flyway's default other SQL would run.
struct Unheeded {
  std::string_view name, usual, other_usual;
  Severity severity = Severity::error;
};
constexpr Unheeded unheeded[] = {
    {"sqlMigrationPrefix", "V", ""},
    {"sqlMigrationSeparator", "__", ""},
    {"sqlMigrationSuffixes", ".sql", ""},
    {"repeatableSqlMigrationPrefix", "R", ""},
    {"undoSqlMigrationPrefix", "U", ""},
    {"baselineMigrationPrefix", "B", ""},
    {"target", "latest", ""},
    {"cherryPick", "", ""},
    {"initSql", "", ""},
    {"encoding", "utf-8", "utf8"},
    {"callbackLocations", "", "", Severity::warning},
    {"callbacks", "", "", Severity::warning},
    {"baselineVersion", "1", "", Severity::warning},
    {"outOfOrder", "false", "", Severity::warning},
    {"mixed", "false", "", Severity::warning},
    {"group", "false", "", Severity::warning},
    {"skipExecutingMigrations", "false", "", Severity::warning},
};

class Settings {
 public:
  Settings(Folder& folder, const Text& file) : folder_(folder), file_(file), all_(settings_of_file(file)) {
    const Text environment = value("environment");
    of_environment_ = environment.empty() ? Text("environments.default.") : concat("environments.", environment, ".");
  }

  void heed(std::vector<Migration>& migrations) {
    for (const Unheeded& one : unheeded) refuse(one);
    refuse_locations();
    if (lower(value("executeInTransaction")) == "false")
      each_section(migrations, [&](Section& section) {
        section.directives.push_back({"no-transaction", "", {file_}});
      });
    fill(migrations);
    set_schema(migrations);
  }

 private:
  Folder& folder_;
  const Text& file_;
  const Text name_ = fs::path(file_).filename().string();
  const Variables all_;
  Text of_environment_;

  Text value(std::string_view name) const {
    for (const Text& key : {of_environment_ + Text(name), concat("flyway.", name)})
      if (const auto found = all_.find(key); found != all_.end()) return found->second;
    return {};
  }

  template <class Body>
  static void each_section(std::vector<Migration>& migrations, Body body) {
    for (Migration& migration : migrations) {
      body(migration.up);
      if (migration.down) body(*migration.down);
    }
  }

  /// A command that only looks at the folder goes on.
  void tell(Severity severity, const Text& message, const Text& hint) const {
    if (severity == Severity::error && folder_.reading.code == CodeSteps::refused)
      throw Error(Code::input, message, {file_}, hint);
    folder_.leave_out(Severity::warning, file_, message, hint);
  }

  void refuse(const Unheeded& one) const {
    const Text said = join(values_of(value(one.name)), ",");
    if (said.empty() || lower(said) == lower(one.usual) || lower(said) == one.other_usual) return;
    const bool is_error = one.severity == Severity::error;
    tell(one.severity,
         concat(name_, " says ", one.name, " = ", said, ", which quoin does not heed",
                is_error ? ", so Flyway would run other SQL than quoin" : ""),
         is_error ? "do without it, so that the folder's files alone tell what runs, and take it out of that file"
                  : "take it out of that file, where it says nothing that matters");
  }

  /// Where a location leads, from the settings' folder or from where people stand.
  static bool leads_to(const fs::path& from, const Text& location, const fs::path& folder) {
    std::error_code failed;
    const fs::path path = fs::weakly_canonical(from / location, failed);
    const fs::path below = path.lexically_relative(folder);
    return path == folder || (!below.empty() && *below.begin() != "..");
  }

  void refuse_locations() const {
    std::error_code failed;
    const fs::path folder = fs::weakly_canonical(folder_.path, failed);
    const List locations = values_of(value("locations"));
    if (locations.size() < 2) return;
    for (const Text& location : locations) {
      const Text path = location.substr(location.find(':') == Text::npos ? 0 : location.find(':') + 1);
      if (leads_to(fs::path(file_).parent_path(), path, folder) || leads_to(fs::current_path(failed), path, folder))
        continue;
      return tell(Severity::error,
                  concat(name_, " names several locations (", join(locations, ", "), "), and quoin reads one folder, ",
                         folder_.path, ", so a step would be missing"),
                  "move the migrations below one folder, and name that one in both");
    }
  }

  /// Further on they would be taken for a placeholder.
  void refuse_braces(const Section& section) const {
    const std::size_t at = section.text.find("${");
    if (at == Text::npos || folder_.reading.code == CodeSteps::named) return;
    throw Error(Code::input,
                concat("the SQL has ${, which quoin takes for a placeholder, and ", name_, " says it is none"),
                place_of(section, at), "write the two signs apart there, as '$' || '{'");
  }

  void fill(std::vector<Migration>& migrations) const {
    const bool fills = lower(value("placeholderReplacement")) != "false";
    Text open = value("placeholderPrefix"), close = value("placeholderSuffix");
    if (open.empty()) open = "${";
    if (close.empty()) close = "}";
    const PlaceholderSigns signs{open, close};
    if (fills && signs.open == "${" && signs.close == "}") return;
    each_section(migrations, [&](Section& section) {
      refuse_braces(section);
      if (!fills) return;
      section.text = filled(section.text, signs, folder_.variables);
      const std::size_t begin = section.text.find(signs.open);
      const std::size_t end = begin == Text::npos ? begin : section.text.find(signs.close, begin + signs.open.size());
      if (end == Text::npos) return;
      section.obstacle = concat(section.text.substr(begin, end + signs.close.size() - begin),
                                " stands for a value, and none is given");
    });
  }

  /// Flyway puts it in front of what the search_path was, and makes the schemas that are not there.
  void set_schema(std::vector<Migration>& migrations) const {
    List schemas = values_of(value("schemas"));
    Text first = bare(value("defaultSchema"));
    if (first.empty() && !schemas.empty()) first = schemas[0];
    if (!first.empty() && std::ranges::count(schemas, first) == 0) schemas.push_back(first);
    for (const Text& schema : schemas)
      if (schema.find('$') != Text::npos)
        return tell(Severity::error,
                    concat(name_, " names the schema ", schema, ", whose value Flyway takes from its environment"),
                    "write the schema's own name there");
    if (migrations.empty() || first.empty()) return;
    Text made;
    for (const Text& schema : schemas)
      if (schema != "public" && lower(value("createSchemas")) != "false")
        made += concat("CREATE SCHEMA IF NOT EXISTS ", quote_ident(schema), "; ");
    const Text path =
        first == "public" ? Text() : concat("SET search_path = ", quote_ident(first), ", \"$user\", public;");
    const Section* begins = &migrations[0].up;
    each_section(migrations,
                 [&](Section& section) { put_above(section, (&section == begins ? made : Text()) + path); });
  }

  /// On a line of its own, so that all others keep their places.
  static void put_above(Section& section, const Text& sql) {
    if (sql.empty() || trim(section.text).empty()) return;
    section.text = concat(sql, "\n", section.text);
    --section.line;
  }
};

}  // namespace

void heed_flyway(Folder& folder, std::vector<Migration>& migrations) {
  const Text file = flyway_settings_file(folder.path);
  if (!file.empty()) Settings(folder, file).heed(migrations);
}

}  // namespace quoin::migration_layouts
