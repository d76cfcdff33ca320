#include "parser/migrations/layouts.h"

#include <filesystem>

#include "core/base/files.h"
#include "parser/migrations/envsub.h"
#include "parser/migrations/marks.h"
#include "parser/migrations/unread_settings.h"

namespace quoin {
namespace migration_layouts {
namespace {

constexpr Row all_rows[] = {
    {.name = "sqitch",
     .others = "",
     .files = Layout::sqitch,
     .sign = sqitch_sign,
     .read = read_sqitch,
     .takes_new_files = false,
     .placeholders = Placeholders::psql,
     .settings = sqitch_variables},
    {.name = "liquibase",
     .others = "",
     .files = Layout::liquibase,
     .sign = liquibase_sign,
     .read = read_liquibase,
     .takes_new_files = false,
     .placeholders = Placeholders::braces},
    {.name = "graphile-migrate",
     .others = "",
     .files = Layout::plain,
     .sign = graphile_sign,
     .read = read_graphile,
     .takes_new_files = false,
     .placeholders = Placeholders::colon,
     .settings = graphile_placeholders},
    {.name = "drizzle", .others = "", .files = Layout::plain, .sign = drizzle_sign, .read = read_drizzle},
    {.name = "dbmate", .others = "", .files = Layout::dbmate, .evidence = "has a section -- migrate:up"},
    {.name = "goose", .others = "", .files = Layout::goose, .evidence = "has a section -- +goose Up"},
    {.name = "sql-migrate", .others = "", .files = Layout::sql_migrate, .evidence = "has a section -- +migrate Up"},
    {.name = "tern",
     .others = "",
     .files = Layout::tern,
     .evidence = "has the line ---- create above / drop below ----",
     .placeholders = Placeholders::mustache,
     .settings = tern_placeholders},
    {.name = "mybatis", .others = "", .files = Layout::mybatis, .evidence = "has a section -- //@UNDO"},
    {.name = "flyway",
     .others = "",
     .files = Layout::flyway,
     .evidence = "is named as Flyway wants it",
     .placeholders = Placeholders::braces,
     .settings = flyway_placeholders,
     .heed = heed_flyway},
    {.name = "refinery",
     .others = "",
     .files = Layout::refinery,
     .evidence = "begins with U or V, and the U have no V of their versions"},
    {.name = "golang-migrate", .others = "sqlx", .files = Layout::pair, .evidence = "has its direction in its name"},
    {.name = "diesel", .others = "prisma", .files = Layout::folder, .evidence = "lies in a folder of its own"},
    // The last row: a file without any mark is of this layout.
    {.name = "quoin",
     .others = "node-pg-migrate supabase yoyo atlas",
     .files = Layout::plain,
     .evidence = "begins with its version",
     .placeholders = Placeholders::braces},
};

/// Files of these layouts may lie in any tool's folder, since people who change to quoin go on in it.
bool is_neutral(Layout layout) { return layout == Layout::plain || layout == Layout::quoin; }

const Row& row_of(Layout layout) {
  for (const Row& row : all_rows)
    if (row.read == nullptr && row.files == layout) return row;
  return all_rows[std::size(all_rows) - 1];
}

Text names_of(const Row& row) {
  Text names(row.name);
  for (const Text& other : split(row.others, ' '))
    if (!other.empty()) names += concat(", ", other);
  return names;
}

Text evidence_of(const Migration& migration) { return concat(migration.file, " ", row_of(migration.layout).evidence); }

/// The first file whose layout is one tool's; null: none is. Throws where another file is of another layout.
const Migration* witness(const std::vector<Migration>& migrations, const Row* said) {
  const Migration* first = nullptr;
  for (const Migration& migration : migrations) {
    if (is_neutral(migration.layout)) continue;
    if (said != nullptr && migration.layout != said->files)
      throw Error(
          Code::input,
          concat(migration.file, " is none of ", said->name, ", as which the folder is read: ", evidence_of(migration)),
          {migration.file}, "move it out of the folder, or say another --layout");
    if (first == nullptr) first = &migration;
    if (migration.layout != first->layout)
      throw Error(
          Code::input,
          concat("two tools' files are in one folder: ", evidence_of(*first), ", as with ", row_of(first->layout).name,
                 "; ", evidence_of(migration), ", as with ", row_of(migration.layout).name),
          {migration.file}, "keep one tool's files in a folder, or write them alike");
  }
  return first;
}

/// Null: only its files tell.
const Row* found_row(const Text& folder, const FolderReading& reading, Text& why) {
  if (!reading.layout.empty()) {
    check_layout(reading.layout);
    const Row* said = named(reading.layout);
    why = "it was said so";
    if (said->sign == nullptr || !said->sign(folder).empty()) return said;
    throw Error(Code::input, concat("the folder ", folder, " is none of ", said->name), {folder},
                "leave --layout and layout: away, and quoin list -v says what it is");
  }
  for (const Row& row : all_rows) {
    if (row.sign == nullptr) continue;
    why = row.sign(folder);
    if (!why.empty()) return &row;
  }
  return nullptr;
}

/// Tools that mark what goes up fail at a file without a mark; one that has been meant as a down would go up.
void refuse_unmarked(std::vector<Migration>& migrations, const Row& row) {
  constexpr Layout marking[] = {Layout::dbmate, Layout::goose, Layout::sql_migrate};
  if (std::ranges::count(marking, row.files) == 0) return;
  const Text mark = migration_marks::spelling(row.files, migration_marks::Mark::up);
  for (Migration& migration : migrations) {
    if (migration.layout != Layout::plain || migration.down || trim(migration.up.text).empty()) continue;
    migration.obstacle = concat("nothing in it says what goes up, and ", row.name, " runs no such file");
    migration.way_round =
        concat("write `", mark, "` in a line above what goes up, or `-- Up Migration`, as quoin's own files have it");
  }
}

void fill_from_environment(std::vector<Migration>& migrations, const EnvsubValues& values) {
  for (Migration& migration : migrations) {
    if (migration.layout != Layout::goose) continue;
    migration.up.obstacle = fill_from_environment(migration.up, values);
    if (migration.down) migration.down->obstacle = fill_from_environment(*migration.down, values);
  }
}

void fill(std::vector<Migration>& migrations, const Row& row, const Variables& variables) {
  for (Migration& migration : migrations) {
    migration.placeholders = row.placeholders;
    if (!row.placeholders || variables.empty()) continue;
    migration.up.text = filled(migration.up.text, *row.placeholders, variables);
    if (migration.down) migration.down->text = filled(migration.down->text, *row.placeholders, variables);
  }
}

/// Versions are one where their numbers are, as a1 and a01: a ledger could not tell them apart.
void refuse_twice(const std::vector<Migration>& migrations) {
  std::vector<const Migration*> ordered;
  ordered.reserve(migrations.size());
  for (const Migration& migration : migrations) ordered.push_back(&migration);
  const auto earlier = [](const Migration* a, const Migration* b) {
    return compare_versions(a->version, b->version) < 0;
  };
  std::ranges::sort(ordered, earlier);
  const auto twice = std::ranges::adjacent_find(
      ordered, [](const Migration* a, const Migration* b) { return compare_versions(a->version, b->version) == 0; });
  if (twice == ordered.end()) return;
  throw Error(
      Code::input,
      concat((*twice)->version, " and ", twice[1]->version, " are one name, since numbers count by their value"),
      {twice[1]->file}, "give one of them another name");
}

/// The folders in which tools keep migrations by default, or that people commonly take.
constexpr std::string_view usual_folders[] = {"db/migrations",     "database/migrations",
                                              "prisma/migrations", "supabase/migrations",
                                              "sql/migrations",    "src/main/resources/db/migration",
                                              "db/migration",      "drizzle",
                                              "schema/migrations", "migrations"};

/// What to do where there is no such folder.
Text advice_without(const Text& path) {
  const Text usual = usual_migrations_folder({}, path);
  if (usual == ".") return "sqitch.plan is here: name its folder in quoin.yaml, as migrations: .";
  if (!usual.empty()) return concat(usual, " is there: name it in quoin.yaml, as migrations: ", usual);
  return "name the folder that holds the migrations, or begin a project with: quoin init";
}

}  // namespace

void Folder::leave_out(Severity severity, const Text& file, const Text& reason, const Text& hint) const {
  Finding& finding = left_out.emplace_back();
  finding.severity = severity;
  finding.rule = "left-out";
  finding.message = concat("left out: ", reason);
  finding.place.file = file;
  finding.hint = hint;
}

std::span<const Row> rows() { return all_rows; }

const Row* named(std::string_view name) {
  for (const Row& row : all_rows)
    if (row.name == lower(name)) return &row;
  for (const Row& row : all_rows)
    for (const Text& other : split(row.others, ' '))
      if (other == lower(name)) return &row;
  return nullptr;
}

}  // namespace migration_layouts

using namespace migration_layouts;

MigrationFolder read_migration_folder(const Text& path, Findings& left_out, const FolderReading& reading) {
  std::error_code failed;
  if (!std::filesystem::is_directory(path, failed)) {
    throw Error(Code::input, concat("there is no folder ", path), {path}, advice_without(path));
  }
  MigrationFolder read;
  Folder folder{path, reading, left_out};
  const Row* row = found_row(path, reading, read.why);
  const bool by_itself = row != nullptr && row->read != nullptr;
  read.migrations = by_itself ? row->read(folder) : read_by_names(folder, row);
  if (!by_itself) {
    const Migration* first = witness(read.migrations, row);
    if (row == nullptr && first != nullptr) read.why = evidence_of(*first);
    if (row == nullptr) row = &row_of(first != nullptr ? first->layout : Layout::plain);
    if (read.why.empty()) read.why = "no file says that it is of another";
  }
  if (by_itself) refuse_twice(read.migrations);
  refuse_unmarked(read.migrations, *row);
  note_unread_settings(folder, *row);
  read.layout = names_of(*row);
  read.goes_by_names = !by_itself;
  read.takes_new_files = row->takes_new_files;
  Variables variables = row->settings != nullptr ? row->settings(path) : Variables();
  for (const auto& [name, value] : folder.variables) variables[name] = value;
  for (const auto& [name, value] : reading.variables) variables[name] = value;
  folder.variables = variables;
  if (row->heed != nullptr) row->heed(folder, read.migrations);
  fill(read.migrations, *row, variables);
  fill_from_environment(read.migrations, {variables, reading.environment});
  return read;
}

std::vector<Migration> load_migrations(const Text& folder, Findings& left_out, const FolderReading& reading) {
  return read_migration_folder(folder, left_out, reading).migrations;
}

Text usual_migrations_folder(const Text& root, std::string_view but) {
  const std::filesystem::path from(root);
  std::error_code failed;
  for (const std::string_view usual : usual_folders)
    if (usual != but && std::filesystem::is_directory(from / usual, failed)) return Text(usual);
  return std::filesystem::exists(from / "sqitch.plan", failed) ? "." : "";
}

void check_layout(const Text& name) {
  if (named(name) != nullptr) return;
  const auto near = nearest(name, layout_names());
  throw Error(Code::usage, concat("there is no layout ", name), {},
              near ? concat("did you mean ", *near, "?") : concat("there are ", join(layout_names(), ", ")));
}

List layout_names() {
  List names;
  for (const Row& row : rows()) {
    names.emplace_back(row.name);
    for (const Text& other : split(row.others, ' '))
      if (!other.empty()) names.push_back(other);
  }
  return names;
}

}  // namespace quoin
