// One folder of migrations on many databases and schemas.
#include "core/postgres/postgres.h"
#include "tests/commands_project.h"

using namespace quoin;

namespace {

struct FleetProject : CommandsProject {
  bool with_schemas(const List& names) {
    if (!live()) return false;
    Text lines;
    for (const Text& name : names) {
      database->connect().execute(concat("CREATE SCHEMA ", quote_ident(name)));
      lines += concat("schema: ", name, "\n");
    }
    write_file(folder / "targets", concat("# the tenants\n\n", lines));
    return true;
  }
  Text tables(const Text& table) const {
    return value(
        concat("SELECT string_agg(table_schema, ',' ORDER BY table_schema COLLATE \"C\")"
               " FROM information_schema.tables WHERE table_name = ",
               quote_literal(table)));
  }
};

}  // namespace

TEST_CASE("a folder runs on many schemas, each with its own ledger", "[fleet][live]") {
  FleetProject project;
  if (!project.with_schemas({"a", "b", "C d\\e", "f"})) return;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (x int);\n-- Down Migration\nDROP TABLE t;\n");
  const Ran behind = project.run({"status", "--targets", "targets", "--exit-code"});
  CHECK(behind.code == 1);
  CHECK(holds(behind.out, "4 targets: 4 behind\n"));
  CHECK(project.value("SELECT count(*) FROM pg_class WHERE relname = 'quoin_migrations'") == "0");
  const Text planned = project.run({"migrate", "--targets", "targets", "--dry-run"}).out;
  CHECK(holds(planned, "4 behind"));
  CHECK(holds(planned, "would run 1\n"));
  project.add("2_b.sql", "-- Up Migration\nCREATE TABLE u (x int);\n-- Down Migration\nDROP TABLE u;\n");
  const Text to_first = project.run({"migrate", "--targets", "targets", "--dry-run", "--to", "1", "--json"}).out;
  CHECK(holds(to_first, "\"1\""));
  CHECK(!holds(to_first, "\"2\""));
  const Text no_such = project.run({"migrate", "--targets", "targets", "--dry-run", "--to", "9"}).out;
  CHECK(holds(no_such, "9"));
  std::filesystem::remove(project.folder / "migrations" / "2_b.sql");
  const Ran first = project.run({"migrate", "--targets", "targets", "--jobs", "3"});
  INFO(first.err);
  CHECK(first.code == 0);
  CHECK(holds(first.out, "4 targets: 4 migrated\n"));
  CHECK(project.tables("t") == "C d\\e,a,b,f");
  CHECK(project.tables("quoin_migrations") == "C d\\e,a,b,f");
  const Ran current = project.run({"status", "--targets", "targets", "--exit-code"});
  CHECK(current.code == 0);
  CHECK(holds(current.out, "4 targets: 4 up to date\n"));
  project.value("CREATE SCHEMA later");
  const char* query = "SELECT nspname AS schema FROM pg_namespace WHERE nspname IN ('a', 'later') ORDER BY 1;";
  const Ran queried = project.run({"migrate", "--targets", query, "--json"});
  INFO(queried.err);
  CHECK(queried.code == 0);
  CHECK(holds(queried.out, "\"state\": \"up to date\""));
  CHECK(holds(queried.out, "\"migrated\": 1"));
  CHECK_FALSE(holds(queried.out, "\"version\": null"));  // as the run has left it
  CHECK_FALSE(holds(queried.out, "\"pending\": [\n"));
  CHECK(project.tables("t") == "C d\\e,a,b,f,later");
}

