// A ledger that holds what no quoin has written: told with a way out, and nothing runs twice.
#include "runner/repair.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;

namespace {

void assign(Project& project, const Text& assignments) {
  project.connection.execute(concat("update quoin.migrations set ", assignments));
}

}  // namespace

TEST_CASE("a row that no quoin has written stops every run, and can be settled", "[runner][live]") {
  struct Odd {
    const char *assignments, *told;
  };
  const Odd odd = GENERATE(
      Odd{"status = 'running', worker = 'abc def'", "the worker \"abc def\""},
      Odd{"status = 'running', worker = '99999999999999999999 1'", "the worker \"99999999999999999999 1\""},
      Odd{"status = 'running', worker = ' '", "the worker \" \""},
      Odd{"status = 'failed', statements_done = -2", "statements_done \"-2\""},
      Odd{"status = 'failed', begun = 1, begun_with = '\ninsert into a values (1)', statements_done = 2",
          "statement 1 begun, with 2 done"},
      Odd{"status = 'failed', begun = 3, statements_done = 2, begun_with = 'x'", "not which it was"},
      Odd{"status = 'failed', statements_done = null, worker = null", "no value in "},
      Odd{"status = null", "no value in status; the status \"\""},
      Odd{"checksum = null, revision = null", "no value in "}, Odd{"status = 'paused'", "the status \"paused\""});
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "create table a (x int);\ninsert into a values (1);\ncreate index concurrently a_x on a (x);\n"
              "-- Down Migration\ndrop table a;\n");
  project.migrate();
  project.connection.execute("alter table quoin.migrations drop constraint migrations_status_check");
  for (const char* column : {"checksum", "status", "statements_done", "worker", "revision"})
    project.connection.execute(concat("alter table quoin.migrations alter ", column, " drop not null"));
  assign(project, odd.assignments);
  for (const bool undoes : {false, true}) {
    const Error error = error_of([&] { undoes ? project.rollback() : project.migrate(); });
    INFO(error.what());
    CHECK(error.code == Code::refused);
    CHECK(holds(error.what(), "row of 1_a holds what quoin does not write"));
    CHECK(holds(error.what(), odd.told));
    CHECK(holds(error.hint, "quoin repair 1 --applied"));
  }
  CHECK(project.value("select count(*) from a") == "1");
  const auto files = project.files();
  const auto rows = project.rows();
  const auto all = compare(files, rows);
  CHECK(all[0].state == State::failed);
  repair(project.session, all[0], {ClaimedState::applied});
  project.migrate();
  CHECK(project.value("select count(*) from a") == "1");
  project.rollback();
  CHECK_FALSE(project.has("a"));
}

TEST_CASE("statements done of an odd row are counted anew", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "create table a (x int);\ncreate index concurrently a_x on a (x);\ninsert into a values (1);\n");
  project.migrate();
  project.connection.execute("alter table quoin.migrations drop constraint migrations_status_check; delete from a");
  assign(project, "status = 'x', statements_done = 0");
  const auto files = project.files();
  const auto rows = project.rows();
  repair(project.session, compare(files, rows)[0], {ClaimedState::partly, 2});
  project.migrate();
  CHECK(project.value("select count(*) from a") == "1");
}

TEST_CASE("a table that is laid out in another way is no ledger", "[runner][live]") {
  struct Other {
    const char *sql, *told;
  };
  const Other other = GENERATE(
      Other{"alter table quoin.migrations alter applied_at drop default, alter applied_at type text",
            "column applied_at of quoin.migrations is text, not timestamp with time zone"},
      Other{
          "alter table quoin.migrations drop error",
          "quoin.migrations has no column error: ALTER TABLE quoin.migrations ADD COLUMN error pg_catalog.text NOT NULL"
          " DEFAULT ''"},
      Other{"alter table quoin.migrations alter statements_done type boolean using true",
            "column statements_done of quoin.migrations is boolean, not bigint"},
      Other{"alter table quoin.log drop action", "quoin.log has no column action"},
      Other{"alter table quoin.log drop at, add at text", "column at of quoin.log is text"},
      Other{"alter table quoin.migrations add squad text; update quoin.migrations set squad = '';"
            " alter table quoin.migrations alter squad set not null",
            "column squad of quoin.migrations wants a value, and has no default: ALTER TABLE quoin.migrations ALTER "
            "COLUMN"
            " squad DROP NOT NULL"},
      Other{"alter table quoin.migrations drop constraint migrations_pkey",
            "versions in quoin.migrations need not be unique: ALTER TABLE quoin.migrations ADD PRIMARY KEY (version)"},
      Other{"alter table quoin.migrations add unique (name)",
            "has a unique index besides its versions': ALTER TABLE quoin.migrations DROP CONSTRAINT "
            "migrations_name_key"});
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\n");
  project.migrate();
  project.add("2_b.sql", "create table b (x int);\n");
  project.connection.execute(other.sql);
  const Error error = error_of([&] {
    project.ledger.failures(project.connection);
    project.migrate();
  });
  INFO(error.what());
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), other.told));
  CHECK(holds(error.hint, "put that right in psql as its owner"));
  CHECK(holds(error.hint, "in quoin.yaml, ledger: quoin.ledger"));
  CHECK_FALSE(project.has("b"));
}

TEST_CASE("a ledger with kinds of text and numbers of its own is written all the same", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\n");
  project.migrate();
  project.connection.execute(
      "alter table quoin.migrations alter name type varchar(4), alter statements_done type integer, add noted text");
  project.add("2_b.sql", "create table b (x int);\n");
  project.migrate();
  CHECK(project.has("b"));
  project.add("3_a_long_name.sql", "create table c (x int);\n");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(holds(error.what(), "does not take what quoin writes: value too long"));
  CHECK(holds(error.hint, "\\d+ quoin.migrations"));
  CHECK_FALSE(project.has("c"));
}

TEST_CASE("two rows of one number are both told, and neither is taken for the other", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\n-- Down Migration\ndrop table a;\n");
  project.migrate();
  project.connection.execute(
      "insert into quoin.migrations (version, name, description, checksum, status, execution_ms, error,"
      " statements_done, done_checksum) values ('01', 'old', '', 'x', 'applied', 0, '', 0, '')");
  const auto files = project.files();
  const auto rows = project.rows();
  const auto all = compare(files, rows);
  REQUIRE(all.size() == 2);
  CHECK(named(all, "1").entry->version == "1");
  CHECK(named(all, "01").entry->version == "01");
  CHECK(holds(named(all, "1").last_error(), "same number as another row's, 01"));
  CHECK(holds(named(all, "01").last_error(), "same number as another row's, 1"));
  for (const bool undoes : {false, true}) {
    const Error error = error_of([&] { undoes ? project.rollback() : project.migrate(); });
    CHECK(error.code == Code::refused);
    CHECK(holds(error.what(), "same number"));
  }
  repair(project.session, named(all, "01"), {ClaimedState::pending});
  CHECK(project.rows().size() == 1);
  project.migrate();
  project.rollback();
  CHECK_FALSE(project.has("a"));
}
