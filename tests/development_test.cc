// baseline, repair of many, reset, sync, drop, migrate --force and its limits, as a user runs them.
#include <unistd.h>

#include <csignal>

#include <nlohmann/json.hpp>
#include <thread>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Yard {
  fs::path folder = fs::temp_directory_path() / concat("quoin-yard-", std::to_string(getpid()));
  std::optional<Shadow> shadow = Shadow::start({});
  std::optional<Shadow::Database> database;

  Yard() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    if (shadow) database.emplace(shadow->create_database());
    if (!database) WARN("skipped: no PostgreSQL server binaries here");
  }
  Yard(const Yard&) = delete;
  Yard& operator=(const Yard&) = delete;
  ~Yard() { fs::remove_all(folder); }

  void add(const Text& name, const Text& up, const Text& down = {}) const {
    const Text text =
        concat("-- Up Migration\n", up, "\n", down.empty() ? "" : concat("-- Down Migration\n", down, "\n"));
    write_file(folder / "migrations" / name, text);
  }
  void configure(const Text& yaml) const { write_file(folder / "quoin.yaml", yaml); }
  Ran run(const List& arguments) const { return run_quoin(arguments, folder, {"DATABASE_URL=" + database->url()}); }
  nlohmann::json json(List arguments) const {
    arguments.emplace_back("--json");
    const Ran ran = run(arguments);
    INFO(ran.out + ran.err);
    return nlohmann::json::parse(ran.out);
  }
  Text value(const Text& sql) const { return database->connect().query(sql).text(0, 0); }
  bool has(const Text& relation) const {
    return value(concat("SELECT to_regclass('", relation, "') IS NOT NULL")) == "t";
  }
  Text versions() const {
    return value("SELECT coalesce(string_agg(version, ' ' ORDER BY applied_at), '') FROM quoin.migrations");
  }
};

}  // namespace

TEST_CASE("baseline takes what is there as applied, and runs nothing", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.add("1_beds.sql", "CREATE TABLE beds (id int);", "DROP TABLE beds;");
  yard.add("2_asters.sql", "CREATE TABLE asters (id int);");
  yard.add("3_roses.sql", "CREATE TABLE roses (id int);");
  CHECK(yard.run({"baseline", "2", "--dry-run"}).out ==
        "would take as applied 1_beds\nwould take as applied 2_asters\n");
  CHECK(holds(yard.run({"baseline", "9"}).err, "there is no migration 9"));
  CHECK(yard.run({"baseline", "2"}).out == "taken as applied 1_beds\ntaken as applied 2_asters\n");
  CHECK(yard.run({"baseline", "2_asters"}).out == "nothing to do: all up to there is applied\n");
  CHECK_FALSE(yard.has("beds"));
  CHECK(yard.versions() == "1 2");
  CHECK(yard.run({"migrate"}).code == 0);
  CHECK(yard.has("roses"));
  CHECK(yard.json({"log"}).at("log")[0].at("action") == "baseline");
  yard.add("4_ferns.sql", "-- quoin: no-transaction\nCREATE TABLE ferns (id int);\nSELECT 1 / 0;");
  CHECK(yard.run({"migrate"}).code == 2);
  const Ran part = yard.run({"baseline", "4"});
  CHECK(part.code == 3);
  CHECK(holds(part.err, "quoin repair 4 --applied, --pending or --done N"));
}

TEST_CASE("a baseline beside another tool's ledger is refused", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.add("1_beds.sql", "CREATE TABLE beds (id int);");
  yard.database->connect().execute(
      "CREATE TABLE schema_migrations (version varchar PRIMARY KEY); INSERT INTO schema_migrations VALUES ('1')");
  const Ran refused = yard.run({"baseline", "1"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "quoin adopt dbmate"));
}

TEST_CASE("repair without a version tells what is wrong, and mends a sort of it", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.add("1_beds.sql", "CREATE TABLE beds (id int);");
  yard.add("2_asters.sql", "CREATE TABLE asters (id int);");
  CHECK(yard.run({"repair"}).out == "nothing to repair: ledger and files agree\n");
  REQUIRE(yard.run({"migrate"}).code == 0);
  yard.add("1_beds.sql", "CREATE TABLE beds (id int); -- why");
  fs::remove(yard.folder / "migrations/2_asters.sql");
  const Text wrong = yard.run({"repair"}).out;
  CHECK(
      holds(wrong, "1_beds.sql was changed after being applied; where the change was reviewed: quoin repair --checks"));
  CHECK(holds(wrong, "2_asters was applied, and its file is gone; to forget it: quoin repair --missing"));
  CHECK(holds(yard.run({"repair", "--checksums", "--dry-run"}).out, "would take migrations/1_beds.sql as it is"));
  CHECK(yard.run({"migrate"}).code == 3);
  CHECK(holds(yard.run({"repair", "--checksums"}).out, "took migrations/1_beds.sql as it is now\n"));
  CHECK(yard.run({"migrate"}).code == 0);
  CHECK(yard.json({"repair", "--missing"}).at("repaired")[0].at("version") == "2");
  CHECK(yard.versions() == "1");
  CHECK(yard.run({"repair", "--applied"}).code == 64);
  CHECK(yard.run({"repair", "1", "--checksums"}).code == 64);
  yard.add("3_index.sql", "CREATE INDEX CONCURRENTLY ON beds (nothing);\nSELECT 1;");
  CHECK(yard.run({"migrate"}).code == 2);
  CHECK(holds(yard.run({"repair"}).out, "3_index is done in part"));
}

