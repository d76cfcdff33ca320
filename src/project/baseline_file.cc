#include "project/baseline_file.h"

#include <algorithm>
#include <filesystem>

#include "core/base/comment.h"
#include "parser/migrations/marks.h"
#include "parser/migrations/refusals.h"
#include "parser/migrations/text.h"
#include "project/folder.h"

namespace quoin {
namespace {

namespace fs = std::filesystem;

bool is_own(Layout layout) { return layout == Layout::quoin || layout == Layout::plain; }

void add_if_there(List& files, const Text& file) {
  std::error_code absent;
  if (fs::exists(file, absent) && std::ranges::count(files, file) == 0) files.push_back(file);
}

}  // namespace

BaselineForm baseline_form(const std::vector<Migration>& folder, const Migration& last) {
  const auto of_tool = std::ranges::find_if_not(folder, is_own, &Migration::layout);
  const Layout layout = !is_own(last.layout) ? last.layout : of_tool == folder.end() ? Layout::quoin : of_tool->layout;
  return {layout, last.file, last.version};
}

Text baseline_path(const BaselineForm& form, const Text& name) {
  const fs::path last = form.last;
  const Text label = concat(form.version, "_", name);
  switch (form.layout) {
    case Layout::flyway:
      return (last.parent_path() / concat("V", form.version, "__", name, ".sql")).string();
    case Layout::refinery: {
      // A V of the same version would make of refinery's U what undoes it.
      const Text prefix = last.filename().string().starts_with('U') ? "U" : "V";
      return (last.parent_path() / concat(prefix, form.version, "__", name, ".sql")).string();
    }
    case Layout::pair:
      return (last.parent_path() / concat(label, ".up.sql")).string();
    case Layout::folder:
      return read_migration(form.last).layout == Layout::folder
                 ? (last.parent_path().parent_path() / label / last.filename()).string()
                 : (last.parent_path() / label / "up.sql").string();
    default:
      return (last.parent_path() / concat(label, ".sql")).string();
  }
}

Text baseline_text(Layout layout, const Text& description, const Text& up) {
  if (is_own(layout)) {
    MigrationText text;
    text.description = description;
    text.up = up;
    return to_text(text);
  }
  return concat(comment(comment_sign::sql, "Description", description), migration_marks::marked_up(layout, up));
}

Text unlike_when_read(const Text& file, const Section& proven, const Settings& settings) {
  try {
    const std::vector<Migration> all = migrations_in(settings.config.migrations, settings);
    const auto read = std::ranges::find(all, file, &Migration::file);
    if (read == all.end()) return "the folder's reader does not take it for a migration";
    const Findings refused = refusals(*read);
    const auto error = std::ranges::find(refused, Severity::error, &Finding::severity);
    if (error != refused.end()) return error->message;
    const bool is_same = !read->down && read->up.text == proven.text;
    return is_same ? Text() : "placeholders or settings of the folder make other SQL of it";
  } catch (const Error& error) { return error.what(); }
}

List files_of(const Migration& migration) {
  List files;
  // What goes up last: where a removal is cut short, the rest is known by that.
  if (migration.layout == Layout::folder)
    for (const char* name : {"down.sql", "metadata.toml"})
      add_if_there(files, (fs::path(migration.file).parent_path() / name).string());
  files.push_back(migration.file);
  if (migration.layout == Layout::pair) {
    constexpr std::string_view up = ".up.sql";
    add_if_there(files, concat(migration.file.substr(0, migration.file.size() - up.size()), ".down.sql"));
  }
  if (migration.down) add_if_there(files, migration.down->file);
  const List sections = files;
  for (const Text& file : sections) add_if_there(files, file + ".conf");
  return files;
}

}  // namespace quoin
