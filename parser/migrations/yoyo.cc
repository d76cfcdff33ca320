// What yoyo's comments say of the order of migrations.
#include <filesystem>
#include <unordered_map>

#include "parser/migrations/layouts.h"
#include "parser/migrations/names.h"

namespace quoin::migration_layouts {
namespace {

using ByStem = std::unordered_map<Text, const Migration*>;

List needs_of(const Migration& migration) {
  constexpr std::string_view sign = "-- depends:";
  List needs;
  if (migration.layout != Layout::plain) return needs;
  for (const Text& line : split(migration.up.text.substr(0, migration.up.text.find(';')), '\n')) {
    const std::string_view said = trim(line);
    if (!said.starts_with(sign)) continue;
    for (const Text& need : split(said.substr(sign.size()), ' '))
      if (!trim(need).empty()) needs.emplace_back(trim(need));
  }
  return needs;
}

void refuse(const Migration& migration, const Text& need, const ByStem& by_stem) {
  const auto found = by_stem.find(need);
  if (found != by_stem.end() && found->second < &migration) return;
  if (found != by_stem.end())
    throw Error(Code::input, concat(migration.file, " depends on ", need, ", which comes after it by its version"),
                {migration.file}, "rename one of them, so that their versions are in the order in which they run");
  // A word without a version is prose.
  if (migration_names::parts_of(need).version.empty()) return;
  throw Error(Code::input, concat(migration.file, " depends on ", need, ", which the folder does not hold"),
              {migration.file}, "name a file of the folder without its ending, or take the name out");
}

}  // namespace

void refuse_needs_of_yoyo(const std::vector<Migration>& migrations) {
  ByStem by_stem;
  for (const Migration& migration : migrations)
    by_stem.emplace(std::filesystem::path(migration.file).stem().string(), &migration);
  for (const Migration& migration : migrations)
    for (const Text& need : needs_of(migration)) refuse(migration, need, by_stem);
}

}  // namespace quoin::migration_layouts
