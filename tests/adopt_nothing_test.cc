// Databases in which there is nothing for quoin adopt to take over, and what is said of them.
#include "core/postgres/postgres.h"
#include "tests/commands_project.h"

using namespace quoin;

TEST_CASE("where quoin's own ledger is there, and no other, there is nothing to adopt", "[adopt][live]") {
  CommandsProject project;
  if (!project.live()) return;
  const auto other = Shadow::start({})->create_database();
  project.add("1_a.sql", "-- migrate:up\nCREATE TABLE a (x int);\n-- migrate:down\nDROP TABLE a;\n");
  CHECK(project.run({"adopt"}).code == 2);  // nobody follows it yet
  REQUIRE(project.run({"migrate"}).code == 0);
  other.connect().execute(
      "CREATE TABLE a (x int); CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);"
      "INSERT INTO schema_migrations VALUES ('1')");
  write_file(project.folder / "targets", concat("database: ", project.database->connect().database(),
                                                "\ndatabase: ", other.connect().database(), "\n"));
  for (const List& command : {List{"adopt", "--targets", "targets"}, List{"adopt", "dbmate", "--targets", "targets"}}) {
    const Ran ran = project.run(command);
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    CHECK(holds(ran.out, ": nothing to adopt: quoin's own ledger is there, and no other tool's\n"));
  }
  CHECK(other.connect().query("SELECT version FROM quoin.migrations").text(0, 0) == "1");
  const Ran json = project.run({"adopt", "--json"});
  CHECK(json.code == 0);
  CHECK(holds(json.out, "\"tool\": null"));
  CHECK(project.run({"adopt", "dbmate", "--table", "public.none"}).code == 2);
}

TEST_CASE("a history of which nothing can be taken over is told with the way beside it", "[adopt][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.value("CREATE TABLE schema_migrations (version varchar PRIMARY KEY)");
  project.value(
      "CREATE TABLE ar_internal_metadata (key varchar PRIMARY KEY, value varchar, created_at timestamp NOT NULL,"
      " updated_at timestamp NOT NULL)");
  project.value("INSERT INTO schema_migrations VALUES ('20250301080000')");
  project.value("INSERT INTO ar_internal_metadata VALUES ('environment', 'test', now(), now())");
  project.add("20260101000000_notes.sql", "CREATE TABLE notes (x int);\n");
  const Ran refused = project.run({"migrate"});
  INFO(refused.err);
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "1 beyond quoin's reach"));
  CHECK_FALSE(holds(refused.err, "quoin adopt"));
  CHECK(holds(refused.err, "quoin migrate --allow other-history runs the files here beside it"));
  const Ran status = project.run({"status", "--exit-code"});
  CHECK(status.code == 3);
  CHECK(holds(status.out, "quoin migrate --allow other-history"));
  const Ran adopt = project.run({"adopt", "rails"});
  CHECK(adopt.code == 0);
  CHECK(holds(adopt.out, "nothing to adopt"));
  CHECK(holds(adopt.out, "quoin migrate --allow other-history runs the files here beside it"));
  CHECK(project.run({"migrate", "--allow", "other-history"}).code == 0);
  CHECK(project.run({"status", "--exit-code"}).code == 0);
}
