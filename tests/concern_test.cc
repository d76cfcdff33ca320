// `manage: owners, grants, comments, extension_versions` as a user meets them: what commands besides diff make of each
// state. What diff makes of them, tests/cases/manage shows.
#include <filesystem>

#include "kinds/list.h"
#include "project/concern.h"
#include "tests/commands_project.h"
#include "tests/config_mistakes.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
void configure(const CommandsProject& project, const Text& text) {
  fs::create_directories(project.folder / "schemas");
  write_file(project.folder / "quoin.yaml", text);
}

/// A table of app's with a right and a comment, and one of whoever made the database.
void fill(const CommandsProject& project) {
  project.database->connect().execute(
      concat(making_roles_once({"app", "boss"}),
             "CREATE TABLE t (id serial); COMMENT ON TABLE t IS 'said'; GRANT SELECT ON t TO boss;"
             "ALTER TABLE t OWNER TO app; CREATE TABLE mine (id integer); GRANT SELECT ON mine TO boss; CREATE "
             "EXTENSION citext VERSION '1.4'"));
}

Text owner_of(const CommandsProject& project, const Text& table) {
  return project.value(
      concat("SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class WHERE relname = '", table, "'"));
}
}  // namespace

TEST_CASE("a concern is off, report or on, as YAML 1.1 reads these too", "[concern]") {
  for (const char* good : {"off", "report", "on", "Off", "ON", "false", "true", "no", "Yes", "'on'"})
    CHECK(mistakes_in(concat("manage:\n  owners: ", good, "\n")) == "none");
  CHECK(holds(mistakes_in("manage:\n  owners: reprot\n"), "did you mean report?"));
  CHECK(holds(mistakes_in("manage:\n  owners: reprot\n"), ":2:11"));
  CHECK(holds(mistakes_in("manage:\n  grant: on\n"), "did you mean grants?"));
  CHECK(holds(mistakes_in("manage:\n  comments: [on]\n"), "manage.comments takes"));
  Settings settings;
  CHECK(concern_of(Matter::owner, settings) == Concern::report);
  CHECK(concern_of(Matter::grant, settings) == Concern::on);
  CHECK(concern_of(Matter::comment, settings) == Concern::on);
  CHECK(concern_of(Matter::version, settings) == Concern::off);
  CHECK(concern_of(Matter::structure, settings) == Concern::on);
}

TEST_CASE("a snapshot has what is not off", "[concern][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  fill(project);
  const auto yaml = [&](const Text& manage) {
    configure(project, manage.empty() ? Text() : concat("manage:\n  ", manage, "\n"));
    const Ran ran = project.run({"snapshot", "--format", "yaml"});
    INFO(ran.err);
    CHECK(ran.code == 0);
    return ran.out;
  };
  const Text as_it_is = yaml("");
  CHECK(holds(as_it_is, "owner: app"));
  CHECK_FALSE(holds(as_it_is, "owner: postgres"));
  CHECK_FALSE(holds(as_it_is, "owner of sequence"));
  CHECK_FALSE(holds(as_it_is, "version"));
  CHECK(holds(as_it_is, "boss: [select]"));
  CHECK(holds(as_it_is, "comment: said"));
  project.database->connect().execute("GRANT EXECUTE ON FUNCTION citextsend(citext) TO boss");
  CHECK(holds(yaml(""), "rights on function public.citextsend(public.citext)"));
  CHECK_FALSE(holds(yaml("grants: off"), "citextsend"));
  CHECK_FALSE(holds(yaml("owners: off"), "owner"));
  CHECK(holds(yaml("owners: on"), concat("owner: ", project.value("SELECT current_user"))));
  CHECK_FALSE(holds(yaml("grants: off"), "boss"));
  CHECK(holds(yaml("grants: report"), "boss: [select]"));
  CHECK_FALSE(holds(yaml("comments: off"), "said"));
  CHECK_FALSE(holds(yaml("comments: off"), "comment"));
  CHECK(holds(yaml("comments: report"), "comment: said"));
  CHECK(holds(yaml("extension_versions: on"), "citext: \"1.4\""));
  CHECK_FALSE(holds(yaml("extension_versions: report"), "1.4"));
  configure(project, "manage: { owners: on }\n");
  const Ran page = project.run({"snapshot", "-o", "-"});
  CHECK(holds(page.out, "**Owner** `app`"));
  CHECK_FALSE(holds(page.out, "OWNER TO"));
  configure(project, "manage: { owners: off, grants: off, comments: off }\n");
  for (const char* format : {"sql", "json", "md"}) {
    const Ran ran = project.run({"snapshot", "--format", format, "-o", "-"});
    INFO(format << "\n" << ran.out);
    CHECK(ran.code == 0);
    for (const char* word : {"boss", "said", "OWNER TO"}) CHECK_FALSE(holds(ran.out, word));
  }
}