TEST_CASE("status of a fleet tells who has drifted", "[fleet][live]") {
  FleetProject project;
  if (!project.with_schemas({"a", "b", "c"})) return;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (x int);\nCREATE INDEX ON t (x);\n");
  CHECK(project.run({"migrate", "--targets", "targets"}).code == 0);
  const Ran same = project.run({"status", "--targets", "targets", "--drift", "--exit-code"});
  INFO(same.out << same.err);
  CHECK(same.code == 0);
  CHECK_FALSE(holds(same.out, "drifted"));
  project.database->connect().execute("CREATE TABLE b.by_hand (x int); DROP INDEX c.t_x_idx");
  const Ran drifted = project.run({"status", "--targets", "targets", "--drift", "--exit-code"});
  INFO(drifted.out << drifted.err);
  CHECK(drifted.code == 3);
  CHECK(holds(drifted.out, "drifted: it has table b.by_hand, which no migration that it has run makes"));
  CHECK(holds(drifted.out, "drifted: it lacks index c.t.t_x_idx, which migrations that it has run make"));
  CHECK(holds(drifted.out, "3 targets: 3 up to date; 2 drifted\n"));
  CHECK(holds(project.run({"status", "--targets", "targets", "--drift", "--json"}).out, "\"extra\": ["));
  project.database->connect().execute("DROP TABLE b.by_hand; CREATE INDEX ON c.t (x)");
  project.add("2_b.sql", "-- Up Migration\nCREATE SCHEMA IF NOT EXISTS shared;\nSELECT 1;\n");
  CHECK(project.run({"migrate", "--targets", "targets"}).code == 0);
  CHECK_FALSE(holds(project.run({"status", "--targets", "targets", "--drift"}).out, "drifted"));
  project.add("2_b.sql", "-- Up Migration\nSELECT 1;\n");
  std::filesystem::remove(project.folder / "migrations" / "1_a.sql");
  CHECK(holds(project.run({"status", "--targets", "targets", "--drift"}).out, "not known: the file of 1_a is gone"));
  write_file(project.folder / "targets", "schema: $user\n");
  CHECK(holds(project.run({"status", "--targets", "targets"}).err, "called $user cannot be a target"));
  CHECK(holds(project.run({"status", "--drift"}).err, "quoin preflight tells it"));
}

TEST_CASE("drift is of what is managed, in a schema of any name", "[fleet][live]") {
  FleetProject project;
  if (!project.with_schemas({"a,b"})) return;
  write_file(project.folder / "quoin.yaml", "manage:\n  comments: off\n");
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (x int);\n");
  CHECK(project.run({"migrate", "--targets", "targets"}).code == 0);
  project.database->connect().execute("COMMENT ON TABLE \"a,b\".t IS 'by hand'");
  CHECK_FALSE(holds(project.run({"status", "--targets", "targets", "--drift"}).out, "drifted"));
}

TEST_CASE("a canary that fails stops all others, and a later run goes on where one stopped", "[fleet][live]") {
  FleetProject project;
  if (!project.with_schemas({"a", "b", "c", "d", "e"})) return;
  project.add("1_a.sql", "CREATE TABLE t (x int);\n");
  write_file(project.folder / "quoin.yaml", "allow: [other-history]\n");  // else it would not begin there
  project.value("CREATE SCHEMA later");
  project.value("CREATE TABLE a.t ()");
  const Ran canary = project.run({"migrate", "--targets", "targets", "--max-failures", "0"});
  CHECK(canary.code == 2);
  CHECK(holds(canary.out, "5 targets: 1 failed, 4 not begun\n"));
  CHECK(holds(canary.out, "migrations/1_a.sql:1:1: relation \"t\" already exists (SQLSTATE 42P07); where this"));
  CHECK(holds(canary.err, "1 target of 5 failed, and 4 were not begun"));
  CHECK(project.tables("t") == "a");
  project.value("DROP TABLE a.t");
  project.value("CREATE TABLE c.t ()");
  const Ran one = project.run({"migrate", "--targets", "targets", "--jobs", "1"});
  CHECK(one.code == 2);
  CHECK(holds(one.out, "5 targets: 1 migrated, 1 failed, 3 not begun\n"));
  CHECK(project.tables("t") == "b,c");  // what failed before is not the canary
  const Ran all = project.run({"migrate", "--targets", "targets", "--jobs", "2", "--max-failures", "0"});
  CHECK(all.code == 2);
  INFO(all.out);
  CHECK(holds(all.out, "5 targets: 1 up to date, 3 migrated, 1 failed\n"));
  project.value("CREATE TABLE later.t ()");
  write_file(project.folder / "again", "schema: later\nschema: c\n");
  CHECK(project.run({"migrate", "--targets", "again", "--max-failures", "0"}).code == 2);
  project.value("DROP TABLE c.t");
  CHECK(project.run({"migrate", "--targets", "again", "--max-failures", "0"}).code == 2);
  CHECK(project.tables("t") ==
        "a,b,c,d,e,later");  // both had failed: one that fails again keeps the other from nothing
  project.value("DROP TABLE later.t");
  const Ran end = project.run({"migrate", "--targets", "targets"});
  CHECK(end.code == 0);
  CHECK(project.tables("t") == "a,b,c,d,e");
  CHECK(project.value("SELECT count(*) FROM a.quoin_migrations_log") == "2");
  project.add("2_b.sql", "-- Up Migration\nDROP TABLE t;\n-- Down Migration\nCREATE TABLE t (x int);\n");
  project.value("INSERT INTO a.t VALUES (1)");
  const Text lossy = project.run({"migrate", "--targets", "targets"}).out;
  INFO(lossy);
  CHECK(holds(lossy, "drops table"));
  CHECK(holds(lossy, "quoin migrate --schema a --allow data-loss"));
  const Ran before = project.run({"migrate", "--targets", "targets", "--dry-run"});
  CHECK(before.code == 3);
  CHECK(holds(before.out, "wants leave, --allow data-loss"));
  CHECK(project.run({"migrate", "--targets", "targets", "--dry-run", "--allow", "data-loss"}).code == 0);
}

