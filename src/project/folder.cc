#include "project/folder.h"

#include <algorithm>
#include <filesystem>

#include "core/base/files.h"

namespace quoin {

bool is_begun_folder(const Text& folder) {
  std::error_code absent;
  if (!std::filesystem::is_directory(folder, absent)) return false;
  return std::ranges::all_of(std::filesystem::directory_iterator(folder), [](const auto& entry) {
    return entry.path().extension() == ".md" || entry.path().filename().string().starts_with('.');
  });
}

FolderReading reading_of(const Settings& settings, CodeSteps steps) {
  FolderReading reading;
  reading.code = steps;
  reading.layout = settings.layout_option.empty() ? settings.config.layout : settings.layout_option;
  for (const auto& [name, value] : settings.config.variables) reading.variables[name] = value;
  for (const Text& said : settings.variable_options) {
    const std::size_t sign = said.find('=');
    if (sign == Text::npos || sign == 0)
      throw Error(Code::usage, "--set takes a name and what it stands for", {}, "write it as --set NAME=VALUE");
    reading.variables[said.substr(0, sign)] = said.substr(sign + 1);
  }
  reading.contexts = settings.config.contexts;
  reading.label_filter = settings.config.label_filter;
  reading.environment = [variables = settings.variables](const Text& name) { return variables.value(name); };
  return reading;
}

void require_no_placeholders(const Text& sql, const Settings& settings) {
  for (const auto& [name, value] : reading_of(settings).variables)
    if (filled(sql, Placeholders::braces, {{name, value}}) != sql)
      throw Error(
          Code::refused,
          concat("the migration holds ${", name, "} as it is, and a run would put the value of ", name, " there"), {},
          "give the variable another name under vars:, or with --set");
}

std::vector<Migration> migrations_in(const Text& folder, const Settings& settings, CodeSteps steps) {
  Findings left_out;
  MigrationFolder read = read_migration_folder(folder, left_out, reading_of(settings, steps));
  detail(settings, concat("layout of ", folder, ": ", read.layout, "; ", read.why));
  for (const Finding& finding : left_out) note_once(settings, finding);
  return std::move(read.migrations);
}

void require_new_files_count(const Settings& settings) {
  const Text& folder = settings.config.migrations;
  std::error_code absent;
  if (!std::filesystem::is_directory(folder, absent) || is_begun_folder(folder)) return;
  Findings unheard;  // are told by who reads it for its migrations
  const MigrationFolder read = read_migration_folder(folder, unheard, reading_of(settings, CodeSteps::named));
  if (read.takes_new_files) return;
  throw Error(Code::refused,
              concat("the folder ", folder, " is of ", read.layout, ", and a file put into it would not count"),
              {folder},
              concat("write the SQL to standard output (quoin diff without --name), and add it as ", read.layout,
                     " wants it; or name another folder as migrations:"));
}

std::vector<Migration> project_migrations(const Settings& settings, CodeSteps steps) {
  const Text& folder = settings.config.migrations;
  if (is_begun_folder(folder)) return {};
  return migrations_in(folder, settings, steps);
}

}  // namespace quoin
