#include "project/squashing.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/base/comment.h"
#include "core/base/files.h"
#include "core/sql/ast.h"
#include "diff/proof.h"
#include "parser/migrations/text.h"
#include "project/assumed.h"
#include "project/folder.h"
#include "project/project.h"
#include "project/side.h"
#include "project/source.h"

namespace quoin {
namespace {

using Files = std::vector<Migration>;

Error refused(const Text& what, const Text& where, const Text& hint) { return {Code::refused, what, {where}, hint}; }

/// What one file in quoin's own format can stand for.
void require_squashable(const Files& files) {
  for (const Migration& file : files) {
    if (file.layout != Layout::quoin && file.layout != Layout::plain)
      throw refused("a baseline is a file of quoin's own layout, and this one is of another tool's", file.file,
                    "begin the baseline with that tool, as it has its own way for it");
    if (file.up.directive("replaces") != nullptr)
      throw refused("this is a baseline already, and one of two baselines is not written yet", file.file,
                    "leave it as it is; what comes after it goes on as it does");
    if (!file.obstacle.empty()) throw refused(file.obstacle, file.file, "settle that first");
  }
}

/// What stands beside the databases of a server is in no schema, so that a baseline would come without it.
bool is_beside_databases(ast::Node statement) {
  static constexpr std::string_view tags[] = {"CreateRoleStmt",       "AlterRoleStmt",        "AlterRoleSetStmt",
                                              "DropRoleStmt",         "GrantRoleStmt",        "AlterDatabaseStmt",
                                              "AlterDatabaseSetStmt", "CreateTableSpaceStmt", "AlterSystemStmt"};
  static constexpr std::string_view types[] = {"OBJECT_DATABASE", "OBJECT_ROLE", "OBJECT_TABLESPACE"};
  if (std::ranges::count(tags, statement.tag()) > 0) return true;
  return std::ranges::count(types, statement["objtype"].text()) > 0;
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

/// Values that placeholders stood for would be written for everybody to read, and for every environment.
void require_as_written(const Files& files, const Settings& settings) {
  if (settings.config.variables.empty() && settings.variable_options.empty()) return;
  for (const Migration& file : files)
    if (read_file(file.file).find(file.up.text) == Text::npos)
      throw refused("placeholders in it have got their values, and the baseline would have these", file.file,
                    "say it again without --set and vars:, or squash up to a version before it");
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
      const Text sql = file.up.text.substr(statement.begin, statement.end - statement.begin);
      if (changes_rows(statement, sql)) all += concat(trim(sql), trim(sql).ends_with(';') ? "\n" : ";\n");
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

/// Columns that a default fills with the time or by chance are another in each run.
constexpr const char* tables_sql =
    "SELECT c.oid::pg_catalog.regclass::pg_catalog.text, (SELECT "
    "pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', '"
    " ORDER BY a.attnum) FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d"
    " ON d.adrelid OPERATOR(pg_catalog.=) a.attrelid AND d.adnum OPERATOR(pg_catalog.=) a.attnum"
    " WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped"
    " AND NOT coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid) OPERATOR(pg_catalog.~*)"
    " '(now\\(|current_|localtime|timestamp\\(|uuid|random)', false))"
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
    " WHERE (c.relkind OPERATOR(pg_catalog.=) 'r' OR c.relkind OPERATOR(pg_catalog.=) 'm') AND c.relispopulated AND "
    "n.nspname OPERATOR(pg_catalog.<>) 'information_schema'"
    " AND n.nspname OPERATOR(pg_catalog.!~) '^pg_' ORDER BY 1";

using Contents = std::map<Text, Text>;

/// What the tables hold, and how far the sequences have come.
Contents contents_of(postgres::Connection& connection) {
  Contents contents;
  const postgres::Result tables = connection.execute(tables_sql);
  for (std::size_t row = 0; row < tables.rows(); ++row) {
    const Text table = tables.text(row, 0), columns = tables.text(row, 1);
    const postgres::Result rows =
        connection.execute(concat("SELECT pg_catalog.count(*)::pg_catalog.text, "
                                  "pg_catalog.md5(coalesce(pg_catalog.string_agg(r::pg_catalog.text, E'\\n'"
                                  " ORDER BY r::pg_catalog.text COLLATE pg_catalog.\"C\"), '')) FROM (SELECT ",
                                  columns, " FROM ONLY ", table, ") AS r"));
    if (rows.text(0, 0) != "0") contents[table] = concat(rows.text(0, 0), " rows ", rows.text(0, 1));
  }
  const postgres::Result sequences = connection.execute(
      "SELECT pg_catalog.format('%I.%I', schemaname, sequencename), last_value::pg_catalog.text FROM "
      "pg_catalog.pg_sequences"
      " WHERE last_value IS NOT NULL");
  for (std::size_t row = 0; row < sequences.rows(); ++row)
    contents[concat("sequence ", sequences.text(row, 0))] = sequences.text(row, 1);
  return contents;
}

/// What a database has besides schemas and tables.
Contents beside_tables(postgres::Connection& connection) {
  Contents contents;
  const postgres::Result objects =
      connection.execute("SELECT pg_catalog.count(*)::pg_catalog.text FROM pg_catalog.pg_largeobject_metadata");
  if (objects.text(0, 0) != "0") contents["large objects"] = objects.text(0, 0);
  const postgres::Result database = connection.execute(
      "SELECT pg_catalog.concat_ws(' ', d.datacl::pg_catalog.text, pg_catalog.shobj_description(d.oid, 'pg_database'),"
      " (SELECT pg_catalog.string_agg(s.setconfig::pg_catalog.text, ' ') FROM pg_catalog.pg_db_role_setting s WHERE"
      " s.setdatabase OPERATOR(pg_catalog.=) d.oid)) FROM pg_catalog.pg_database d WHERE d.datname"
      " OPERATOR(pg_catalog.=) pg_catalog.current_database()");
  contents["rights, settings and comment of the database"] = database.text(0, 0);
  return contents;
}

List differences(const Contents& one, const Contents& other) {
  List names;
  for (const auto& [name, held] : one)
    if (const auto found = other.find(name); found == other.end() || found->second != held) names.push_back(name);
  for (const auto& [name, held] : other)
    if (!one.contains(name)) names.push_back(name);
  return names;
}

/// What the server has after the migrations, and the SQL that makes the same.
struct Built {
  Schema schema;
  Contents contents, beside;
};

Built built_from(Shadow& shadow, const Files& files, Ids& ids, const Settings& settings) {
  const Shadow::Database database = scratch_database(shadow, settings);
  postgres::Connection connection = database.connect();
  for (const Migration& file : files) run_up(connection, file, roles_of(shadow));
  return {read_live(connection, ids, settings), contents_of(connection), beside_tables(connection)};
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

void require_equal(const Built& wanted, const Built& found, const SquashRequest& request, const Text& file) {
  const Text unlike = describe_differences(found.schema, wanted.schema, same_in_form(found.schema, wanted.schema));
  if (!unlike.empty()) throw refused("the baseline does not lead where the migrations do", file, unlike);
  if (const List beyond = differences(wanted.beside, found.beside); !beyond.empty())
    throw refused(concat("the migrations make what a baseline does not hold: ", first_of(beyond, 5)), file,
                  "squash up to a version before that, or do it beside the migrations");
  if (request.rows == SquashedRows::left_out) return;
  const List names = differences(wanted.contents, found.contents);
  if (names.empty()) return;
  throw refused(concat("after the baseline other rows are there than after the migrations, in ", first_of(names, 5)),
                file,
                "what writes them depends on what is gone by then, or is hidden in DO or a function; --without-rows"
                " leaves all rows out, and a migration after the baseline can bring them");
}

Text text_of(const Files& files, const Schema& schema, const SquashRequest& request) {
  MigrationText text;
  text.version = files.back().version;
  text.description = concat("stands for ", std::to_string(files.size()), " migrations, up to ", files.back().label());
  text.up = creation_sql(schema);
  if (request.rows == SquashedRows::kept)
    if (const Text rows = rows_sql(files); !rows.empty()) text.up += concat("\n", rows, refreshing_sql(text.up));
  Text replaced;
  for (const Migration& file : files) replaced += directive_line(concat("replaces ", file.version, " ", file.checksum));
  const Text written = replaced + to_text(text);
  return directive_line(concat("proven ", sha256(read_migration(files.back().file, written).up.text))) + written;
}

}  // namespace

Squash squash(const SquashRequest& request, const Settings& settings) {
  const Files files = chosen_from(project_migrations(settings), request.to);
  require_in_database(files);
  require_as_written(files, settings);
  std::optional<Shadow> shadow =
      open_shadow(request.shadow.empty() ? settings.config.shadow : request.shadow, std::nullopt, settings);
  if (!shadow)
    throw refused("a baseline is written only where it can be proven, and there is no throw-away server", {},
                  "install PostgreSQL's server programs, or name a server with --shadow URL");
  const Progress progress(settings, concat("squashing ", counted(files.size(), "migration")));
  Ids ids;
  const Built wanted = built_from(*shadow, files, ids, settings);
  require_whole(wanted.schema);
  Squash squash;
  squash.file = (std::filesystem::path(settings.config.migrations) /
                 concat(files.back().version, "_", migration_slug(request.name), ".sql"))
                    .string();
  squash.text = text_of(files, wanted.schema, request);
  for (const Migration& file : files) squash.replaced.push_back(file.file);
  if (std::ranges::count(squash.replaced, squash.file) > 0)
    throw refused("the baseline would have the name of a file that it replaces", squash.file,
                  "give it another: --name NAME");
  require_no_placeholders(squash.text, settings);
  const Files alone{read_migration(squash.file, squash.text)};
  require_equal(wanted, built_from(*shadow, alone, ids, settings), request, squash.file);
  return squash;
}

void write_baseline(const Squash& squash) { write_new_file(squash.file, squash.text); }

void remove_replaced(const Squash& squash) {
  for (const Text& file : squash.replaced) std::filesystem::remove(file);
}

}  // namespace quoin