TEST_CASE("targets that are databases, and some that are none", "[fleet][live]") {
  FleetProject project;
  if (!project.live()) return;
  const auto other = Shadow::start({})->create_database(), third = Shadow::start({})->create_database();
  project.add("1_a.sql", "CREATE TABLE t (x int);\n");
  const Text names[] = {other.connect().database(), third.connect().database()};
  write_file(project.folder / "targets", concat("database: ", names[0], "\n", project.database->url(), "\n"));
  const Ran two = project.run({"migrate", "--targets", "targets", "--log-format", "json", "--metrics-file", "m.prom"});
  INFO(two.err);
  INFO(two.out);
  CHECK(holds(two.out, "2 targets: 2 migrated\n"));
  CHECK(other.connect().query("SELECT to_regclass('public.t') IS NOT NULL").text(0, 0) == "t");
  const Text metrics = read_file(project.folder / "m.prom");
  CHECK(holds(metrics, concat("/", names[0], "\",command=\"migrate\",outcome=\"succeeded\"} 1\n")));
  write_file(project.folder / "targets", concat("database: ", names[1], "\ndatabase: nowhere_at_all\n"));
  const Ran gone = project.run({"status", "--targets", "targets"});
  CHECK(gone.code == 2);
  CHECK(holds(gone.out, "2 targets: 1 behind, 1 failed"));
  CHECK(holds(gone.err, "1 target of 2 could not be asked"));
  const Ran stopped = project.run({"migrate", "--targets", "targets"});
  CHECK(stopped.code == 2);
  CHECK(holds(stopped.out, "1 failed, 1 not begun"));
  CHECK(project.run({"migrate", "--targets", "targets", "--max-failures", "0"}).code == 2);
  CHECK(third.connect().query("SELECT to_regclass('public.t') IS NOT NULL").text(0, 0) == "t");
}

