// What reset takes along, and what stands where it is refused.
#include "runner/emptying.h"
#include "tests/commands_project.h"

using namespace quoin;

namespace {
void configure(const CommandsProject& project, const Text& yaml) { write_file(project.folder / "quoin.yaml", yaml); }
}  // namespace

TEST_CASE("reset refuses to take along what lies outside of what is managed, and names it", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  configure(project, "managed_schemas: [a]\nassume: [auth]\n");
  postgres::Connection server = project.database->connect();
  server.execute(
      "CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA auth; CREATE TYPE a.en AS ENUM ('x'); CREATE TABLE a.t (id int);"
      "CREATE TABLE auth.users (id int, kind a.en); CREATE TABLE b.kid () INHERITS (a.t);"
      "CREATE VIEW b.v AS SELECT id FROM a.t; CREATE FUNCTION a.f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
      "CREATE TABLE b.d (n int DEFAULT a.f()); CREATE INDEX ON a.t (id); CREATE VIEW a.own AS SELECT * FROM a.t;"
      "ALTER TABLE a.t ADD PRIMARY KEY (id); CREATE TABLE b.r (id int CONSTRAINT refers REFERENCES a.t)");
  for (const List& arguments : {List{"reset", "--drop-schema", "--dry-run"}, List{"reset", "--drop-schema", "-y"}}) {
    const Ran ran = project.run(arguments);
    INFO(ran.out + ran.err);
    CHECK(ran.code == 3);
    for (const char* name : {"column kind of table auth.users", "table b.kid", "view b.v", "default value for column n",
                             "constraint refers on table b.r"})
      CHECK(holds(ran.err, name));
    for (const char* name : {"a.own", "index", "rule", "type b.", "trigger"})
      CHECK_FALSE(holds(ran.err, concat("\n    ", name)));
  }
  CHECK(project.value("SELECT count(kind) FROM auth.users") == "0");
  server.execute("DROP VIEW b.v; DROP TABLE b.kid, b.d, b.r; ALTER TABLE auth.users DROP COLUMN kind");
  const Ran ran = project.run({"reset", "--drop-schema", "-y"});
  INFO(ran.out + ran.err);
  CHECK(ran.code == 0);
  CHECK(project.value("SELECT to_regnamespace('a') IS NULL AND to_regclass('auth.users') IS NOT NULL") == "t");
}

TEST_CASE("a reset that is refused midway leaves the history with what it tells of", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_beds.sql", "CREATE TABLE beds (id int);");
  REQUIRE(project.run({"migrate"}).code == 0);
  postgres::Connection other = project.database->connect();
  other.execute("BEGIN; LOCK TABLE beds IN ACCESS SHARE MODE");
  const Ran locked = project.run({"reset", "--drop-schema", "-y", "--wait", "1"});
  INFO(locked.out + locked.err);
  CHECK(locked.code == 2);
  CHECK(holds(locked.err, "nothing was removed: the history and all objects are as they were"));
  CHECK(project.value("SELECT count(*) FROM quoin.migrations") == "1");
  other.execute("ROLLBACK");
  REQUIRE(project.run({"reset", "--drop-schema", "-y"}).code == 0);
  other.execute("CREATE TABLE without_history (id int)");
  REQUIRE(project.run({"reset", "--drop-schema", "-y"}).code == 0);
  CHECK(holds(project.run({"log"}).out, "removed all in schema public (1 object)"));
}

TEST_CASE("what was made after a reset's list was shown is not dropped", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  postgres::Connection server = project.database->connect();
  server.execute("CREATE TABLE seen (id int)");
  const runner::Ledger ledger("quoin.migrations", 10);
  ledger.create(server);
  const runner::DroppedContents shown = runner::find_contents(server, ledger, runner::EmptyingExtent{});
  server.execute("DROP TABLE seen; CREATE TABLE late (id int)");
  runner::LedgerSession session{server, ledger, {}, 10};
  Text told;
  try {
    runner::empty(session, shown, runner::EmptyingExtent{});
  } catch (const Error& error) { told = error.what(); }
  CHECK(holds(told, "has changed since"));
  CHECK(project.value("SELECT to_regclass('late') IS NOT NULL") == "t");
}

TEST_CASE("a name cannot forge a line of what reset, status and drop tell", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.database->connect().execute("CREATE SCHEMA \"x\nremoved everything\"");
  const Ran ran = project.run({"reset", "--drop-schema", "--dry-run"});
  CHECK(holds(ran.out, "x\\nremoved everything"));
  CHECK_FALSE(holds(ran.out, "\nremoved everything"));
}
