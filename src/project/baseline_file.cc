#include "project/baseline_file.h"

#include <algorithm>
#include <filesystem>

#include "core/base/comment.h"
#include "parser/migrations/text.h"

namespace quoin {
namespace {

namespace fs = std::filesystem;

/// Around what goes up. Files of other layouts go up whole.
struct Marks {
  Layout layout;
  std::string_view above, below;
};
// goose and sql-migrate cut at semicolons, those of functions too, where nothing says that it is one piece.
constexpr Marks all_marks[] = {
    {Layout::dbmate, "-- migrate:up\n", ""},
    {Layout::goose, "-- +goose Up\n-- +goose StatementBegin\n", "-- +goose StatementEnd\n"},
    {Layout::sql_migrate, "-- +migrate Up\n-- +migrate StatementBegin\n", "-- +migrate StatementEnd\n"}};

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
  const auto* marks = std::ranges::find(all_marks, layout, &Marks::layout);
  const bool has_marks = marks != std::end(all_marks);
  Text all = comment(comment_sign::sql, "Description", description);
  all += concat(has_marks ? marks->above : "\n", up, up.ends_with('\n') ? "" : "\n");
  return has_marks ? concat(all, marks->below) : all;
}

std::string_view without_marks(std::string_view statement) {
  statement = trim(statement);
  while (statement.starts_with("-- +")) {
    statement.remove_prefix(std::min(statement.find('\n'), statement.size()));
    statement = trim(statement);
  }
  return statement;
}

List files_of(const Migration& migration) {
  if (migration.layout == Layout::folder) return {fs::path(migration.file).parent_path().string()};
  List files{migration.file};
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
