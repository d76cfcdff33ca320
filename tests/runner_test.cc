// The runner on a private server; skipped, and said so, where this machine has no server programs.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "commands/interrupt.h"
#include "runner/lock.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;
namespace fs = std::filesystem;

TEST_CASE("migrations run once, and are undone by their down", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "-- Description: First\n-- Up Migration\ncreate table a (x int);\n-- Down Migration\ndrop table a;\n");
  project.add("2_b.sql", "-- Up Migration\ncreate table b (y int);\n-- Down Migration\ndrop table b;\n");
  CHECK(project.rows().empty());
  project.migrate();
  project.migrate();
  const auto rows = project.rows();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].description == "First");
  CHECK(rows[0].down == "drop table a;\n");
  CHECK(rows[0].checksum == project.files()[0].checksum);
  CHECK(rows[0].status == Status::applied);
  CHECK(rows[0].applied_by == "postgres");
  fs::remove(project.path / "2_b.sql");
  project.rollback();
  CHECK_FALSE(project.has("b"));
  CHECK(project.has("a"));
  CHECK(project.rows().size() == 1);
  CHECK(project.value("SELECT string_agg(action || ' ' || version, ', ' ORDER BY id) FROM quoin.log") ==
        "migrate 1, migrate 2, rollback 2");
}

TEST_CASE("a migration that fails leaves nothing, and says where", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.add("2_b.sql", "-- Up Migration\ncreate table b (y int);\nselect 'é', nowhere\n  from a;\n");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.sqlstate == "42703");
  CHECK(to_string(error.where) == (project.path / "2_b.sql").string() + ":3:13");
  CHECK(holds(error.detail, "statement: select"));
  CHECK(holds(error.detail, "nothing of 2_b is kept"));
  CHECK_FALSE(error.hint.empty());
  CHECK(project.has("a"));
  CHECK_FALSE(project.has("b"));
  CHECK(project.rows().size() == 1);
  CHECK(project.value("SELECT detail FROM quoin.log WHERE action = 'failure'") == error.what());
  project.add("2_b.sql", "create table b (y int);\ninsert into b values (1 / (select count(*) - count(*) from a));");
  CHECK(error_of([&] { project.migrate(); }).where.line == 2);
}

TEST_CASE("what a file leaves behind does not reach the ledger or the next file", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  const Text role = concat("quoin_test_", std::to_string(getpid()));
  project.connection.execute(concat("create role ", role));
  project.add("1_a.sql", concat("set role ", role, ";\nset search_path = pg_catalog;\nset datestyle = 'German';"));
  project.add("2_b.sql", "create table b (y int);");
  project.add("3_c.sql",
              concat("-- quoin: no-transaction\nset role ", role, ";\nset search_path = nowhere;\nselect 1;"));
  project.migrate();
  CHECK(project.rows().size() == 3);
  CHECK(project.has("public.b"));
  CHECK(project.value("SELECT current_user") == "postgres");
  project.connection.execute(concat("drop role ", role));
}

TEST_CASE("what cannot run in a transaction goes on where it died", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int); insert into a values (1), (1);");
  const Text second =
      "set search_path = public;\ncreate table b (y int);\ncreate unique index concurrently a_x on a (x);\n"
      "vacuum b;\n-- Down Migration\ndrop table b;\ndrop index concurrently a_x;\n";
  project.add("2_b.sql", second);
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.sqlstate == "23505");
  CHECK(error.where.line == 3);
  CHECK(holds(error.detail, "2 of 4 statements of 2_b are done"));
  auto rows = project.rows();
  REQUIRE(rows.size() == 2);
  CHECK(rows[1].status == Status::failed);
  CHECK(rows[1].statements_done == 2);
  CHECK(holds(rows[1].error, "a_x"));

  project.add("2_b.sql", "select 1;\n" + second);
  CHECK(error_of([&] { project.migrate(); }).code == Code::refused);
  project.add("2_b.sql", "-- mended behind what is done\n" + second);
  project.connection.execute("delete from a");
  project.migrate();
  rows = project.rows();
  CHECK(rows[1].status == Status::applied);
  CHECK(rows[1].error.empty());
  CHECK(project.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_x'::regclass") == "t");
  project.rollback();
  CHECK_FALSE(project.has("a_x"));
  CHECK(project.rows().size() == 1);
}