TEST_CASE("a database's YAML gives its owners and their rights to a new database", "[concern][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  fill(project);
  project.database->connect().execute("REVOKE DELETE ON t FROM app; ALTER SCHEMA public OWNER TO boss");
  configure(project, "");
  const Text rights = "SELECT relacl::text FROM pg_class WHERE relname = 't'", before = project.value(rights);
  CHECK(project.run({"snapshot", "--format", "yaml", "-o", "schemas/public.yaml"}).code == 0);
  const Ran none = project.run({"diff"});
  INFO(none.out << none.err);
  CHECK(holds(none.err, "no difference"));
  const Ran sql = project.run({"snapshot", "schemas/public.yaml", "--format", "sql"});
  INFO(sql.out << sql.err);
  CHECK(holds(sql.out, "ALTER SCHEMA public OWNER TO boss"));
  project.database->connect().execute(
      "DROP TABLE t, mine; DROP EXTENSION citext; ALTER SCHEMA public OWNER TO CURRENT_USER");
  project.database->connect().execute(sql.out);
  CHECK(project.value(rights) == before);
  CHECK(owner_of(project, "t") == "app");
  CHECK(owner_of(project, "t_id_seq") == "app");
}

TEST_CASE("sync changes owners where they are on, and tells of them where they are reported",
          "[concern][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  fill(project);
  configure(project, "");
  write_file(project.folder / "schemas/public.yaml",
             "extensions: [citext]\n---\nschema: public\ntables:\n"
             "  t: { owner: boss, comment: said, columns: { id: serial }, grants: { boss: [select], app: [insert] } }\n"
             "  mine: { columns: { id: integer }, grants: { boss: [select] } }\n");
  configure(project, "manage: { owners: off }\n");
  const Ran silent = project.run({"sync", "-y"});
  INFO(silent.out << silent.err);
  CHECK(silent.code == 0);
  CHECK_FALSE(holds(silent.err, "owner"));
  configure(project, "");
  const Ran told = project.run({"sync", "-y"});
  INFO(told.out << told.err);
  CHECK(told.code == 0);
  CHECK(told.err.find("owner of table public.t") == told.err.rfind("owner of table public.t"));
  CHECK(holds(told.err, "manage: owners: report): owner of table public.t"));
  CHECK(owner_of(project, "t") == "app");
  configure(project, "manage: { owners: on }\n");
  const Ran done = project.run({"sync", "-y"});
  INFO(done.out << done.err);
  CHECK(done.code == 0);
  CHECK(owner_of(project, "t") == "boss");
  CHECK(owner_of(project, "t_id_seq") == "boss");
  CHECK(owner_of(project, "mine") == project.value("SELECT current_user"));
  CHECK(project.value("SELECT relacl::text FROM pg_class WHERE relname = 't'") == "{boss=r/boss,app=a/boss}");
  CHECK(holds(project.run({"diff"}).err, "no difference"));
}

TEST_CASE("verify --against heeds what is reported and what is on", "[concern][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  fill(project);
  project.add("1_t.sql",
              "-- Up Migration\nCREATE EXTENSION citext VERSION '1.5';\nCREATE TABLE t (id serial);\n"
              "CREATE TABLE mine (id integer);\nALTER TABLE t OWNER TO boss;\n-- Down Migration\n"
              "DROP TABLE t, mine; DROP EXTENSION citext;\n");
  const auto told = [&](const Text& manage) {
    configure(project, concat("manage: { ", manage, " }\n"));
    const Ran ran = project.run({"verify", "--against", project.database->url()});
    INFO(ran.out << ran.err);
    CHECK(ran.code == (holds(manage, ": on") ? 1 : 0));
    return ran.out + ran.err;
  };
  const Text on = told("owners: on, grants: on, comments: on, extension_versions: on");
  for (const char* one : {"owner", "grant", "comment", "1.4"}) {
    INFO(one << " in\n" << on);
    CHECK(holds(on, one));
  }
  CHECK_FALSE(holds(on, "table public.mine: `owner"));
  const Text report = told("owners: report, grants: report, comments: report, extension_versions: report");
  for (const char* one : {"owner of table public.t", "grant public.mine.boss", "comment of table public.t",
                          "extension citext (1.5, wanted 1.4)"}) {
    INFO(one << " in\n" << report);
    CHECK(holds(report, one));
  }
  const Text off = told("owners: off, grants: off, comments: off, extension_versions: off");
  for (const char* one : {"owner", "grant", "comment", "citext"}) {
    INFO(one << " in\n" << off);
    CHECK_FALSE(holds(off, one));
  }
}

