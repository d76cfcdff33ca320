// What becomes of migrations that cannot be one transaction when something dies: the statement, the runner, the lock.
#include "runner/lock.h"
#include "runner/repair.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;
namespace fs = std::filesystem;

namespace {

Text indexes_of(Project& project, const Text& table) {
  return project.value(
      concat("SELECT string_agg(relname || ' ' || indisvalid, ', ' ORDER BY relname) FROM pg_index"
             " JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = '",
             table, "'::regclass"));
}

}  // namespace

TEST_CASE("a statement whose commit fails is not done", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "create table teams (id int primary key);\n"
              "create table players (id int, team int references teams deferrable initially deferred);");
  project.add("2_b.sql",
              "create index concurrently players_team on players (team);\ninsert into players values (1, 77);\n"
              "alter table players add nick text;");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.sqlstate == "23503");
  CHECK(error.where.line == 2);
  CHECK(project.rows()[1].statements_done == 1);
  project.connection.execute("insert into teams values (77)");
  project.migrate();
  CHECK(project.value("SELECT count(*) FROM players") == "1");
}

TEST_CASE("a deferred constraint that fails in one transaction names the file", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "create table teams (id int primary key);\n"
              "create table players (id int, team int references teams deferrable initially deferred);\n"
              "insert into players values (1, 77);");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(holds(error.where.file, "1_a.sql"));
  CHECK(holds(error.detail, "deferred"));
}

TEST_CASE("the file's own commit takes the row along", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "-- quoin: no-transaction\ncreate table teams (id int primary key);\n"
              "create table players (id int, team int references teams deferrable initially deferred);\n"
              "begin;\ninsert into players values (1, 77);\ncommit;\nbegin read only;\nselect 1;\ncommit;");
  CHECK(error_of([&] { project.migrate(); }).sqlstate == "23503");
  CHECK(project.rows()[0].statements_done == 2);
  project.connection.execute("insert into teams values (77)");
  project.migrate();
  CHECK(project.value("SELECT count(*) FROM players") == "1");
}

TEST_CASE("an index that was built after its runner died is done, an invalid one is built anew", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  const Text name = GENERATE("a_x_idx", "");
  project.add("1_a.sql", "create table a (x int); insert into a values (1), (1);");
  const Text build = concat("create unique index concurrently ", name, " on a (x)");
  project.add("2_b.sql", build + ";\ncreate table b (y int);");
  CHECK(error_of([&] { project.migrate(); }).sqlstate == "23505");
  CHECK(indexes_of(project, "a") == "a_x_idx false");
  project.connection.execute("delete from a");
  SECTION("left invalid") {}
  SECTION("finished by the server") {
    project.connection.execute("drop index a_x_idx");
    project.connection.execute(build);
  }
  project.migrate();
  CHECK(indexes_of(project, "a") == "a_x_idx true");
  CHECK(project.has("b"));
}

TEST_CASE("IF NOT EXISTS passes no invalid index for built", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int); insert into a values (1), (1);");
  project.migrate();
  CHECK(error_of([&] { project.connection.execute("create unique index concurrently a_x on a (x)"); }).sqlstate ==
        "23505");
  project.connection.execute("delete from a");
  project.add("2_b.sql", "create table b (y int);\ncreate unique index concurrently if not exists a_x on a (x);");
  project.migrate();
  CHECK(indexes_of(project, "a") == "a_x true");
}

TEST_CASE("copies that REINDEX left are removed, and what was dropped or detached is done", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "create table a (x int); create index a_x on a (x); create index a_y on a (x);\n"
              "create table p (x int) partition by list (x); create table p1 partition of p for values in (1);");
  project.add("2_b.sql", "reindex table concurrently a;\ndrop index concurrently a_y;\ncreate table b (y int);");
  project.migrate({"1", {}});
  const auto files = project.files();
  Entry entry;
  entry.version = "2";
  entry.status = Status::running;
  entry.checksum = files[1].checksum;
  SECTION("in the middle of REINDEX") {
    entry.begun = 1;
    entry.begun_with = "\nreindex table concurrently a";
    project.connection.execute("create index a_x_ccnew on a (x)");
    project.connection.execute("update pg_index set indisvalid = false where indexrelid = 'a_x_ccnew'::regclass");
  }
  SECTION("after DROP INDEX") {
    const Script script = read_script(files[1].up, Wrapping::transaction);
    entry.statements_done = 1;
    entry.done_checksum = checksum_of(script, 1);
    entry.begun = 2;
    entry.begun_with = concat("\n", script.pieces[1].sql);
    project.connection.execute("drop index a_y");
  }
  REQUIRE(project.ledger.add(project.connection, entry));
  project.migrate();
  CHECK(indexes_of(project, "a") == "a_x true");
  CHECK(project.has("b"));
}