TEST_CASE("a rollback that died goes on, and nothing else runs before", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "create table a (x int); create index a_x on a (x);\n-- Down Migration\n"
              "drop index concurrently a_x;\ndrop table a;\n");
  project.migrate();
  project.connection.execute("create view v as select * from a");
  const Error error = error_of([&] { project.rollback(); });
  CHECK(error.sqlstate == "2BP01");
  CHECK(project.rows()[0].status == Status::undoing);
  CHECK(project.rows()[0].statements_done == 1);
  CHECK(holds(error_of([&] { project.migrate(); }).what(), "rollback of 1_a is not finished"));
  project.connection.execute("drop view v");
  project.rollback();
  CHECK_FALSE(project.has("a"));
  CHECK(project.rows().empty());
}

TEST_CASE("own transactions are refused unless said", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.add("2_b.sql", "begin;\ncreate table b (x int);\ncommit;");
  Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(error.where.line == 1);
  CHECK_FALSE(project.has("a"));
  project.add("2_b.sql", "-- quoin: no-transaction\nbegin;\ncreate table b (x int);\nselect 1 / 0;\ncommit;");
  error = error_of([&] { project.migrate(); });
  CHECK(holds(error.detail, "0 of 4 statements"));
  CHECK_FALSE(project.has("b"));
  project.add("2_b.sql", "create table b (x int);");
  project.migrate();
  CHECK(project.has("b"));
}

TEST_CASE("nothing runs that is changed, late or lacks what it needs", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.add("3_c.sql", "-- quoin: depends-on 4\ncreate table c (x int);");
  project.add("4_d.sql", "create table d (x int);");
  CHECK(holds(error_of([&] { project.migrate(); }).what(), "3_c depends on 4_d"));
  project.add("3_c.sql", "-- quoin: depends-on 2\ncreate table c (x int);");
  const Error absent = error_of([&] { project.migrate(); });
  CHECK(holds(absent.what(), "3_c depends on 2, which the folder does not hold"));
  CHECK(holds(to_string(absent.where), "3_c.sql:1:1"));
  project.add("3_c.sql", "-- quoin: depends-on 1\n-- quoin: optional\ncreate table c (x int);");
  project.migrate({{}, {}, Optional::skip, Late::refuse});
  CHECK_FALSE(project.has("c"));
  const Error late = error_of([&] { project.migrate(); });
  CHECK(late.code == Code::refused);
  CHECK(holds(late.what(), "3_c.sql"));
  project.migrate({{}, {}, Optional::run, Late::run});
  CHECK(project.has("c"));
  project.add("1_a.sql", "create table a (x bigint);");
  const Error changed = error_of([&] { project.migrate(); });
  CHECK(changed.code == Code::refused);
  CHECK(exit_code(changed.code) == 3);
  CHECK(changed.where.file.ends_with("1_a.sql"));
  project.add("1_a.sql", "create table a (x int);");
  CHECK(error_of([&] { project.migrate({"9", {}}); }).code == Code::input);
  project.add("5_e.sql", "-- Up Migration\n\n-- Down Migration\n");
  CHECK(holds(error_of([&] { project.migrate(); }).what(), "5_e.sql is still empty"));
  CHECK(error_of([&] { project.rollback(); }).code == Code::refused);  // no down
}

TEST_CASE("a signal stops the statement, and the database is as it was", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\nselect pg_sleep(30);\n");
  const Interrupt interrupt;
  project.session.stop = interrupt.stop();
  const std::stop_callback cancel(interrupt.stop(), [&] { project.connection.cancel(); });
  std::thread hand([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    kill(getpid(), SIGINT);
  });
  const Error error = error_of([&] { project.migrate(); });
  hand.join();
  CHECK(exit_code(error.code) == 2);
  CHECK(error.sqlstate == "57014");
  CHECK(holds(error.what(), "interrupted in 1_a"));
  CHECK(holds(error.detail, "nothing of 1_a is kept"));
  CHECK_FALSE(project.has("a"));
  CHECK(project.rows().empty());
}

TEST_CASE("a connection that is killed midway leaves nothing", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\nselect pg_terminate_backend(pg_backend_pid());\n");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(holds(error.what(), "connection was lost"));
  CHECK(holds(error.detail, "rolls back"));
  project.connection = database->connect();
  CHECK_FALSE(project.has("a"));
  CHECK(project.rows().empty());
}

TEST_CASE("one runner at a time", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  auto first = std::make_unique<LedgerLock>(database->url(), "quoin.migrations", Waiting{0, {}});
  const LedgerLock elsewhere(database->url(), "other.migrations", Waiting{0, {}});
  Text told;
  const Error error = error_of([&] {
    const LedgerLock second(database->url(), "quoin.migrations",
                            Waiting{1, [&](std::string_view line) { told = line; }});
  });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "postgres (quoin, process "));
  CHECK(holds(told, "waiting for postgres"));
  first->require_held();
  first.reset();
  const LedgerLock third(database->url(), "quoin.migrations", Waiting{5, {}});
}

