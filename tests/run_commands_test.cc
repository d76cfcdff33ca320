// create, migrate, rollback, status, list and validate as a user runs them.
#include <chrono>
#include <csignal>
#include <thread>

#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

bool comes_true(const std::function<bool()>& holds_now) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (holds_now()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

TEST_CASE("a migration from create to rollback", "[commands][live]") {
  CommandsProject project;
  const Ran created = project.run({"create", "Add orders", "-d", "Customers can order"});
  CHECK(created.code == 0);
  const Text path(trim(created.out));
  REQUIRE(path.ends_with("_add_orders.sql"));
  Text text = read_file(project.folder / path);
  CHECK(text.starts_with("-- Description: Customers can order\n-- Created: "));
  if (!project.live()) return;
  const Ran empty = project.run({"migrate"});
  CHECK(empty.code == 3);
  CHECK(holds(empty.err, "is still empty"));
  text.replace(text.find("-- Up Migration\n"), 16, "-- Up Migration\nCREATE TABLE orders (id int);\n");
  write_file(project.folder / path, text + "DROP TABLE orders;\n");
  CHECK(holds(project.run({"status"}).out, "pending   1"));
  CHECK(project.value("SELECT to_regnamespace('quoin') IS NULL") == "t");
  CHECK(holds(project.run({"migrate", "--dry-run"}).out, "would run "));
  const Ran migrated = project.run({"migrate"});
  CHECK(migrated.code == 0);
  CHECK(holds(migrated.out, "applied "));
  CHECK(project.run({"migrate"}).out == "nothing to run: all is applied\n");
  CHECK(holds(project.run({"list"}).out, "add_orders"));
  CHECK(holds(project.run({"list", "--json"}).out, "\"state\": \"applied\""));
  const Ran unasked = project.run({"rollback"});
  CHECK(unasked.code == 3);
  CHECK(holds(unasked.err, "say -y"));
  const Ran partly = project.run({"rollback", "--allow", "access"});
  CHECK(partly.code == 3);
  CHECK(holds(partly.err, "if it is meant: --allow data-loss too"));
  CHECK(project.run({"rollback", "--allow", "data-los"}).code == 64);
  CHECK(project.run({"rollback", "--allow", "data-loss"}).code == 0);
  CHECK(project.value("SELECT to_regclass('orders') IS NULL") == "t");
  const Ran valid = project.run({"validate"});
  CHECK(valid.code == 0);
  CHECK(holds(valid.err, "1 migration up, 1 down, and up again"));
}

TEST_CASE("what goes wrong has its exit code and a word on what to do", "[commands]") {
  const CommandsProject project;
  const auto failed = [&](const List& arguments, int code, std::string_view says) {
    const Ran ran = project.run(arguments);
    INFO(ran.err);
    CHECK(ran.code == code);
    CHECK(ran.out.empty());
    CHECK(holds(ran.err, says));
    CHECK(holds(ran.err, "hint: "));
  };
  failed({"migrate"}, 64, "no database is named");
  failed({"--database", "postgresql://ann:secret@127.0.0.1:1/shop", "migrate"}, 2, "host 127.0.0.1, port 1");
  CHECK_FALSE(holds(project.run({"--database", "postgresql://ann:secret@127.0.0.1:1/shop", "status"}).err, "secret"));
  failed({"validate"}, 2, "holds no migrations");
  failed({"create", "!"}, 2, "no letter or digit");
  project.add("1_a.sql", "BEGIN;\nSELECT 1;\nCOMMIT;");
  const Ran invalid = project.run({"validate", "--shadow", "off"});
  CHECK(invalid.code == 1);
  CHECK(holds(invalid.out, "migrations/1_a.sql:1:1: error: "));
}

TEST_CASE("a run that fails, is changed or broken into says so", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE a (x int);\n-- Down Migration\nDROP TABLE a;\n");
  project.add("2_b.sql", "CREATE TABLE b (x int);\nINSERT INTO b\n  SELECT nowhere FROM a;\n");
  const Ran failed = project.run({"migrate"});
  CHECK(failed.code == 2);
  CHECK(holds(failed.out, "applied 1_a"));
  CHECK(holds(failed.err, "migrations/2_b.sql:3:10: error: column \"nowhere\" does not exist (SQLSTATE 42703)"));
  CHECK(holds(failed.err, "nothing of 2_b is kept"));
  CHECK(project.value("SELECT to_regclass('b') IS NULL") == "t");
  CHECK(holds(project.run({"validate"}).out, "run from nothing, 2_b fails"));

  project.add("1_a.sql", "CREATE TABLE a (x bigint);\n");
  const Ran changed = project.run({"migrate"});
  CHECK(changed.code == 3);
  CHECK(holds(changed.err, "this migration was changed after being applied"));
  CHECK(project.run({"validate", "--shadow", "off"}).code == 1);
  fs::remove(project.folder / "migrations/1_a.sql");
  fs::remove(project.folder / "migrations/2_b.sql");
  CHECK(holds(project.run({"migrate"}).err, "none of what is applied here has a file in migrations: 1_a"));
  project.add("2_c.sql", "SELECT 1;\n");
  CHECK(holds(project.run({"migrate", "--allow", "other-history"}).err, "applied here, and the file is gone: 1_a"));
}

TEST_CASE("a signal stops migrate in order; SIGKILL leaves what the server rolls back", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\nSELECT pg_sleep(60);\n");
  const auto sleeping = [&] {
    return project.value("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'") == "1";
  };
  for (const int number : {SIGINT, SIGTERM, SIGKILL}) {
    Program program({"migrate"}, project.folder, project.environment());
    REQUIRE(comes_true(sleeping));
    const Ran second = project.run({"migrate", "--wait", "0"});
    CHECK(second.code == 3);
    CHECK(holds(second.err, "another runner is at work"));
    kill(program.process(), number);
    const Ran ran = program.wait();
    CHECK(ran.code == (number == SIGKILL ? 128 + SIGKILL : 2));
    if (number != SIGKILL) CHECK(holds(ran.err, "interrupted in 1_a"));
    if (number == SIGKILL) {
      project.value("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'");
      CHECK(comes_true([&] { return !sleeping(); }));
    }
    CHECK(project.value("SELECT to_regclass('a') IS NULL") == "t");
    CHECK(project.value("SELECT count(*) FROM quoin.migrations") == "0");
  }
}

TEST_CASE("the log tells of a migration whose session was ended", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\nSELECT pg_terminate_backend(pg_backend_pid());\n");
  const Ran ended = project.run({"migrate"});
  CHECK(ended.code == 2);
  CHECK(project.value("SELECT string_agg(version || ' ' || action, ', ' ORDER BY id) FROM quoin.log") == "1 failure");
  CHECK(holds(project.run({"status"}).out, "terminating connection"));
}

TEST_CASE("a user without rights is told what is missing, and nothing is left behind", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.database->connect().execute("CREATE ROLE weak LOGIN; CREATE TABLE hidden (x int)");
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  const Text url = project.database->url(), weak = concat(url, url.find('?') == Text::npos ? "?" : "&", "user=weak");
  const Ran migrated = project.run({"--database", weak, "migrate"});
  INFO(migrated.err);
  CHECK(migrated.code == 2);
  CHECK(holds(migrated.err, "permission denied"));
  CHECK(holds(migrated.err, "hint: the user weak needs CREATE on the database"));
  CHECK(project.value("SELECT to_regnamespace('quoin') IS NULL AND to_regclass('a') IS NULL") == "t");
  const Ran shown =
      project.run({"--database", weak, "snapshot", "--format", "sql"});  // the catalogs are for all to read
  CHECK(shown.code == 0);
  CHECK(holds(shown.out, "CREATE TABLE public.hidden"));
}

TEST_CASE("a server that goes away while it is read gives an error, not half a document", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.database->connect().execute("CREATE TABLE held (x int); CREATE VIEW v AS SELECT x FROM held");
  postgres::Connection holder = project.database->connect();
  holder.execute("BEGIN; LOCK TABLE held IN ACCESS EXCLUSIVE MODE");  // pg_get_viewdef waits for it
  Program program({"snapshot", "-o", "DATABASE.md"}, project.folder, project.environment());
  const char* killed =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'quoin' "
      "AND wait_event_type = 'Lock'";
  REQUIRE(comes_true([&] { return project.value(killed) == "1"; }));
  const Ran ran = program.wait();
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK(holds(ran.err, "cannot read the schema of "));
  CHECK(holds(ran.err, "hint: "));
  CHECK_FALSE(fs::exists(project.folder / "DATABASE.md"));
}

TEST_CASE("Ctrl-C while a diff is built leaves a named shadow server clean at the next run", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  const Text url = project.database->url();
  write_file(project.folder / "slow.sql", "CREATE TABLE a (x int);\nSELECT pg_sleep(60);\n");
  write_file(project.folder / "quick.sql", "CREATE TABLE a (x int);\n");
  const auto diff_to = [&](const char* wanted) {
    return List{"diff", "--from", "empty:", "--to", wanted, "--shadow", url, "--section", "up"};
  };
  Program program(diff_to("slow.sql"), project.folder, project.environment());
  const Text scratch = "FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND datname <> current_database()";
  REQUIRE(comes_true([&] { return project.value(concat("SELECT count(*) ", scratch)) == "1"; }));
  const Text name = project.value(concat("SELECT datname ", scratch));
  kill(program.process(), SIGINT);
  CHECK(program.wait().code != 0);
  CHECK(holds(project.run(diff_to("quick.sql")).out, "CREATE TABLE public.a"));
  CHECK(project.value(concat("SELECT count(*) FROM pg_database WHERE datname = ", quote_literal(name))) == "0");
}

TEST_CASE("every command that reads the folder names once what it leaves out", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("V1__a.sql", "create table a (x int);\n");
  project.add("afterMigrateError.sql", "drop table a;\n");
  const auto times = [](std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
  };
  for (const List& arguments : std::vector<List>{{"verify"},
                                                 {"status"},
                                                 {"list"},
                                                 {"migrate", "--dry-run"},
                                                 {"migrate"},
                                                 {"validate"},
                                                 {"validate", "--shadow", "off"},
                                                 {"graph", "--migrations"},
                                                 {"snapshot", "migrations", "--format", "sql"},
                                                 {"diff", "--from", "migrations", "--to", "empty:"},
                                                 {"rollback", "-y"},
                                                 {"create", "more"}}) {
    const Ran ran = project.run(arguments);
    INFO(join(arguments, " "));
    INFO(ran.err);
    CHECK(times(ran.out + ran.err, "afterMigrateError.sql") == 1);
  }
  CHECK(project.value("SELECT to_regclass('a') IS NOT NULL") == "t");
}

TEST_CASE("status names the last version, not what repeats", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("V1__a.sql", "create table a (x int);\n");
  project.add("R__all.sql", "create or replace view all_of_a as select * from a;\n");
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(holds(project.run({"status"}).out, "version   1_a\n"));
}

TEST_CASE("a new project's own advice works in it", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  fs::remove_all(project.folder);
  fs::create_directories(project.folder);
  CHECK(holds(project.run({"init", "--json"}).out, "migrations/README.md"));
  CHECK(project.run({"diff", "--from", "empty:", "--name", "first"}).code == 0);
  CHECK(project.run({"verify", "migrations"}).code == 0);
  CHECK(holds(read_file((project.folder / ".github/workflows/schema.yml").string()), "run: quoin diff --exit-code\n"));
  CHECK(project.run({"diff", "--from", "migrations", "--to", "schemas", "--exit-code"}).code == 0);
  CHECK(project.run({"migrate"}).code == 0);
}

TEST_CASE("a ledger beside other tables is left out alone, and its schema where it has one to itself",
          "[commands][live]") {
  for (const char* ledger : {"public.history", "ops.history"}) {
    CommandsProject project;
    if (!project.live()) return;
    INFO(ledger);
    write_file(project.folder / "quoin.yaml", concat("ledger: ", ledger, "\n"));
    project.add("1_a.sql", "CREATE TABLE a (id int);\n");
    REQUIRE(project.run({"migrate"}).code == 0);
    const Ran ran = project.run({"snapshot", "--format", "yaml", "-o", "-"});
    INFO(ran.out + ran.err);
    CHECK(holds(ran.out, "  a:"));
    CHECK_FALSE(holds(ran.out, "history"));
    CHECK_FALSE(holds(ran.out, "ops"));
  }
}

TEST_CASE("validate tells what a down leaves, also where it runs and its up runs again", "[commands]") {
  CommandsProject project;
  project.add("1_mood.sql", "-- Up Migration\nCREATE TYPE mood AS ENUM ('a');\n-- Down Migration\nDROP TYPE mood;\n");
  project.add("2_more.sql",
              "-- Up Migration\nALTER TYPE mood ADD VALUE IF NOT EXISTS 'b';\n-- Down Migration\nSELECT 1;\n");
  const Ran ran = run_quoin({"validate", "--shadow", "off"}, project.folder);
  INFO(ran.out << ran.err);
  CHECK(ran.code == 0);
  CHECK(holds(ran.out, "warning: it does not undo its up: enum public.mood still has b [down-leaves]"));
  CHECK(holds(run_quoin({"verify"}, project.folder).out, "enum public.mood still has b [down-leaves]"));
}

TEST_CASE(
    "what stands in quotes reaches the server as the file has it, and a checkout with other line ends is no change",
    "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  const Text file =
      "-- Up Migration\r\nCREATE TABLE notes AS\r\n  SELECT 'a\r\nb'::text AS note, $$c\r\nd$$::text AS other,"
      " 'e\nf'::text AS third;\r\nCOMMENT ON TABLE notes IS 'x\r\ny'; -- done\r\n-- Down Migration\r\nDROP TABLE"
      " notes;\r\n";
  project.add("1_notes.sql", file);
  REQUIRE(project.run({"migrate"}).code == 0);
  CHECK(project.value("SELECT replace(note || other || third, chr(13), 'R') FROM notes") == "aR\nbcR\nde\nf");
  CHECK(project.value("SELECT replace(obj_description('notes'::regclass), chr(13), 'R')") == "xR\ny");
  CHECK(project.run({"status", "--exit-code"}).code == 0);
  CHECK(project.run({"preflight"}).code == 0);
  Text other = file;
  std::erase(other, '\r');
  project.add("1_notes.sql", other);
  CHECK(project.run({"status", "--exit-code"}).code == 0);
  CHECK(project.run({"rollback", "-y"}).code == 0);
}

TEST_CASE("a migration that died goes on where it stopped in a checkout with other line ends", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  const Text file =
      "-- quoin: no-transaction\r\nCREATE TABLE a (t text DEFAULT 'x\r\ny');\r\nSELECT 1 / count(*) FROM a;\r\n";
  project.add("1_a.sql", file);
  CHECK(project.run({"migrate"}).code == 2);
  project.value("INSERT INTO a DEFAULT VALUES RETURNING 1");
  Text other = file;
  std::erase(other, '\r');
  project.add("1_a.sql", other);
  const Ran ran = project.run({"migrate"});
  INFO(ran.err);
  CHECK(ran.code == 0);
}

TEST_CASE("validate makes the roles that migrations name and the machine lacks", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add(
      "1_a.sql",
      "-- Up Migration\nCREATE ROLE quoin_made_by_one;\nCREATE TABLE a (id int);\n"
      "GRANT SELECT ON a TO quoin_lacking, quoin_made_by_one;\n"
      "-- Down Migration\nGRANT SELECT ON a TO quoin_lacking_too;\nDROP TABLE a;\nDROP ROLE quoin_made_by_one;\n");
  const Ran tried = project.run({"validate"});
  CHECK(tried.code == 0);
  CHECK(tried.out == "valid: 1 migration\n");
  CHECK(holds(tried.err, "tried out from nothing: 1 migration up, 1 down, and up again"));
}

TEST_CASE("a backslash is itself to the server, whatever the database has set", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.database->connect().execute(
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = off', "
      "current_database()); END $$");
  project.add("1_a.sql",
              "CREATE TABLE a (path text DEFAULT 'c:\\new');\nINSERT INTO a VALUES (DEFAULT), ('c:\\temp');\n");
  project.add("2_b.sql", "SET standard_conforming_strings = off;\nINSERT INTO a VALUES ('c:\\b');\n");
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(project.value("SELECT string_agg(path, ' ' ORDER BY path) FROM a") == "c:\\b c:\\new c:\\temp");
}