TEST_CASE("what may have been done is asked about, never done again unasked", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "-- quoin: no-transaction\ncreate table a (x int);\n"
              "create procedure p() language plpgsql as $$ begin insert into a values (1); commit; end $$;\n"
              "call p();\ncall p();");
  project.migrate();
  CHECK(project.value("SELECT count(*) FROM a") == "2");
  const Script script = read_script(project.files()[0].up, Wrapping::bare);
  leave_behind(project, "1",
               concat("status = 'running', statements_done = 2, begun = 3, begun_with = E'\\ncall p()',"
                      " done_checksum = ",
                      quote_literal(checksum_of(script, 2))));
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  INFO(error.what());
  CHECK(holds(error.what(), "not known whether statement 3"));
  CHECK(holds(error.hint, "quoin repair 1 --done 3"));
  CHECK(error_of([&] { project.migrate(); }).code == Code::refused);  // until it is answered
  const auto files = project.files();
  const auto rows = project.rows();
  const auto statuses = compare(files, rows);
  CHECK(error_of([&] { repair(project.session, statuses[0], {ClaimedState::partly, 9}); }).code == Code::input);
  repair(project.session, statuses[0], {ClaimedState::partly, 3});
  project.migrate();
  CHECK(project.value("SELECT count(*) FROM a") == "3");
  CHECK(project.rows()[0].status == Status::applied);
}

TEST_CASE("a session is made as it was, or the run says that it cannot be", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create schema app; create table app.a (x int); insert into app.a values (1), (1);");
  const Text second =
      "select pg_catalog.set_config('search_path', 'app', false);\ncreate temp table kept as select * from a;\n"
      "create unique index concurrently a_x on a (x);\ncreate table b (y int);\n";
  project.add("2_b.sql", second);
  CHECK(error_of([&] { project.migrate(); }).sqlstate == "23505");
  CHECK(holds(join(project.remarks, "\n"), "the temporary kept is gone"));
  project.connection.execute("delete from app.a");
  project.migrate();
  CHECK(project.has("app.b"));
  CHECK(indexes_of(project, "app.a") == "a_x true");
  project.add("3_c.sql", "create temp table kept as select 1;\nvacuum nowhere;\ncreate table c as table kept;");
  CHECK(error_of([&] { project.migrate(); }).sqlstate == "42P01");
  project.add("3_c.sql", "create temp table kept as select 1;\nvacuum app.a;\ncreate table c as table kept;");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "the temporary kept"));
}

TEST_CASE("a procedure that changes its session in its own way is said before a file goes on", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.connection.execute(
      "create schema app; create procedure app.enter() language plpgsql as $$ begin"
      " perform pg_catalog.set_config('search_path', 'app', false); end $$;");
  project.add("1_a.sql", "call app.enter();\nvacuum nowhere;\ncreate table c (x int);");
  CHECK(error_of([&] { project.migrate(); }).sqlstate == "42P01");
  project.add("1_a.sql", "call app.enter();\nvacuum;\ncreate table c (x int);");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  INFO(error.what());
  CHECK(holds(error.what(), "call app.enter()"));
}

TEST_CASE("a recorded down runs as its file said, and a down that died may be mended", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\n-- Down Migration\ndrop table a;");
  project.add("2_b.sql",
              "-- quoin: no-transaction\n-- Up Migration\ncreate table b (x int);\n-- Down Migration\n"
              "begin;\ndrop table b;\ncommit;\ndrop table nowhere;\nselect 1;");
  project.migrate();
  CHECK(project.rows()[1].down_directives == List{"no-transaction"});
  SECTION("mended") {
    CHECK(error_of([&] { project.rollback(); }).sqlstate == "42P01");
    project.add("2_b.sql",
                "-- quoin: no-transaction\n-- Up Migration\ncreate table b (x int);\n-- Down Migration\n"
                "begin;\ndrop table b;\ncommit;\nselect 1;");
    project.rollback();
  }
  SECTION("its file gone") {
    fs::remove(project.path / "2_b.sql");
    project.connection.execute("create table nowhere ()");
    project.rollback();
  }
  CHECK_FALSE(project.has("b"));
  CHECK(project.rows().size() == 1);
}

TEST_CASE("an empty down undoes nothing, and a migration that is given up can be settled", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "-- Up Migration\nselect 1;\n-- Down Migration\n-- nothing to undo\n");
  project.migrate();
  project.rollback();
  CHECK(project.rows().empty());
  project.migrate();
  project.add("2_b.sql", "create table b (y int);\nvacuum nowhere;");
  CHECK(error_of([&] { project.migrate(); }).sqlstate == "42P01");
  fs::remove(project.path / "2_b.sql");
  const Error refused = error_of([&] { project.migrate(); });
  CHECK(holds(refused.hint, "quoin repair 2 --applied"));
  const auto files = project.files();
  const auto rows = project.rows();
  const auto statuses = compare(files, rows);
  const ClaimedState settled = GENERATE(ClaimedState::applied, ClaimedState::pending);
  repair(project.session, statuses[1], {settled});
  CHECK(project.rows().size() == (settled == ClaimedState::applied ? 2 : 1));
  CHECK(holds(project.value("SELECT detail FROM quoin.log WHERE action = 'repair'"), "was failed after 1 statement"));
  project.migrate();
}