TEST_CASE("retries and lock timeouts", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.migrate();
  postgres::Connection other = database->connect();
  other.execute("BEGIN; LOCK TABLE a");
  project.add("2_b.sql", "-- quoin: lock-timeout 50ms\n-- quoin: retry 1\nalter table a add y int;");
  CHECK(error_of([&] { project.migrate(); }).sqlstate == "55P03");
  REQUIRE(project.remarks.size() == 1);
  CHECK(holds(project.remarks[0], "trying again (1 of 1)"));
  other.execute("ROLLBACK");
  project.migrate();
  CHECK(project.rows().size() == 2);
}

TEST_CASE("a ledger of another name, and one that is not ours", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.ledger = Ledger("system.schema_migrations");
  project.add("1_a.sql", "create table a (x int);");
  project.migrate();
  CHECK(project.has("system.schema_migrations"));
  CHECK(project.has("system.schema_migrations_log"));
  CHECK_FALSE(project.has("quoin.migrations"));
  project.connection.execute("create table foreign_ledger (version text)");
  project.ledger = Ledger("public.foreign_ledger");
  const Error error = error_of([&] { project.rows(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "is not as quoin makes it: public.foreign_ledger has no column name"));
  CHECK(holds(error.hint, "is another program's table"));
  CHECK_THROWS_AS(Ledger("a.b.c"), Error);
}

TEST_CASE("statements that cannot run in a transaction are known", "[runner]") {
  const auto transactional = [](const Text& sql) {
    return read_script({"f.sql", sql}, Wrapping::transaction).transactional;
  };
  for (const char* sql :
       {"create index concurrently on a (x)", "drop index concurrently a_x", "reindex table concurrently a",
        "reindex (concurrently) index a_x", "reindex database x", "vacuum", "vacuum full a", "create database x",
        "drop database x", "alter system set jit = off", "cluster", "create tablespace x location '/x'",
        "drop tablespace x", "discard all", "alter table a detach partition b concurrently",
        "alter table a detach partition b finalize", "create subscription s connection '' publication p",
        "drop subscription s"}) {
    INFO(sql);
    CHECK_FALSE(transactional(sql));
  }
  for (const char* sql :
       {"create index on a (x)", "drop index a_x", "reindex table a", "analyze", "cluster a using a_x",
        "alter table a detach partition b", "discard temp", "savepoint x; rollback to x; release x",
        "create subscription s connection '' publication p with (create_slot = false)", "alter type e add value 'x'",
        "refresh materialized view concurrently m", "create table a (x int)"}) {
    INFO(sql);
    CHECK(transactional(sql));
  }
  const Script script =
      read_script({"f.sql", "select 1;\nthis is no sql; /* x */ select 2;\n-- end\n"}, Wrapping::transaction);
  CHECK(script.notes.size() == 1);
  REQUIRE(script.pieces.size() == 3);
  CHECK(holds(script.pieces[1].sql, "this is no sql"));
  CHECK(script.pieces[1].begin == 10);
}

TEST_CASE("what repeats runs again when it changes, and nothing comes too late for it", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("V1__a.sql", "create table a (x int);");
  project.add("U1__a.sql", "drop table a cascade;");
  project.add("R__seen.sql", "create or replace view seen as select 1 as n from a;");
  project.migrate();
  CHECK(project.has("seen"));
  project.add("V2__b.sql", "create table b (y int);");
  project.migrate();
  CHECK(project.has("b"));
  const auto before = project.rows();
  project.migrate();
  CHECK(project.rows().size() == before.size());
  project.add("R__seen.sql", "create or replace view seen as select 1 as n, 2 as m from a;");
  const auto files = project.files();
  CHECK(compare(files, before).back().state == State::pending);
  project.migrate();
  CHECK(project.value("SELECT count(*) FROM information_schema.columns WHERE table_name = 'seen'") == "2");
  CHECK(project.rows().size() == 3);
  project.add("U2__b.sql", "drop table b;");
  project.rollback();
  CHECK_FALSE(project.has("b"));
  project.rollback();
  CHECK_FALSE(project.has("a"));
  REQUIRE(project.rows().size() == 1);
  CHECK(project.rows()[0].label() == "R__seen");
}

TEST_CASE("a down runs as its own file says", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.up.sql", "create table a (x int);");
  project.add("1_a.down.sql", "-- quoin: no-transaction\nbegin;\ndrop table a;\ncommit;");
  project.migrate();
  project.rollback();
  CHECK_FALSE(project.has("a"));
}