TEST_CASE("a schema with a slip in its name is not made, unless that is asked for", "[fleet][live]") {
  FleetProject project;
  if (!project.with_schemas({"acme", "bolt"})) return;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (x int);\n-- Down Migration\nDROP TABLE t;\n");
  write_file(project.folder / "targets", "schema: acme\nschema: bolts\n");
  const Ran asked = project.run({"status", "--targets", "targets"});
  CHECK(asked.code == 2);
  CHECK(holds(asked.out, "there is no schema bolts in "));
  const Ran refused = project.run({"migrate", "--targets", "targets", "--max-failures", "0", "--json"});
  INFO(refused.out << refused.err);
  CHECK(refused.code == 2);
  CHECK(holds(refused.out, "is bolt meant? where it is to be made: quoin migrate --targets … --create-schemas"));
  CHECK(project.tables("t") == "acme");
  CHECK(project.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'bolts'") == "0");
  CHECK(project.run({"migrate", "--targets", "SELECT 'bolts' AS schema"}).code == 2);
  CHECK(project.run({"migrate", "--targets", "targets", "--dry-run"}).code == 2);
  CHECK(project.run({"migrate", "--create-schemas"}).code == 64);
  CHECK(project.run({"migrate", "--targets", "targets", "--create-schemas"}).code == 0);
  CHECK(project.tables("t") == "acme,bolts");
}

TEST_CASE("a new schema is made though another on its path has tables of those names", "[fleet][live]") {
  FleetProject project;
  if (!project.with_schemas({"acme"})) return;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (x int);\n-- Down Migration\nDROP TABLE t;\n");
  REQUIRE(project.run({"migrate"}).code == 0);
  write_file(project.folder / "targets", "schema: fresh\n");
  const Ran made = project.run({"migrate", "--targets", "targets", "--create-schemas"});
  INFO(made.out << made.err);
  CHECK(made.code == 0);
  const Ran ahead = project.run({"preflight", "--schema", "acme", "--json"});
  INFO(ahead.out);
  CHECK(ahead.code == 0);
  CHECK_FALSE(holds(ahead.out, "is there already"));
  REQUIRE(project.run({"migrate", "--schema", "acme"}).code == 0);
  CHECK(holds(project.run({"status", "--schema", "nowhere"}).err, "there is no schema nowhere"));
  CHECK(project.tables("t") == "acme,fresh,public");
  CHECK_FALSE(holds(project.run({"preflight", "--schema", "acme", "--json"}).out, "drift"));
}

TEST_CASE("one schema of a fleet is worked on by its own ledger", "[fleet][live]") {
  FleetProject project;
  if (!project.with_schemas({"a", "b"})) return;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (x int);\n-- Down Migration\nDROP TABLE t;\n");
  project.add("2_b.sql", "-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 1 / 0;\n");
  REQUIRE(project.run({"migrate", "--targets", "targets"}).code == 0);
  REQUIRE(project.run({"migrate"}).code == 0);
  const Ran failed = project.run({"rollback", "-y", "--schema", "a", "--json"});
  CHECK(failed.code == 2);
  CHECK(holds(failed.out, "\"undone\": [],\n  \"failed\": [\n"));
  CHECK(project.run({"status", "--schema", "a", "--exit-code"}).code == 0);
  CHECK(project.run({"status", "--targets", "targets", "--exit-code"}).code == 0);
  project.add("2_b.sql", "-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n");
  CHECK(project.run({"repair", "--checksums", "--schema", "a"}).code == 0);
  CHECK(!holds(project.run({"status", "--schema", "a"}).out, "division"));
  const Ran undone = project.run({"rollback", "-y", "--schema", "a", "--count", "2"});
  INFO(undone.err);
  CHECK(undone.code == 0);
  CHECK(project.tables("t") == "b,public");
  CHECK(holds(project.run({"rollback", "-y", "--schema", "b", "--to", "2"}).out, "nothing is applied after 2"));
  CHECK(project.run({"migrate", "--schema", "a", "--to", "1"}).code == 0);
  CHECK(holds(project.run({"migrate", "--schema", "a", "--to", "1"}).out, "all up to 1 is applied; 1 more is pending"));
  CHECK(holds(project.run({"list", "--schema", "pubic"}).err,
              "is public meant? where it is to be made: CREATE SCHEMA pubic"));
  CHECK(project.run({"migrate", "--schema", "a", "--targets", "targets"}).code == 64);
  project.value(
      concat("ALTER DATABASE ", quote_ident(project.value("SELECT current_database()")), " SET search_path = a"));
  const Ran other = project.run({"rollback", "-y"});
  CHECK(other.code == 3);
  CHECK(holds(other.err, "say --schema a in place of the search_path"));
}

TEST_CASE("what names no targets says what to write", "[fleet][live]") {
  FleetProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE t (x int);\n");
  const auto refused = [&](const List& arguments, std::string_view says) {
    const Ran ran = project.run(arguments);
    INFO(ran.err);
    CHECK(ran.code != 0);
    CHECK(holds(ran.err, says));
    CHECK(holds(ran.err, "hint: "));
  };
  refused({"status", "--targets", "nowhere"}, "there is no file nowhere, and it is no query");
  refused({"status", "--targets", "SELECT 1 AS one"}, "no column that is called database, schema or url");
  refused({"status", "--targets", "SELECT nowhere"}, "column \"nowhere\" does not exist");
  refused({"status", "--targets", "SELECT 'a' AS schema WHERE false"}, "names no target");
  refused({"status", "--targets", "SELECT 'a' AS schema FROM generate_series(1, 2)"}, "the target a is named twice");
  refused({"migrate", "--jobs", "2"}, "belong to --targets");
  refused({"migrate", "--targets", "x", "--jobs", "0"}, "--jobs 0 does nothing");
  write_file(project.folder / "wrong", "database: a\nschemas: b\n");
  refused({"status", "--targets", "wrong"}, "wrong:2:1: error: this line names no target");
  CHECK(holds(project.run({"migrate", "--targets", "SELECT NULL::text AS url"}).err, "has no value in its column url"));
}

TEST_CASE("one more setting of a session, however the database is named", "[fleet]") {
  CHECK(postgres::with_session_setting("postgresql://h/d", "search_path", "a,public") ==
        "postgresql://h/d?options=-c%20search_path%3Da%2Cpublic");
  CHECK(postgres::with_session_setting("postgresql://h/d?sslmode=require&options=-c%20a%3D1", "b", "x y") ==
        "postgresql://h/d?sslmode=require&options=-c%20a%3D1%20-c%20b%3Dx%5C%20y");
  CHECK(postgres::with_session_setting("host=h options='-c a=1'", "b", "2") == "host=h options='-c a=1 -c b=2'");
  CHECK(postgres::with_session_setting("shop", "b", "2") == "dbname=shop options='-c b=2'");
  CHECK(postgres::with_session_setting("", "b", "2") == "options='-c b=2'");
}