TEST_CASE("reset empties the ledger, and with --drop-schema the database", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.configure("assume: [auth]\n");
  yard.add("1_beds.sql",
           "CREATE TABLE beds (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s serial);\n"
           "CREATE SCHEMA app; CREATE TYPE app.kind AS ENUM ('a'); CREATE VIEW v AS SELECT id FROM beds;\n"
           "CREATE FUNCTION f(app.kind) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
           "CREATE FUNCTION step(int) RETURNS int LANGUAGE sql AS 'SELECT $1';\n"
           "CREATE AGGREGATE tally(*) (sfunc = step, stype = int); CREATE DOMAIN d AS int; CREATE EXTENSION hstore;\n"
           "CREATE OPERATOR !! (rightarg = int, function = step); CREATE PUBLICATION p FOR TABLE beds;\n"
           "CREATE TABLE parts (id int) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parts DEFAULT;\n"
           "CREATE STATISTICS stats ON id, s FROM beds; CREATE PROCEDURE proc() LANGUAGE sql AS 'SELECT 1';");
  yard.database->connect().execute("CREATE SCHEMA auth CREATE TABLE auth.users (id int)");
  REQUIRE(yard.run({"migrate"}).code == 0);
  CHECK(holds(yard.run({"reset"}).err, "there is no terminal to ask whether to remove from"));
  CHECK(yard.versions() == "1");
  CHECK(yard.run({"reset", "-y"}).out == "removed the history of 1 migration in quoin.migrations\n");
  CHECK(yard.has("beds"));
  CHECK(yard.versions().empty());
  CHECK(yard.run({"reset", "-y"}).out == "nothing to reset: there is no history\n");
  const auto would = yard.json({"reset", "--drop-schema", "--dry-run"}).at("would_reset");
  CHECK(would == nlohmann::json({"schema app (1 object)", "all in schema public (13 objects)", "publication p"}));
  const Ran reset = yard.run({"reset", "--drop-schema", "-y"});
  INFO(reset.out + reset.err);
  CHECK(reset.code == 0);
  CHECK(yard.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace") == "0");
  CHECK(yard.value("SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_|^inf'") ==
        "auth public quoin");
  CHECK(yard.has("auth.users"));
  CHECK(yard.json({"log"}).at("log").size() == 3);
  CHECK(yard.run({"migrate"}).code == 0);
  CHECK(yard.has("beds"));
}

TEST_CASE("a ledger in a schema that is emptied stays", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.configure("ledger: public.steps\n");
  Text many;
  for (int i = 0; i < 450; ++i) many += concat("CREATE TABLE t", std::to_string(i), " (id int);\n");
  yard.add("1_beds.sql", many);
  REQUIRE(yard.run({"migrate"}).code == 0);
  REQUIRE(yard.run({"reset", "--drop-schema", "-y"}).code == 0);
  CHECK(yard.value("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace"
                   " = 'public'::regnamespace") == "steps steps_log");
  CHECK(yard.run({"migrate"}).code == 0);
}

TEST_CASE("a reset that is killed is gone on with by the next, and claims nothing meanwhile", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  Text many;
  for (int i = 0; i < 900; ++i) many += concat("CREATE TABLE t", std::to_string(i), " (id int);\n");
  yard.add("1_beds.sql", many);
  for (int round = 0; round < 4; ++round) {
    REQUIRE(yard.run({"migrate"}).code == 0);
    Program reset({"reset", "--drop-schema", "-y"}, yard.folder, {"DATABASE_URL=" + yard.database->url()});
    std::this_thread::sleep_for(std::chrono::milliseconds(60 + 90 * round));
    kill(reset.process(), round % 2 == 0 ? SIGKILL : SIGTERM);
    reset.wait();
    const int left = std::stoi(yard.value("SELECT count(*) FROM pg_class WHERE relname ~ '^t[0-9]+$'"));
    INFO(left << " tables left");
    if (left < 900) CHECK(yard.versions().empty());
    const Ran again = yard.run({"reset", "--drop-schema", "-y"});
    INFO(again.out + again.err);
    REQUIRE(again.code == 0);
    CHECK(yard.value("SELECT count(*) FROM pg_class WHERE relname ~ '^t[0-9]+$'") == "0");
  }
}

TEST_CASE("sync makes a development database as wanted, without a file", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  fs::create_directories(yard.folder / "schemas");
  const auto want = [&](const Text& columns) {
    write_file(yard.folder / "schemas/public.yaml",
               concat("schema: public\ntables:\n  beds:\n    columns:\n", columns));
  };
  want("      id: bigint\n");
  yard.add("1_beds.sql", "CREATE TABLE beds (id bigint);");
  const Ran pending = yard.run({"sync", "-y"});
  CHECK(pending.code == 3);
  CHECK(holds(pending.err, "run quoin migrate first"));
  REQUIRE(yard.run({"migrate"}).code == 0);
  CHECK(yard.run({"sync", "-y"}).out == "nothing to do: the database is as wanted\n");
  want("      id: bigint\n      name: text\n");
  CHECK(holds(yard.run({"sync", "--dry-run"}).out, "ALTER TABLE public.beds ADD COLUMN name text;"));
  const auto step = yard.json({"sync", "--dry-run"}).at("would_run").at(0);
  CHECK(step.at("action") == "made");
  CHECK(step.at("lock").at("on") == nlohmann::json({"table public.beds"}));
  CHECK(yard.run({"sync"}).code == 3);
  const Ran ran = yard.run({"sync", "-y"});
  INFO(ran.err);
  CHECK(ran.out == "ran 1 statement\n");
  CHECK(yard.value("SELECT count(name) FROM beds") == "0");
  const auto log = yard.json({"log", "--count", "1"}).at("log");
  CHECK(log[0].at("action") == "sync");
  CHECK(yard.versions() == "1");
}

TEST_CASE("drop takes a database away, not under others' feet", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  const postgres::Connection other = yard.database->connect();
  CHECK(holds(yard.run({"drop"}).err, "in use by 1 session"));
  CHECK(yard.run({"drop", "--force"}).code == 3);
  CHECK(holds(yard.run({"drop", "--force", "-y"}).out, "dropped "));
  CHECK(yard.run({"drop", "-y"}).out == "nothing to drop: there is no such database\n");
}

TEST_CASE("a protected environment keeps what it has", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.add("1_beds.sql", "CREATE TABLE beds (id int);", "DROP TABLE beds;");
  REQUIRE(yard.run({"migrate"}).code == 0);
  const Text url = concat("\"", yard.database->url(), "\"");
  yard.configure(concat("environments:\n  production:\n    protected: true\n    database: ", url, "\n"));
  for (const List& arguments :
       {List{"rollback", "-y"}, List{"redo", "-y"}, List{"reset", "-y"}, List{"sync", "-y"}, List{"drop", "-y"},
        List{"migrate", "--force", "1", "--reason", "x"}, List{"reset", "-y", "--env", "production"}}) {
    const Ran ran = yard.run(arguments);
    INFO(join(arguments, " ") << "\n" << ran.out << ran.err);
    CHECK(ran.code == 3);
    CHECK(holds(ran.err, "production"));
    CHECK(holds(ran.err, "is protected in quoin.yaml"));
  }
  CHECK(yard.run({"rollback", "--dry-run"}).code == 3);
  CHECK(yard.has("beds"));
  yard.configure("environments:\n  development: {protected: perhaps}\n");
  CHECK(holds(yard.run({"status"}).err, "protected takes true or false"));
  yard.configure(
      "environments:\n  mine: {}\n  production: {protected: true, database: 'postgresql:///x?host=/nowhere'}\n");
  CHECK(yard.run({"rollback", "-y"}).code == 3);
  CHECK(yard.run({"rollback", "-y", "--env", "mine"}).code == 0);
}

TEST_CASE("migrate --force runs once more what is applied, and the log keeps why", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.add("1_beds.sql", "CREATE TABLE IF NOT EXISTS beds (id int);\nINSERT INTO beds VALUES (1);");
  yard.add("2_asters.sql", "CREATE TABLE asters (id int);");
  CHECK(holds(yard.run({"migrate", "--force", "1", "--reason", "x"}).err, "is not applied"));
  REQUIRE(yard.run({"migrate"}).code == 0);
  CHECK(yard.run({"migrate", "--force", "1"}).code == 64);
  CHECK(yard.run({"migrate", "--reason", "x"}).code == 64);
  const Ran ran = yard.run({"migrate", "--force", "1", "--reason", "its row was deleted by hand"});
  INFO(ran.err);
  CHECK(ran.out.find("applied 1_beds (") == 0);
  CHECK(yard.value("SELECT count(*) FROM beds") == "2");
  const auto line = yard.json({"log", "--count", "1"}).at("log")[0];
  CHECK(line.at("action") == "force");
  CHECK(line.at("detail") == "its row was deleted by hand");
  CHECK(yard.run({"migrate", "--force", "all", "--reason", "x"}).code == 2);
  CHECK(yard.versions() == "1 2");  // as they are to be undone
  CHECK(yard.value("SELECT count(*) FROM beds") == "3");
  CHECK(yard.json({"status"}).at("applied") == nlohmann::json({"1", "2"}));
}

TEST_CASE("limits of a run hold where a file says nothing itself", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.add("1_beds.sql", "CREATE TABLE beds (id int);");
  REQUIRE(yard.run({"migrate", "--lock-timeout", "5s"}).code == 0);
  yard.add("2_asters.sql", "ALTER TABLE beds ADD COLUMN a int;");
  postgres::Connection other = yard.database->connect();
  other.execute("BEGIN; LOCK TABLE beds");
  const Ran locked = yard.run({"migrate", "--lock-timeout", "200ms", "--retry", "1"});
  CHECK(locked.code == 2);
  CHECK(holds(locked.err, "trying again (1 of 1)"));
  CHECK(holds(locked.err, "lock timeout"));
  other.execute("ROLLBACK");
  CHECK(holds(yard.run({"migrate", "--lock-timeout", "soon"}).err, "--lock-timeout soon is no time"));
  REQUIRE(yard.run({"migrate"}).code == 0);
  yard.add("3_slow.sql", "SELECT pg_sleep(20);");
  CHECK(holds(yard.run({"migrate", "--statement-timeout", "100ms"}).err, "statement timeout"));
  yard.add("3_slow.sql", "CREATE INDEX CONCURRENTLY ON beds (id);\nSELECT pg_sleep(20);");
  CHECK(holds(yard.run({"migrate", "--statement-timeout", "300ms"}).err, "statement timeout"));
}

TEST_CASE("status tells a script by its exit code, version tells the version", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  CHECK(yard.run({"version"}).out == "none\n");
  yard.add("1_beds.sql", "CREATE TABLE beds (id int);", "DROP TABLE beds;");
  CHECK(yard.run({"status"}).code == 0);
  CHECK(yard.run({"status", "--exit-code"}).code == 1);
  REQUIRE(yard.run({"migrate"}).code == 0);
  CHECK(yard.run({"status", "--exit-code"}).code == 0);
  CHECK(yard.run({"version"}).out == "1\n");
  CHECK(yard.json({"version"}).at("name") == "beds");
  yard.add("2_asters.sql", "CREATE TABLE asters (id int);");
  REQUIRE(yard.run({"migrate"}).code == 0);
  const Text list = yard.run({"rollback", "--list"}).out;
  CHECK(holds(list,
              "2_asters  cannot be undone: it has no section `-- Down Migration`\n1_beds  migrations/1_beds.sql\n"));
  CHECK(holds(list, "DROP TABLE beds;"));
  CHECK(yard.json({"rollback", "--list"}).at("undoable")[1].at("down") == "DROP TABLE beds;\n");
  yard.add("1_beds.sql", "CREATE TABLE other (id int);");
  CHECK(yard.run({"status", "--exit-code"}).code == 3);
}

TEST_CASE("with --wait a server that is not up yet is waited for", "[commands][live]") {
  const Yard yard;
  if (!yard.database) return;
  yard.add("1_beds.sql", "CREATE TABLE beds (id int);");
  const Text url = yard.database->url();
  const std::size_t begin = url.find("host=") + 5;
  const fs::path socket = Text(url.substr(begin, url.find('&', begin) - begin));
  const fs::path late = yard.folder / "late";
  const Text other = concat(url.substr(0, begin), late.string(), url.substr(url.find('&', begin)));
  CHECK(run_quoin({"migrate"}, yard.folder, {"DATABASE_URL=" + other}).code == 2);
  CHECK(run_quoin({"migrate", "--wait", "0"}, yard.folder, {"DATABASE_URL=" + other}).code == 2);
  Program waiting({"migrate", "--wait", "20"}, yard.folder, {"DATABASE_URL=" + other});
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  fs::create_directory_symlink(socket, late);
  const Ran ran = waiting.wait();
  INFO(ran.out + ran.err);
  CHECK(ran.code == 0);
  CHECK(holds(ran.err, "waiting for the server to come up"));
  CHECK(yard.has("beds"));
}
