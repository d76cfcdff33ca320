#include "project/squashing.h"

#include <algorithm>
#include <filesystem>

#include "core/base/comment.h"
#include "core/base/files.h"
#include "core/sql/ast.h"
#include "core/sql/line_ends.h"
#include "diff/proof.h"
#include "parser/migrations/marks.h"
#include "parser/migrations/replacing.h"
#include "project/assumed.h"
#include "project/baseline_file.h"
#include "project/contents.h"
#include "project/folder.h"
#include "project/project.h"
#include "project/side.h"
#include "project/source.h"
#include "project/written_rows.h"

namespace quoin {
namespace {

using Files = std::vector<Migration>;

Error refused(const Text& what, const Text& where, const Text& hint) { return {Code::refused, what, {where}, hint}; }

/// A plan, change log or journal would not name the baseline.
void require_names_alone(const Settings& settings) {
  const Text& folder = settings.config.migrations;
  if (is_begun_folder(folder)) return;
  Findings unheard;  // are told by who reads it for its migrations
  const MigrationFolder read = read_migration_folder(folder, unheard, reading_of(settings));
  if (read.goes_by_names) return;
  throw refused(concat("the folder is of ", read.layout, ", where other files than the migrations say what runs, and a",
                       " baseline put into it would not count"),
                folder,
                "begin a new folder with one file of all that there is (quoin snapshot --format sql), and mark it "
                "on the databases that have it: quoin baseline VERSION");
}

void require_squashable(const Files& files) {
  for (const Migration& file : files)
    for (const Text& obstacle : {file.obstacle, file.up.obstacle})
      if (!obstacle.empty()) throw refused(obstacle, file.file, "settle that first");
}

/// True if words that follow each other would make, change or drop what is beside the databases, wherever they stand.
bool speaks_of_server(std::string_view body) {
  static constexpr std::string_view verbs[] = {"create", "alter", "drop"};
  static constexpr std::string_view nouns[] = {"role", "user", "group", "database", "tablespace"};
  Text spaced = lower(body);
  for (char& c : spaced)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = ' ';
  List words = split(spaced, ' ');
  std::erase(words, "");
  words.emplace_back();
  for (std::size_t i = 0; i + 2 < words.size(); ++i)
    if (std::ranges::count(verbs, words[i]) > 0 && std::ranges::count(nouns, words[i + 1]) > 0 &&
        words[i + 2] != "mapping")
      return true;
  return false;
}

/// Roles and the like are objects of the server and in no schema, so that a baseline would lack them.
bool is_beside_databases(ast::Node statement) {
  static constexpr std::string_view tags[] = {"CreateRoleStmt",       "AlterRoleStmt",        "AlterRoleSetStmt",
                                              "DropRoleStmt",         "GrantRoleStmt",        "AlterDatabaseStmt",
                                              "AlterDatabaseSetStmt", "CreateTableSpaceStmt", "AlterSystemStmt"};
  static constexpr std::string_view types[] = {"OBJECT_DATABASE", "OBJECT_ROLE", "OBJECT_TABLESPACE"};
  if (std::ranges::count(tags, statement.tag()) > 0) return true;
  for (const char* field : {"objtype", "renameType", "objectType"})
    if (std::ranges::count(types, statement[field].text()) > 0) return true;
  return statement.is("DoStmt") && std::ranges::any_of(statement["args"].items(), [](ast::Node option) {
           return option["defname"].text() == "as" && speaks_of_server(option["arg"].text());
         });
}

void require_in_database(const Files& files) {
  for (const Migration& file : files) {
    const ast::Tree tree = ast::Tree::parse(file.up.text);
    for (const ast::Statement& statement : tree.statements())
      if (is_beside_databases(statement.node))
        throw Error(Code::refused, "this is about roles, a database or a tablespace, which a baseline does not hold",
                    {place_of(file.up, statement.begin)},
                    "squash up to a version before it, or do it beside the migrations");
  }
}

/// The values of placeholders would be written into the baseline, for every reader and every environment.
void require_as_written(const Files& files) {
  for (const Migration& file : files)
    if (read_migration(file.file).up.text != file.up.text)
      throw refused("placeholders in it have got their values, and the baseline would have these", file.file,
                    "say it again without --set, vars: and what the tool's own settings fill in, or squash up to a "
                    "version before it");
}

Files chosen_from(const Files& all, const Text& to) {
  const auto statuses = runner::compare(all, {});
  const Migration* last = runner::named(statuses, to).file;
  Files chosen;
  for (const Migration& file : all) {
    if (file.repeats()) continue;
    chosen.push_back(file);
    if (file.version == last->version) break;
  }
  require_squashable(chosen);
  if (chosen.size() == 1 && chosen.front().up.directive("replaces") != nullptr)
    throw refused("this is a baseline already, and nothing comes after it that could be folded in", last->file,
                  "say a later version with --to");
  return chosen;
}

bool changes_rows(const ast::Statement& statement, std::string_view text) {
  static constexpr std::string_view tags[] = {"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"};
  if (std::ranges::count(tags, statement.node.tag()) > 0) return true;
  return statement.node.is("SelectStmt") && lower(text).find("setval") != Text::npos;
}

/// Fills the materialized views that were made before the rows, in the order in which they were made.
Text refreshing_sql(const Text& creation) {
  Text all;
  const ast::Tree tree = ast::Tree::parse(creation);
  for (const ast::Statement& statement : tree.statements()) {
    const ast::Node into = statement.node["into"];
    if (statement.node.is("CreateTableAsStmt") && !into["skipData"].flag())
      all += concat("REFRESH MATERIALIZED VIEW ", quote_ident(into["rel"]["schemaname"].text()), ".",
                    quote_ident(into["rel"]["relname"].text()), ";\n");
  }
  return all;
}

/// The statements that write rows, in the order in which they run.
Text rows_sql(const Files& files) {
  Text all;
  for (const Migration& file : files) {
    const ast::Tree tree = ast::Tree::parse(file.up.text);
    for (const ast::Statement& statement : tree.statements()) {
      const Text sql = ast::without_carriage_returns(
          std::string_view(file.up.text).substr(statement.begin, statement.end - statement.begin));
      const std::string_view bare = migration_marks::without_statement_marks(sql);
      if (changes_rows(statement, sql)) all += concat(bare, bare.ends_with(';') ? "\n" : ";\n");
    }
  }
  return all;
}

void run_up(postgres::Connection& connection, const Migration& file, Roles roles) {
  making_roles(connection, roles, [&] {
    runner::run_section(connection, file.up, runner::wrapping_of(file.up));
    connection.execute("DISCARD ALL");
  });
}

/// What the server has after migrations.
struct Built {
  Schema schema;
  Contents contents;
  Text rows;  // SQL that brings them into the schema; empty where nobody asks for it
};

/// Calls `body` with a connection to a database in which the files have run.
template <class Body>
void in_database_of(Shadow& shadow, const Files& files, const Settings& settings, Body body) {
  const Shadow::Database database = scratch_database(shadow, settings);
  postgres::Connection connection = database.connect();
  for (const Migration& file : files) run_up(connection, file, roles_of(shadow));
  body(connection);
}

/// What is to be known of rows.
struct Asked {
  SquashedRows rows;
  List varying;  // columns in which no two runs agree
};

Built built_in(postgres::Connection& connection, const Asked& asked, Ids& ids, const Settings& settings) {
  Schema schema = read_live(connection, ids, settings);
  Contents contents = contents_of(connection, asked.varying);
  return {std::move(schema), std::move(contents), asked.rows == SquashedRows::kept ? rows_as_sql(connection) : Text()};
}

void require_whole(const Schema& schema) {
  const auto whole = makeable(schema);
  List beyond = whole.hanging;
  schema.each([&](const Object& object) {
    if (object.id->kind->has(opaque)) beyond.push_back(path(object.id));
  });
  if (beyond.empty() && !whole.part) return;
  throw refused(concat("the baseline would lack what quoin does not write: ", first_of(beyond, 5)), {},
                "squash up to a version before these were made");
}

void require_same_schema(const Built& wanted, const Built& found, const Text& file) {
  const Text unlike = describe_differences(found.schema, wanted.schema, same_in_form(found.schema, wanted.schema));
  if (!unlike.empty()) throw refused("the baseline does not lead where the migrations do", file, unlike);
  List beyond = differences(wanted.contents.beside, found.contents.beside);
  if (wanted.contents.beside.contains("large objects")) beyond = {"large objects"};
  if (!beyond.empty())
    throw refused(concat("the migrations make what a baseline does not hold: ", first_of(beyond, 5)), file,
                  "squash up to a version before that, or do it beside the migrations");
}

/// What a baseline of these stands for: an earlier baseline for what it replaced, and for itself.
std::vector<ReplacedVersion> replaced_with(const Files& files) {
  std::vector<ReplacedVersion> all;
  for (const Migration& file : files) {
    const std::vector<ReplacedVersion> earlier = replaced_by(file);
    all.insert(all.end(), earlier.begin(), earlier.end());
    all.push_back({file.version, file.checksum, !earlier.empty()});
  }
  return all;
}

/// Files that an earlier baseline replaced lie in the folder too, where they were not removed.
List files_replaced(const std::vector<ReplacedVersion>& replaced, const Files& chosen, const Text& folder) {
  List files;
  const auto add = [&](const Migration& file) {
    for (const Text& one : files_of(file))
      if (std::ranges::count(files, one) == 0) files.push_back(one);
  };
  for (const Text& name : names_in(folder)) {
    const std::filesystem::path path = std::filesystem::path(folder) / name;
    if (path.extension() != ".sql") continue;
    try {
      const Migration file = read_migration(path.string());
      const auto is_it = [&](const ReplacedVersion& one) {
        return one.checksum == file.checksum && compare_versions(one.version, file.version) == 0;
      };
      if (std::ranges::any_of(replaced, is_it)) add(file);
    } catch (const Error&) {
      continue;  // what cannot be read is no migration that a baseline has read
    }
  }
  for (const Migration& file : chosen) add(file);
  return files;
}

Text up_of(const Text& creation, const Text& rows) {
  return rows.empty() ? creation : concat(creation, "\n", rows, refreshing_sql(creation));
}

Text text_of(const Files& files, const BaselineForm& form, const Squash& squash, const Text& up) {
  const std::vector<ReplacedVersion> replaced = replaced_with(files);
  Text head;
  for (const ReplacedVersion& one : replaced)
    head += directive_line(concat("replaces ", one.version, " ", one.checksum, one.is_baseline ? " baseline" : ""));
  const Text written = head + baseline_text(form.layout,
                                            concat("stands for ", counted(migrations_in(replaced), "migration"),
                                                   ", up to ", files.back().label()),
                                            up);
  return directive_line(concat("proven ", proven_checksum(read_migration(squash.file, written).up))) + written;
}

/// Writes baselines and tries them.
struct Trial {
  const Files& files;
  const BaselineForm& form;
  const Built& wanted;
  const Asked& asked;
  Shadow& shadow;
  const Settings& settings;