TEST_CASE("a version of an extension reaches CREATE EXTENSION with and without a server", "[concern][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  configure(project, "");
  write_file(project.folder / "schemas/public.yaml", "extensions:\n  citext: '1.4'\n  hstore: {}\n");
  for (const char* concern : {"off", "report", "on"})
    for (const char* shadow : {"auto", "off"}) {
      configure(project, concat("manage: { extension_versions: ", concern, " }\n"));
      const Ran ran = project.run({"diff", "--shadow", shadow});
      INFO(concern << " " << shadow << "\n" << ran.out << ran.err);
      CHECK(holds(ran.out, "CREATE EXTENSION citext VERSION '1.4';"));
      CHECK(holds(ran.out, "CREATE EXTENSION hstore;"));
    }
}

TEST_CASE("a version that the server knows no way to is refused, and without a server told on lines of its own",
          "[concern][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.database->connect().execute("CREATE EXTENSION citext VERSION '1.6'");
  configure(project, "manage: { extension_versions: on }\n");
  for (const char* version : {"1.4", "0.9"}) {
    write_file(project.folder / "schemas/public.yaml", concat("extensions: { citext: '", version, "' }\n"));
    const Ran ran = project.run({"diff"});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 2);
    CHECK(holds(ran.err, concat("extension citext: the server knows no way from version 1.6 to ", version)));
    CHECK(project.run({"sync", "-y"}).code == 2);
  }
  write_file(project.folder / "old.sql", "CREATE EXTENSION citext VERSION '1.6'");
  write_file(project.folder / "schemas/public.yaml", "extensions: { citext: '1.4' }\n");
  const Ran ran = project.run({"diff", "--from", (project.folder / "old.sql").string()});
  INFO(ran.err);
  CHECK(holds(ran.err, "SQLSTATE 22023)\n  statement: ALTER EXTENSION citext"));
}

TEST_CASE("a serial of a table that is another role's is that one's", "[concern][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.database->connect().execute(
      concat(making_roles_once({"app", "boss"}), "CREATE TABLE t (a integer); ALTER TABLE t OWNER TO app"));
  configure(project, "");
  write_file(project.folder / "schemas/public.yaml",
             "schema: public\ntables:\n  t: { columns: { a: integer, id: serial } }\n");
  for (const char* concern : {"off", "report", "on"}) {
    configure(project, concat("manage: { owners: ", concern, " }\n"));
    const Ran ran = project.run({"sync", "-y"});
    INFO(concern << "\n" << ran.out << ran.err);
    CHECK(ran.code == 0);
    CHECK(owner_of(project, "t_id_seq") == "app");
    project.database->connect().execute("ALTER TABLE t DROP COLUMN id");
  }
}

TEST_CASE("an owner whom a throw-away server would not allow it leaves nothing unproven", "[concern][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  configure(project, "");
  project.database->connect().execute(
      "CREATE ROLE root_of_all SUPERUSER; CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
      "CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION ev(); ALTER EVENT TRIGGER et OWNER TO root_of_all");
  const Text yaml = project.run({"snapshot", "--format", "yaml"}).out;
  CHECK(holds(yaml, "owner: root_of_all"));
  write_file(project.folder / "schemas/public.yaml", yaml + "tables:\n  t: { columns: { id: integer } }\n");
  const Ran ran = project.run({"diff"});
  INFO(ran.out << ran.err);
  CHECK(holds(ran.out, "CREATE TABLE public.t"));
  CHECK_FALSE(holds(ran.out, "Unproven"));
  CHECK_FALSE(holds(ran.err, "owner of"));
}
