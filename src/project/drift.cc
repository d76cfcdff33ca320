#include "project/drift.h"

#include <filesystem>

#include "project/project.h"

namespace quoin {
namespace {
bool stands_alone(Id id) { return id->parent && !id->parent->parent; }

std::vector<Id> dropped_for_good(const Steps& steps) {
  std::unordered_set<Id> made;
  for (const Step& step : steps) made.insert(step.makes.begin(), step.makes.end());
  std::vector<Id> dropped;
  for (const Step& step : steps)
    for (const Id id : step.drops)
      if (stands_alone(id) && !made.contains(id)) dropped.push_back(id);
  std::ranges::sort(dropped);
  return dropped;
}

bool has_migrations(const Settings& settings) {
  std::error_code absent;
  return std::filesystem::is_directory(settings.config.migrations, absent) && !project_migrations(settings).empty();
}
}  // namespace

List drift_notes(const Routes& routes, const SchemaSource& from, const Settings& settings) {
  const std::vector<Id> dropped = dropped_for_good(routes.up.steps);
  if (from.form != SourceForm::database || dropped.empty() || !has_migrations(settings)) return {};
  List unknown;
  Text as_far;
  try {
    const Schema made = read_source({SourceForm::migrations, settings.config.migrations}, *routes.ids, settings);
    for (const Id id : dropped)
      if (!made.find(id)) unknown.push_back(path(id));
    if (!made.notes.empty()) as_far = ", as far as they can be read without a server";
  } catch (const Error& error) {
    return {
        concat("whether the migrations make what is dropped is not known, since they cannot be read: ", error.what())};
  }
  if (unknown.empty()) return {};
  return {
      concat("drift: the database has ", join(unknown, ", "), ", which no migration makes", as_far,
             "; this one drops it, and fails where the migrations alone have made the database. To keep it, add it to ",
             settings.config.schemas, "; to lose it, drop it in that database by hand")};
}

}  // namespace quoin