  /// What the baseline with these rows leads to. Throws Error(Code::refused) where it is another schema.
  Built of(Squash& squash, const Text& rows) const {
    squash.text = text_of(files, form, squash, up_of(creation_sql(wanted.schema), rows));
    require_no_placeholders(squash.text, settings);
    const Migration alone = read_migration(squash.file, squash.text);
    if (trim(alone.up.text).empty())
      throw refused("the migrations come to nothing, and a baseline without a statement is none", squash.file,
                    "squash up to a later version, or remove the files where no database has run them");
    std::optional<Built> found;
    in_database_of(shadow, {alone}, settings, [&](postgres::Connection& connection) {
      found.emplace(built_in(connection, asked, wanted.schema.ids(), settings));
    });
    require_same_schema(wanted, *found, squash.file);
    return std::move(*found);
  }
};

/// Keeps the statements that write rows, which say more than their rows do. Returns why they cannot be kept; empty: the
/// baseline is proven.
Text try_statements(const Trial& trial, Squash& squash) {
  const Text statements = rows_sql(trial.files);
  List names;
  try {
    for (const Text& positions : {Text(), positions_as_sql(trial.wanted.contents.sequences)}) {
      names = differences(trial.wanted.contents.rows, trial.of(squash, statements + positions).contents.rows);
      const auto is_sequence = [](const Text& name) { return name.starts_with("sequence "); };
      if (names.empty() || !std::ranges::all_of(names, is_sequence)) break;
    }
  } catch (const Error& error) {
    if (error.sqlstate.empty()) throw;
    return error.what();
  }
  squash.uncompared = trial.asked.varying;
  return names.empty() ? Text() : concat("they bring others, in ", first_of(names, 5));
}

constexpr const char* how_without_rows =
    "neither the statements that write rows nor the rows as they are can be kept; --without-rows leaves all rows out,"
    " and a migration after the baseline can bring them";

void try_rows(const Trial& trial, Squash& squash) {
  squash.uncompared.clear();
  const Text rows = concat(comment(comment_sign::sql, "rows", "as the migrations leave them"), trial.wanted.rows,
                           positions_as_sql(trial.wanted.contents.sequences));
  try {
    const Built found = trial.of(squash, rows);
    List names = differences(trial.wanted.contents.rows, found.contents.rows);
    if (names.empty() && found.rows == trial.wanted.rows) return;
    if (names.empty()) names = trial.asked.varying;
    throw refused(concat("after the baseline other rows are there than after the migrations, in ", first_of(names, 5)),
                  squash.file, how_without_rows);
  } catch (const Error& error) {
    if (error.sqlstate.empty()) throw;
    throw refused(concat("the rows cannot be put in again as they are: ", error.what()), squash.file, how_without_rows);
  }
}

/// What was left out of the file for its secrecy is to be set by hand.
void tell_secrets(const Squash& squash, const Settings& settings) {
  for (const Text& line : split(squash.text, '\n'))
    if (const auto told = text_of_warning("secret", line)) remark(settings, *told);
}

}  // namespace

Squash squash(const SquashRequest& request, const Settings& settings) {
  require_names_alone(settings);
  const Files all = project_migrations(settings);
  const Files files = chosen_from(all, request.to);
  require_in_database(files);
  require_as_written(files);
  const BaselineForm form = baseline_form(all, files.back());
  std::optional<Shadow> shadow =
      open_shadow(request.shadow.empty() ? settings.config.shadow : request.shadow, std::nullopt, settings);
  if (!shadow)
    throw refused("a baseline is written only where it can be proven, and there is no throw-away server", {},
                  "install PostgreSQL's server programs, or name a server with --shadow URL");
  const Progress progress(settings, concat("squashing ", counted(files.size(), "file")));
  Ids ids;
  // Columns that differ between two runs depend on the time or on chance.
  Digests once;
  Asked asked{request.rows, {}};
  if (asked.rows == SquashedRows::kept)
    in_database_of(*shadow, files, settings, [&](postgres::Connection& connection) { once = columns_of(connection); });
  std::optional<Built> built;
  in_database_of(*shadow, files, settings, [&](postgres::Connection& connection) {
    if (asked.rows == SquashedRows::kept) asked.varying = differences(once, columns_of(connection));
    built.emplace(built_in(connection, asked, ids, settings));
  });
  const Built& wanted = *built;
  require_whole(wanted.schema);
  Squash squash;
  squash.file = baseline_path(form, migration_slug(request.name));
  const std::vector<ReplacedVersion> replaced = replaced_with(files);
  squash.replaced = files_replaced(replaced, files, settings.config.migrations);
  squash.migrations = migrations_in(replaced);
  if (std::ranges::count(squash.replaced, squash.file) > 0)
    throw refused("the baseline would have the name of a file that it replaces", squash.file,
                  "give it another: --name NAME");
  const Trial trial{files, form, wanted, asked, *shadow, settings};
  if (request.rows == SquashedRows::left_out)
    trial.of(squash, {});
  else if (squash.why_rows = try_statements(trial, squash); !squash.why_rows.empty())
    try_rows(trial, squash);
  tell_secrets(squash, settings);
  return squash;
}

void write_baseline(const Squash& squash, const Settings& settings) {
  const std::filesystem::path path = squash.file;
  const bool has_made = std::filesystem::create_directories(path.parent_path());
  write_new_file(squash.file, squash.text);
  const Text why = unlike_when_read(squash.file, read_migration(squash.file, squash.text).up, settings);
  if (why.empty()) return;
  std::filesystem::remove(path);
  if (has_made) std::filesystem::remove(path.parent_path());
  throw refused(concat("the baseline is not read back as it was proven: ", why), squash.file,
                "nothing was left in the folder; settle that, or squash up to a version before it");
}

void remove_replaced(const Squash& squash) {
  std::error_code is_in_use;
  for (const Text& file : squash.replaced) std::filesystem::remove(file);
  for (const Text& file : squash.replaced)  // a migration's own folder, where nothing else lies in it
    std::filesystem::remove(std::filesystem::path(file).parent_path(), is_in_use);
}

}  // namespace quoin
