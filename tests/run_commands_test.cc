// create, migrate, rollback, status, list and validate as a user runs them.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

/// A project folder, and where the machine can, a database for it.
struct Project {
  fs::path folder = fs::temp_directory_path() / concat("quoin-commands-", std::to_string(getpid()));
  std::optional<Shadow::Database> database;

  Project() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
  }
  ~Project() { fs::remove_all(folder); }

  bool live() {
    if (auto shadow = Shadow::start({})) database.emplace(shadow->create_database());
    if (!database) WARN("skipped: no PostgreSQL server binaries here");
    return database.has_value();
  }
  void add(const Text& name, std::string_view content) const { write_file(folder / "migrations" / name, content); }
  List environment() const { return database ? List{"DATABASE_URL=" + database->url()} : List{}; }
  Ran run(const List& arguments) const { return run_quoin(arguments, folder, environment()); }
  Text value(const Text& sql) const { return database->connect().query(sql).text(0, 0); }
};

bool comes_true(const std::function<bool()>& holds_now) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (holds_now()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

TEST_CASE("a migration from create to rollback", "[commands][live]") {
  Project project;
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
  CHECK(project.run({"rollback", "-y"}).code == 0);
  CHECK(project.value("SELECT to_regclass('orders') IS NULL") == "t");
  const Ran valid = project.run({"validate"});
  CHECK(valid.code == 0);
  CHECK(holds(valid.err, "1 migration up, 1 down, and up again"));
}

TEST_CASE("what goes wrong has its exit code and a word on what to do", "[commands]") {
  const Project project;
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
  Project project;
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
  CHECK(holds(changed.err, "changed after being applied: migrations/1_a.sql"));
  CHECK(project.run({"validate", "--shadow", "off"}).code == 1);
  fs::remove(project.folder / "migrations/1_a.sql");
  fs::remove(project.folder / "migrations/2_b.sql");
  CHECK(holds(project.run({"migrate"}).err, "applied here, and the file is gone: 1_a"));
}

TEST_CASE("a database that had its tables before it had a ledger is told how to say so", "[commands][live]") {
  Project project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  CHECK_FALSE(holds(project.run({"status"}).out, "already"));
  project.value("CREATE TABLE public.a (x int)");
  CHECK(holds(project.run({"status"}).out, "table public.a is there already, and the ledger knows of no migration"));
  const Ran failed = project.run({"migrate"});
  CHECK(failed.code == 2);
  CHECK(holds(failed.err, "quoin repair 1 --applied"));
  CHECK(project.run({"repair", "1", "--applied"}).code == 0);
  CHECK_FALSE(holds(project.run({"status"}).out, "already"));
}

TEST_CASE("a signal stops migrate in order; SIGKILL leaves what the server rolls back", "[commands][live]") {
  Project project;
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

TEST_CASE("a user without rights is told what is missing, and nothing is left behind", "[commands][live]") {
  Project project;
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
  Project project;
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
  Project project;
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
  Project project;
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
  Project project;
  if (!project.live()) return;
  project.add("V1__a.sql", "create table a (x int);\n");
  project.add("R__all.sql", "create or replace view all_of_a as select * from a;\n");
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(holds(project.run({"status"}).out, "version   1_a\n"));
}

TEST_CASE("what a run takes away is named, and wants leave", "[commands][live]") {
  Project project;
  if (!project.live()) return;
  project.add("1_a.sql",
              "CREATE TABLE a (x int, y int);\nCREATE TABLE brief (x int);\nDROP TABLE brief;\n"
              "REVOKE ALL ON a FROM PUBLIC;\n");
  CHECK(project.run({"migrate"}).code == 0);  // nothing that was there before
  project.add("2_b.sql",
              "ALTER TABLE a DROP COLUMN y;\nREVOKE SELECT ON a FROM PUBLIC;\n"
              "CREATE TABLE c (x int);\nDROP TABLE c;\n");
  const Ran previewed = project.run({"migrate", "--dry-run"});
  CHECK(previewed.code == 0);
  CHECK(holds(previewed.err, "migrations/2_b.sql:1:1: data-loss: drops column a.y"));
  const Ran refused = project.run({"migrate"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "migrations/2_b.sql:2:1: access: revokes SELECT on a from everybody"));
  CHECK_FALSE(holds(refused.err, "table c"));
  CHECK(holds(refused.err, "quoin migrate --allow data-loss,access"));
  CHECK(project.run({"migrate", "--allow", "data-loss"}).code == 3);
  write_file(project.folder / "quoin.yaml", "allow: [access]\n");
  CHECK(project.run({"migrate", "--allow", "data-loss"}).code == 0);
}

TEST_CASE("a new project's own advice works in it", "[commands][live]") {
  Project project;
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

TEST_CASE("what the platform provides is taken as there, tried out with, and left alone", "[commands][live]") {
  Project project;
  project.add("1_profiles.sql",
              "CREATE TABLE profiles (id int PRIMARY KEY REFERENCES auth.users (id));\n-- Down Migration\n"
              "DROP TABLE profiles;\n");
  CHECK(project.run({"verify"}).code == 1);
  write_file(project.folder / "quoin.yaml", "assume: [auth]\n");
  CHECK(project.run({"verify"}).code == 0);
  CHECK_FALSE(holds(project.run({"snapshot", "migrations", "--format", "sql"}).out, "TABLE auth.users"));
  if (!project.live()) return;
  project.database->connect().execute(
      "CREATE SCHEMA auth CREATE TABLE users (id int PRIMARY KEY, mail text) CREATE TABLE more (id int)");
  const Ran named = project.run({"validate"});
  CHECK(named.code == 0);
  CHECK(holds(named.out, "[untried]"));
  write_file(project.folder / "quoin.yaml", "assume: [auth, platform.sql]\n");
  write_file(project.folder / "platform.sql", "CREATE SCHEMA auth;\nCREATE TABLE auth.users (id int PRIMARY KEY);\n");
  const Ran tried = project.run({"validate"});
  CHECK(tried.code == 0);
  CHECK(holds(tried.err, "tried out from nothing: 1 migration up, 1 down"));
  CHECK(project.run({"migrate"}).code == 0);
  const Ran same = project.run({"diff", "--from", project.database->url(), "--to", "migrations", "--exit-code"});
  INFO(same.out + same.err);
  CHECK(same.code == 0);
}

TEST_CASE("what is dropped by another name than it had before the run is a loss too", "[commands][live]") {
  Project project;
  if (!project.live()) return;
  project.database->connect().execute("CREATE SCHEMA app; CREATE TABLE app.users (id int, name text)");
  for (const char* sql :
       {"SET search_path = app;\nDROP TABLE users;\n", "SET LOCAL search_path TO public, app;\nTRUNCATE users;\n",
        "SELECT set_config('search_path', 'app', true);\nDROP TABLE users;\n",
        "ALTER TABLE app.users RENAME TO old;\nALTER TABLE app.old RENAME TO older;\nDROP TABLE app.older;\n",
        "ALTER TABLE app.users RENAME COLUMN name TO label;\nALTER TABLE app.users DROP COLUMN label;\n",
        "ALTER TABLE app.users RENAME COLUMN name TO label;\nALTER TABLE app.users RENAME TO people;\n"
        "ALTER TABLE app.people DROP COLUMN label;\n",
        "ALTER TABLE app.users SET SCHEMA public;\nDROP TABLE public.users;\n",
        "ALTER SCHEMA app RENAME TO gone;\nDROP SCHEMA gone CASCADE;\n",
        "ALTER SCHEMA app RENAME TO gone;\nDROP TABLE gone.users;\n"}) {
    INFO(sql);
    project.add("1_a.sql", sql);
    const Ran refused = project.run({"migrate"});
    CHECK(refused.code == 3);
    CHECK(holds(refused.err, "data-loss"));
  }
  project.add("1_a.sql", "CREATE TABLE b (id int);\nALTER TABLE b RENAME TO c;\nDROP TABLE c;\n");
  CHECK(project.run({"migrate"}).code == 0);
}

TEST_CASE("a SELECT or an empty search_path before what drops a table is no hindrance", "[commands][live]") {
  Project project;
  if (!project.live()) return;
  for (const char* sql :
       {"SELECT 1;\nDROP TABLE IF EXISTS none;\n", "SET search_path = '';\nDROP TABLE IF EXISTS none;\n",
        "SELECT set_config('search_path', ' , a b', true);\nDROP TABLE IF EXISTS none;\n"}) {
    INFO(sql);
    project.add("1_a.sql", sql);
    const Ran ran = project.run({"migrate", "--dry-run"});
    INFO(ran.err);
    CHECK(ran.code == 0);
  }
}

TEST_CASE("a ledger beside other tables is left out alone, and its schema where it has one to itself",
          "[commands][live]") {
  for (const char* ledger : {"public.history", "ops.history"}) {
    Project project;
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

TEST_CASE("a database that another tool has migrated is not migrated again unasked", "[commands][live]") {
  Project project;
  if (!project.live()) return;
  project.add("20260101000000_double.sql", "CREATE TABLE a (id int);\n");
  project.database->connect().execute(
      "CREATE TABLE public.schema_migrations (version text PRIMARY KEY);"
      "INSERT INTO public.schema_migrations VALUES ('20260101000000')");
  const Ran refused = project.run({"migrate"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "migrated by dbmate up to 20260101000000, 1 of 1 file here (public.schema_migrations)"));
  CHECK(holds(project.run({"migrate", "--dry-run"}).err, "quoin adopt dbmate"));
  CHECK(project.run({"repair", "20260101000000", "--applied"}).code == 0);
  project.add("20260102000000_more.sql", "CREATE TABLE b (id int);\n");
  CHECK(project.run({"migrate"}).code == 0);  // quoin has a history of its own now
}

TEST_CASE("only what the machine lacks is no fault of a migration", "[commands][live]") {
  Project project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (id int);\nCREATE VIEW v AS SELECT id FROM a;\n");
  project.add("2_b.sql", "ALTER TABLE a ALTER COLUMN id TYPE bigint;\n");
  const Ran widened = project.run({"validate"});
  CHECK(widened.code == 1);
  CHECK(holds(widened.out, "[trial]"));
  project.add("2_b.sql", "CREATE TABLE b (role user_role);\n");
  CHECK(project.run({"validate"}).code == 1);
  project.add("2_b.sql", "CREATE EXTENSION there_is_none_of_this_name;\n");
  const Ran lacking = project.run({"validate"});
  CHECK(lacking.code == 0);
  CHECK(holds(lacking.out, "valid as far as could be seen here"));
}

TEST_CASE("validate makes the roles that migrations name and the machine lacks", "[commands][live]") {
  Project project;
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
  Project project;
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

TEST_CASE("what is applied does not run again under another version", "[commands][live]") {
  Project project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (id int);\n");
  project.add("2_b.sql", "INSERT INTO a VALUES (1);\n");
  CHECK(project.run({"migrate"}).code == 0);
  std::filesystem::rename(project.folder / "migrations/2_b.sql", project.folder / "migrations/3_b.sql");
  const Ran again = project.run({"migrate"});
  CHECK(again.code == 3);
  CHECK(holds(again.err, "3_b is what was applied as 2_b, whose file is gone"));
  CHECK(project.value("SELECT count(*) FROM a") == "1");
  CHECK(project.run({"repair", "2", "--pending"}).code == 0);
  CHECK(project.run({"repair", "3", "--applied"}).code == 0);
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(project.value("SELECT count(*) FROM a") == "1");
}

TEST_CASE("migrate and validate refuse what verify does, before anything runs", "[commands][live]") {
  Project project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (id int);\n");
  for (const char* text : {"SELECT 1;\nCOMMIT;\n", "", "SELECT ${n};\n", "SELECT :n;\n", "\\set n 1\nSELECT 1;\n",
                           "COPY a FROM stdin;\n1\n\\.\n"}) {
    INFO(text);
    project.add("2_b.sql", text);
    CHECK(project.run({"verify"}).code == 1);
    CHECK(project.run({"validate"}).code == 1);
    const Ran migrated = project.run({"migrate"});
    CHECK((migrated.code == 2 || migrated.code == 3));
    CHECK(holds(migrated.err, "2_b.sql:"));
    CHECK(project.value("SELECT to_regclass('a') IS NULL") == "t");
  }
  project.add("2_b.sql", "\\restrict x\nCREATE TABLE b (id int);\n\\unrestrict x\n");
  CHECK(project.run({"migrate"}).code == 0);
}
