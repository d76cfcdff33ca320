#include "project/source.h"

#include <unistd.h>

#include <filesystem>
#include <set>

#include "core/base/files.h"
#include "core/base/kept.h"
#include "core/sql/psql.h"
#include "diff/diff.h"
#include "kinds/database/template.h"
#include "kinds/replication/subscription.h"
#include "parser/migrations/migration.h"
#include "parser/migrations/names.h"
#include "parser/names/names.h"
#include "parser/replay/about_rows.h"
#include "parser/replay/replay.h"
#include "parser/yaml/yaml.h"
#include "project/assumed.h"
#include "project/blame.h"
#include "project/concern.h"
#include "project/histories.h"
#include "project/project.h"
#include "project/scope.h"
#include "project/versions.h"
#include "snapshot/catalog/read.h"

namespace quoin {
namespace fs = std::filesystem;
namespace {

struct Prefix {
  std::string_view word;
  SourceForm form;
};
constexpr Prefix prefixes[] = {{"yaml:", SourceForm::yaml},
                               {"sql:", SourceForm::sql},
                               {"migrations:", SourceForm::migrations},
                               {"db:", SourceForm::database},
                               {"empty:", SourceForm::empty}};

bool is_yaml(const fs::path& path) {
  const Text ending = lower(path.extension().string());
  return ending == ".yaml" || ending == ".yml";
}
bool is_sql(const fs::path& path) { return lower(path.extension().string()) == ".sql"; }

/// "host=…", "user = …": libpq's other form, which may hold a password.
bool is_conninfo(std::string_view text) {
  text = trim(text);
  const std::string_view key = trim(text.substr(0, std::min(text.find('='), text.size())));
  for (const char* known : {"host", "hostaddr", "port", "dbname", "user", "password", "service", "sslmode", "passfile",
                            "connect_timeout", "application_name", "options", "target_session_attrs"})
    if (key == known) return text.size() > key.size();
  return false;
}

struct Contents {
  bool yaml = false, sql = false;
};
// What decides between a folder of YAML and one of migrations: .sql directly in it or one level down.
Contents contents(const fs::path& folder) {
  Contents found;
  auto look = [&](const fs::path& path) {
    found.yaml |= is_yaml(path);
    found.sql |= is_sql(path);
  };
  for (const Text& name : names_in(folder)) {
    std::error_code broken;
    const bool is_folder = fs::is_directory(folder / name, broken);
    if (!is_folder) look(folder / name);
    if (!is_folder || name.starts_with('.')) continue;
    for (const Text& below : names_in(folder / name)) found.sql |= is_sql(below);
  }
  return found;
}

SchemaSource folder_source(const Text& text) {
  const Contents found = contents(text);
  if (found.yaml && found.sql)
    throw Error(Code::input, concat("folder ", text, " holds both YAML and SQL"), {},
                concat("say which is meant: yaml:", text, " or migrations:", text));
  if (found.yaml) return {SourceForm::yaml, text};
  if (found.sql) return {SourceForm::migrations, text};
  throw Error(Code::input, concat("folder ", text, " holds neither YAML nor SQL"), {},
              "a schema folder holds *.yaml, a migrations folder *.sql");
}

[[noreturn]] void throw_findings(const Findings& findings, const Text& where, const Settings& settings) {
  settings.audience->mistakes(findings);
  const auto errors = std::ranges::count(findings, Severity::error, &Finding::severity);
  throw Error(Code::input, concat(where, " has ", std::to_string(errors), errors == 1 ? " mistake" : " mistakes"), {},
              "mend what is listed above");
}

void check(const Findings& findings, const Text& where, const Settings& settings) {
  if (std::ranges::count(findings, Severity::error, &Finding::severity)) throw_findings(findings, where, settings);
}

Schema read_yaml_source(const SchemaSource& source, Ids& ids, const Settings& settings, const Schema* other) {
  std::vector<YamlText> texts;
  List left_out;
  for (const Text& file : yaml_files(source.where, left_out)) texts.push_back({file, read_text(file)});
  for (const Text& file : left_out)
    remark_once(settings, concat(file, ": note: left out: its name does not end in .yaml or .yml"));
  Findings findings;
  const List search_path = settings.search_path();
  const Assumed assumed = read_assumed(settings);
  Surroundings around{search_path, assumed};
  if (other) around.add_others = [&](Schema& written) { add_unmanaged(*other, written, settings); };
  Schema schema = read_yaml(texts, ids, around, findings);
  check(findings, source.where, settings);
  for (const YamlText& text : texts)
    for (Text& name : named_as_lacking(text.text)) schema.unmodelled.push_back(std::move(name));
  return schema;
}

std::vector<ScriptText> ups(const std::vector<Migration>& migrations) {
  std::vector<ScriptText> all;
  all.reserve(migrations.size());
  for (const Migration& migration : migrations)
    all.push_back({migration.up.file, migration.up.text, migration.up.line});
  return all;
}

std::vector<ScriptText> scripts(const SchemaSource& source, const Settings& settings) {
  if (source.form == SourceForm::sql) return {{source.where, psql::without_restrict(read_text(source.where))}};
  return ups(migrations_in(source.where, settings));
}

Schema replay(const std::vector<ScriptText>& scripts, const Text& where, Ids& ids, const Settings& settings) {
  Schema schema = empty_database(ids);
  Findings findings;
  Replay session(schema, settings.search_path());
  session.assume(read_assumed(settings), findings);
  for (const ScriptText& script : scripts) {
    const std::size_t before = findings.size();
    const Lines lines(script.sql);
    const auto note = [&](std::size_t offset, const Text& what) {
      const LineColumn at = lines.at(offset);
      const Place place{script.file, at.line + script.line - 1, at.column};
      schema.notes.push_back(concat(to_string(place), ": ", what));
    };
    for (const Effects& effects : session.run(script.sql, script.file, findings)) {
      for (const Text& unknown : effects.unknown) note(effects.begin, unknown);
      for (const auto& [offset, what] : effects.told)
        if (!what.starts_with(about_rows)) note(offset, what);
    }
    for (std::size_t i = before; i < findings.size(); ++i) findings[i].place.line += script.line - 1;
  }
  read_bodies(schema);
  check(findings, where, settings);
  leave_out_assumed(schema, ids, settings);
  return schema;
}

void execute(postgres::Connection& connection, const Text& sql, Roles roles) {
  making_roles(connection, roles, [&] { connection.execute(sql); });
}
}  // namespace

Text SchemaSource::name() const {
  if (form == SourceForm::empty) return "an empty database";
  return form == SourceForm::database ? postgres::without_password(where) : where;
}

SchemaSource parse_source(const Text& text) {
  for (const Prefix& prefix : prefixes)
    if (text.starts_with(prefix.word)) {
      const Text rest = text.substr(prefix.word.size());
      const bool names_a_path = prefix.form != SourceForm::empty && prefix.form != SourceForm::database;
      if (!rest.empty() || !names_a_path) return {prefix.form, rest};
      throw Error(Code::usage, concat(text, " names no file or folder"), {},
                  concat("write what is to be read behind it: ", text, "PATH"));
    }
  if (postgres::looks_like_url(text)) return {SourceForm::database, text};
  std::error_code failed;
  const fs::file_status status = fs::status(text, failed);
  if (fs::is_directory(status)) return folder_source(text);
  if (!fs::exists(status) && is_conninfo(text))
    throw Error(Code::input, concat("there is no file or folder ", postgres::without_password(text)), {},
                "a connection string is given as db:host=… dbname=…, or as a URL");
  if (!fs::exists(status))
    throw Error(Code::input, concat("there is no file or folder ", postgres::without_password(text)), {},
                "a source is a postgres:// URL, a .yaml or .sql file, or a folder of either");
  if (is_yaml(text)) return {SourceForm::yaml, text};
  if (is_sql(text)) return {SourceForm::sql, text};
  throw Error(Code::input, concat("cannot tell what ", text, " is"), {},
              concat("say it: yaml:", text, ", sql:", text, " or db:", text));
}

namespace {
struct YamlFiles {
  List found, left_out;
  std::set<fs::path> folders = {};  // a link may lead to a folder that it stands in
};

void add_yaml_files(const fs::path& folder, YamlFiles& files) {
  if (!files.folders.insert(fs::canonical(folder)).second) return;
  for (const Text& name : names_in(folder)) {
    std::error_code broken;
    const fs::path path = folder / name;
    if (migration_names::is_leftover(name)) continue;
    if (fs::is_directory(path, broken)) {
      add_yaml_files(path, files);
    } else if (is_yaml(path)) {
      files.found.push_back(path.string());
    } else if (const Text small = lower(name); small.find(".yaml") != Text::npos || small.find(".yml") != Text::npos) {
      files.left_out.push_back(path.string());
    }
  }
}
}  // namespace

List yaml_files(const Text& where, List& left_out) {
  std::error_code broken;
  const fs::file_status status = fs::status(where, broken);
  if (!fs::exists(status))
    throw Error(Code::input, concat("there is no file or folder ", where), {},
                "name one that is there, or in quoin.yaml as schemas:");
  if (!fs::is_directory(status)) return {where};
  YamlFiles files;
  add_yaml_files(where, files);
  std::ranges::sort(files.found);
  if (files.found.empty())
    throw Error(Code::input, concat("folder ", where, " holds no *.yaml"), {where},
                "write the schema there, or begin with: quoin snapshot --format yaml -o FILE.yaml");
  left_out = std::move(files.left_out);
  return std::move(files.found);
}

Schema read_live(postgres::Connection& connection, Ids& ids, const Settings& settings, const Text& lock_timeout) {
  ReadOptions options;
  options.lock_timeout = lock_timeout;
  options.schemas = settings.config.managed_schemas;
  options.read_bodies = read_bodies;
  Schema schema = read_database(connection, ids, options);
  read_versions(connection, schema, settings);
  leave_out_ledger(schema, settings);
  leave_out_assumed(schema, ids, settings);
  leave_out_outside(schema, settings);
  return schema;
}

Schema read_migrations(const std::vector<Migration>& migrations, Ids& ids, const Settings& settings) {
  return replay(ups(migrations), settings.config.migrations, ids, settings);
}

Schema read_beside(const SchemaSource& source, Ids& ids, const Schema& other, const Settings& settings) {
  if (source.form != SourceForm::yaml) return read_source(source, ids, settings);
  const Progress progress(settings, concat("reading ", source.name()));
  return read_yaml_source(source, ids, settings, &other);
}

Schema read_managed(const SchemaSource& source, Ids& ids, const Settings& settings) {
  Schema schema = read_source(source, ids, settings);
  if (source.form == SourceForm::database) {
    postgres::Connection connection(source.where);
    find_histories(connection, schema, settings);
    leave_out_histories(schema, empty_database(ids), settings);
  }
  leave_out_unmanaged(schema, settings);
  leave_out_unconcerned(schema, settings);
  return schema;
}

Schema read_source(const SchemaSource& source, Ids& ids, const Settings& settings) {
  const Progress progress(settings, concat("reading ", source.name()));
  switch (source.form) {
    case SourceForm::empty:
      return empty_database(ids);
    case SourceForm::yaml:
      return read_yaml_source(source, ids, settings, nullptr);
    case SourceForm::sql:
    case SourceForm::migrations:
      return replay(scripts(source, settings), source.where, ids, settings);
    case SourceForm::database:
      break;
  }
  postgres::Connection connection(source.where);
  Schema schema = read_live(connection, ids, settings);
  read_owners_of_template(connection, schema, settings);
  return schema;
}

void check_shadow(std::string_view option) {
  const bool is_server = option.find("://") != option.npos || option.find('=') != option.npos;
  if (option == "auto" || option == "off" || is_server) return;
  throw Error(Code::usage, concat("there is no shadow server ", option), {},
              "--shadow and the setting shadow take auto, off, or a server's URL");
}

std::optional<Shadow> open_shadow(const Text& option, std::optional<int> major, const Settings& settings) {
  if (option == "off") return std::nullopt;
  check_shadow(option);
  if (option != "auto") {
    remark_once(settings, concat("the shadow server is ", postgres::without_password(option)));
    return Shadow::at(option);
  }
  const Progress progress(settings, "starting a throw-away server");
  std::optional<Shadow> shadow = Shadow::start(major);
  if (!shadow) detail(settings, "no PostgreSQL server programs here: going on without a shadow server");
  return shadow;
}

namespace {
// A subscription makes the server talk to another one, and makes things there: not what a throw-away server may do.
// All lines keep their place.
Text without_publishers(const Text& sql) {
  if (lower(sql).find("subscription") == Text::npos) return sql;
  std::vector<Error> errors;  // are the server's to tell
  const ast::Tree tree = ast::Tree::parse_all(sql, errors);
  Text rest;
  std::size_t end = 0;
  for (const ast::Statement& statement : tree.statements()) {
    const std::optional<Text> here = without_publisher(statement.node);
    if (!here) continue;
    const std::string_view whole = std::string_view(sql).substr(statement.begin, statement.end - statement.begin);
    rest += concat(sql.substr(end, statement.begin - end), *here);
    const auto lines = std::ranges::count(whole, '\n') - std::ranges::count(*here, '\n');
    if (lines > 0) rest += Text(static_cast<std::size_t>(lines), '\n');
    end = statement.end;
  }
  return rest + sql.substr(end);
}
}  // namespace

Text missing_role(const Error& error) {
  const std::string_view message = error.what();
  constexpr std::string_view before = "role \"", after = "\" does not exist";
  if (error.sqlstate != "42704" || !message.starts_with(before) || !message.ends_with(after)) return {};
  return Text(message.substr(before.size(), message.size() - before.size() - after.size()));
}

bool make_missing_role(postgres::Connection& connection, const Error& error, Roles roles) {
  const Text role = roles == Roles::made_when_missing ? missing_role(error) : Text();
  if (!role.empty()) connection.execute(concat("CREATE ROLE ", quote_ident(role)));
  return !role.empty();
}

void run_script(postgres::Connection& connection, const ScriptText& text, Roles roles) {
  const ScriptText script{text.file, without_publishers(text.sql), text.line};
  try {
    return execute(connection, script.sql, roles);
  } catch (const Error& error) {
    // 25001: something in it cannot run in the transaction that one string is; 55P04: a new label waits for a commit.
    if (error.sqlstate != "25001" && error.sqlstate != "55P04") throw placed(script, 0, error);
  }
  const ast::Tree tree = ast::Tree::parse(script.sql);
  for (const ast::Statement& statement : tree.statements()) {
    try {
      execute(connection, script.sql.substr(statement.begin, statement.end - statement.begin), roles);
    } catch (const Error& error) { throw placed(script, statement.begin, error); }
  }
}

void build(postgres::Connection& connection, const SchemaSource& source, Roles roles, const Settings& settings) {
  if (!settings.search_path_option.empty())
    connection.execute(concat("SET search_path = ", settings.search_path_option));
  for (const ScriptText& script : scripts(source, settings)) {
    run_script(connection, script, roles);
    if (source.form == SourceForm::migrations) connection.execute("DISCARD TEMP; RESET ALL");
  }
}

Makeable makeable(const Schema& schema) {
  LeftOut sentences;  // of the first of many
  Makeable made{within_reach(empty_database(schema.ids()), schema, sentences), {}};
  if (!made.part) return made;
  for (const Object* object : schema.objects()) {
    const Id id = object->id;
    const bool inside = id->parent && !made.part->find(id->parent);
    if (!inside && !id->kind->has(opaque) && !made.part->find(id)) made.hanging.push_back(path(id));
  }
  return made;
}

Text creation_sql(const Schema& schema) {
  const Schema nothing = empty_database(schema.ids());
  const Plan& all = kept<Plan>(creation(nothing, schema));
  if (!all.errors.empty()) throw Error(Code::input, join(all.errors, "\n"));
  return emit(all.steps);
}

}  // namespace quoin
