// What `repair` says of a migration: the order of application stays, and nothing that still runs is passed over.
#include "runner/repair.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;

namespace {

/// `request` said of one version, as the command would.
Text mend(Project& project, const Text& version, const Repair& request) {
  const auto files = project.files();
  const auto rows = project.rows();
  return repair(project.session, named(compare(files, rows), version), request);
}

List versions(Project& project) {
  List found;
  for (const Entry& entry : project.rows()) found.push_back(entry.version);
  return found;
}

}  // namespace

TEST_CASE("a repaired migration that was applied before stays where it was in the order", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\n-- Down Migration\ndrop table a;");
  project.add("2_b.sql", "create table b (x int);\n-- Down Migration\ndrop table b;");
  project.migrate();
  project.connection.execute("update quoin.migrations set applied_by = 'the deployer'");
  const Text when = "select applied_at::text || applied_by from quoin.migrations where version = '1'";
  const Text before = project.value(when);
  project.add("1_a.sql", "-- the first\ncreate table a (x int);\n-- Down Migration\ndrop table a;");
  CHECK(error_of([&] { project.migrate(); }).code == Code::refused);
  mend(project, "1", {ClaimedState::applied});
  project.migrate();
  CHECK(project.value(when) == before);
  project.rollback();
  CHECK(project.has("a"));
  CHECK_FALSE(project.has("b"));
}

TEST_CASE("what was not applied before is the last applied once it is said to be", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("2_b.sql", "create table b (x int);\n-- Down Migration\ndrop table b;");
  project.migrate();
  project.add("1_a.sql", "create table a (x int);\nvacuum nowhere;\n-- Down Migration\ndrop table a;");
  SECTION("pending") {}
  SECTION("failed") {
    Bounds late;
    late.late = Late::run;
    CHECK(error_of([&] { project.migrate(late); }).sqlstate == "42P01");
    project.connection.execute("update quoin.migrations set applied_at = '2020-01-01' where version = '1'");
  }
  mend(project, "1", {ClaimedState::applied});
  CHECK(versions(project) == List{"2", "1"});
}

TEST_CASE("what repeats is applied anew when its changed file is said to be", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("R__a.sql", "create or replace view a as select 1 as x;");
  project.migrate();
  project.add("1_b.sql", "create table b (x int);");
  project.migrate();
  const Text repeated = project.rows()[0].version;
  CHECK(versions(project) == List{repeated, "1"});
  project.add("R__a.sql", "create or replace view a as select 2 as x;");
  mend(project, repeated, {ClaimedState::applied});
  CHECK(versions(project) == List{"1", repeated});
}

TEST_CASE("an odd row without its time of application gets one from repair", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.migrate();
  project.connection.execute(
      "alter table quoin.migrations alter applied_at drop not null;"
      "update quoin.migrations set applied_at = null");
  CHECK(holds(project.rows()[0].odd, "no value in applied_at"));
  mend(project, "1", {ClaimedState::applied});
  CHECK(project.rows()[0].odd.empty());
}

TEST_CASE("repair waits for the process of the server that a dead runner left at work", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "-- quoin: no-transaction\nselect 1;\nselect 2;");
  project.migrate();
  postgres::Connection other = database->connect();
  other.execute("begin");
  project.connection.execute(
      concat("update quoin.migrations set status = 'running', worker = ", quote_literal(worker_of(other))));
  project.session.waiting = 0;
  const Repair request =
      GENERATE(Repair{ClaimedState::applied}, Repair{ClaimedState::pending}, Repair{ClaimedState::partly, 0});
  const Error error = error_of([&] { mend(project, "1", request); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "is still at work on 1_a"));
  CHECK(holds(error.hint, "pg_terminate_backend("));
  REQUIRE(project.rows().size() == 1);
  CHECK(project.rows()[0].status == Status::running);
  other.execute("commit");
  project.session.waiting = 30;
  mend(project, "1", request);
  CHECK(holds(join(project.remarks, "\n"), "waiting for process"));
  CHECK(project.value("select detail from quoin.log where action = 'repair'") != "");
}

TEST_CASE("repair waits no longer than it is told for a transaction that holds the row", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.add("2_b.sql", "create table b (x int);");
  project.migrate({"1", {}});
  postgres::Connection other = database->connect();
  other.execute("begin");
  Text version = "1";
  Repair request;
  SECTION("a rollback underway") {
    other.execute("delete from quoin.migrations where version = '1'");
    request.state = GENERATE(ClaimedState::pending, ClaimedState::applied);
  }
  SECTION("a migration underway") {
    version = "2";
    Entry entry;
    entry.version = version;
    REQUIRE(project.ledger.add(other, entry));
  }
  project.session.waiting = 0;
  const Error error = error_of([&] { mend(project, version, request); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), concat("still at work on ", version)));
  CHECK_FALSE(project.connection.in_transaction());
  other.execute("rollback");
  mend(project, version, request);
  CHECK(project.rows().size() == (request.state == ClaimedState::pending ? 0U : version == "2" ? 2U : 1U));
}
