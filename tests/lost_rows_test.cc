// A ledger that has lost rows, a database that has none, and a folder that is another's: nothing runs twice.
#include <filesystem>

#include "tests/catch.h"
#include "tests/commands_project.h"

using namespace quoin;

namespace {

struct LedgerProject : CommandsProject {
  void execute(const Text& sql) const { database->connect().execute(sql); }
  Text versions() const {
    return value("SELECT string_agg(version, ' ' ORDER BY applied_at, version) FROM quoin.migrations");
  }
  /// So many that each make a table t1, …, and drop it.
  void add_tables(int count) const {
    for (int i = 1; i <= count; ++i)
      add(concat(std::to_string(i), "_t.sql"),
          concat("-- Up Migration\nCREATE TABLE t", std::to_string(i), " (id int);\n-- Down Migration\nDROP TABLE t",
                 std::to_string(i), ";\n"));
  }
};

}  // namespace

TEST_CASE("what the log tells of runs no more when the ledger's rows are lost", "[commands][live]") {
  LedgerProject project;
  if (!project.live()) return;
  for (const char* name : {"1_beds.sql", "2_asters.sql", "3_roses.sql"})
    project.add(name, "INSERT INTO runs VALUES (1);");
  project.execute("CREATE TABLE runs (n int)");
  REQUIRE(project.run({"migrate"}).code == 0);
  REQUIRE(project.run({"repair", "3", "--pending"}).code == 0);
  for (const char* loss : {"TRUNCATE quoin.migrations", "DROP TABLE quoin.migrations"}) {
    project.execute(loss);
    const Ran refused = project.run({"migrate"});
    CHECK(refused.code == 3);
    CHECK(holds(refused.err, "the ledger has lost the rows of 1_beds, 2_asters"));
    CHECK(holds(refused.err, "quoin baseline 2 takes all up to there as applied"));
    CHECK(holds(project.run({"rollback", "-y"}).err, "the ledger has lost the rows of 1_beds, 2_asters"));
    CHECK(project.run({"migrate", "--force", "1", "--reason", "x"}).code == 3);
    CHECK(holds(project.run({"status"}).out, "lost  1_beds  (the log says that it was applied at"));
    CHECK(project.run({"status", "--exit-code"}).code == 3);
    CHECK(holds(project.run({"repair"}).out, "2_asters has lost its row"));
    CHECK(project.run({"baseline", "2"}).out == "taken as applied 1_beds\ntaken as applied 2_asters\n");
  }
  project.execute("DELETE FROM quoin.migrations WHERE version = '2'");
  CHECK(holds(project.run({"migrate"}).err, "quoin repair 2 --applied, or --pending"));
  CHECK(project.run({"repair", "2", "--pending"}).code == 0);
  CHECK(holds(project.run({"migrate"}).out, "applied 2_asters"));
  CHECK(project.value("SELECT count(*) FROM runs") == "5");
  project.execute("TRUNCATE quoin.migrations");
  CHECK(holds(project.run({"reset", "-y"}).out, "tells of 3 migrations whose rows are lost"));
  CHECK(holds(project.run({"migrate"}).out, "applied 1_beds"));
}

TEST_CASE("a lost row comes back into its place, so that the last one is undone first", "[commands][live]") {
  LedgerProject project;
  if (!project.live()) return;
  project.add_tables(4);
  REQUIRE(project.run({"migrate"}).code == 0);
  project.execute("DELETE FROM quoin.migrations WHERE version IN ('1', '3')");
  REQUIRE(project.run({"repair", "1", "--applied"}).code == 0);
  REQUIRE(project.run({"baseline", "4"}).code == 0);
  CHECK(project.versions() == "1 2 3 4");
  project.execute("DELETE FROM quoin.migrations WHERE version IN ('1', '3')");  // of which a baseline is the last line
  REQUIRE(project.run({"repair", "3", "--applied"}).code == 0);
  REQUIRE(project.run({"repair", "1", "--applied"}).code == 0);
  CHECK(project.versions() == "1 2 3 4");
  std::filesystem::rename(project.folder / "migrations/2_t.sql", project.folder / "migrations/02_t.sql");
  project.execute("DELETE FROM quoin.migrations WHERE version = '2'");
  REQUIRE(project.run({"repair", "2", "--pending"}).code == 0);
  CHECK(holds(project.run({"status"}).out, "pending  02_t"));
}

TEST_CASE("a lost row that was forced or repaired before comes back into its first place", "[commands][live]") {
  LedgerProject project;
  if (!project.live()) return;
  for (const char* name : {"1_a.sql", "2_b.sql", "4_d.sql"}) project.add(name, "SELECT 1;\n");
  REQUIRE(project.run({"migrate"}).code == 0);
  project.add("3_c.sql", "SELECT 1;\n");
  REQUIRE(project.run({"migrate", "--out-of-order"}).code == 0);
  REQUIRE(project.run({"migrate", "--force", "1", "--reason", "x"}).code == 0);
  for (int round = 0; round < 2; ++round) {
    project.execute("DELETE FROM quoin.migrations WHERE version IN ('1', '3')");
    for (const char* version : {"3", "1"}) REQUIRE(project.run({"repair", version, "--applied"}).code == 0);
    CHECK(project.versions() == "1 2 4 3");
  }
  project.execute("DELETE FROM quoin.migrations");
  for (const char* version : {"2", "3", "1", "4"}) REQUIRE(project.run({"repair", version, "--applied"}).code == 0);
  CHECK(project.versions() == "1 2 4 3");
}

TEST_CASE("what was done in part is known also when its row is lost", "[commands][live]") {
  LedgerProject project;
  if (!project.live()) return;
  project.execute("CREATE TABLE runs (n int)");
  project.add("1_a.sql", "-- quoin: no-transaction\nINSERT INTO runs VALUES (1);\nSELECT 1 / 0;\n");
  REQUIRE(project.run({"migrate"}).code == 2);
  project.execute("DELETE FROM quoin.migrations");
  project.add("1_a.sql", "-- quoin: no-transaction\nINSERT INTO runs VALUES (1);\nSELECT 1;\n");
  CHECK(holds(project.run({"migrate"}).err, "its log says that it was begun at"));
  REQUIRE(project.run({"repair", "1", "--done", "1"}).code == 0);
  project.execute("DELETE FROM quoin.migrations");
  CHECK(holds(project.run({"migrate"}).err, "its log says that it was done in part at"));
  REQUIRE(project.run({"repair", "1", "--done", "1"}).code == 0);
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(project.value("SELECT count(*) FROM runs") == "1");
}

TEST_CASE("a filled database without a ledger, and a folder that is not its own, run nothing", "[commands][live]") {
  LedgerProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE IF NOT EXISTS a (n int);\nINSERT INTO a VALUES (1);\n");
  REQUIRE(project.run({"migrate"}).code == 0);
  project.execute("DROP SCHEMA quoin CASCADE");
  for (const List& command : {List{"migrate"}, List{"preflight"}}) {
    const Ran ran = project.run(command);
    CHECK(ran.code != 0);
    CHECK(holds(concat(ran.out, ran.err), "table public.a is there already, and the ledger knows of no migration"));
  }
  CHECK_FALSE(holds(project.run({"status"}).out, "next: quoin migrate"));
  CHECK(project.run({"migrate", "--allow", "other-history"}).code == 0);
  CHECK(project.value("SELECT count(*) FROM a") == "2");
  std::filesystem::remove(project.folder / "migrations/1_a.sql");
  for (const List& command : {List{"migrate"}, List{"preflight"}}) {
    const Ran ran = project.run(command);
    CHECK(ran.code != 0);
    CHECK(holds(concat(ran.out, ran.err), "none of what is applied here has a file in migrations: 1_a"));
  }
}

TEST_CASE("what is there already is looked for where the run works, and is not what the project assumes",
          "[commands][live]") {
  LedgerProject project;
  if (!project.live()) return;
  project.execute("CREATE SCHEMA t1; CREATE TABLE public.a (n int)");
  project.add("1_a.sql", "CREATE TABLE IF NOT EXISTS a (n int);\nCREATE OR REPLACE VIEW v AS SELECT 1 AS x;\n");
  CHECK(project.run({"migrate"}).code == 3);
  CHECK(project.run({"migrate", "--schema", "t1"}).code == 0);
  project.execute("DROP SCHEMA t1 CASCADE; CREATE SCHEMA t1; CREATE TABLE t1.a (n int)");
  CHECK(holds(project.run({"migrate", "--schema", "t1"}).err, "table t1.a is there already"));
  write_file(project.folder / "platform.sql", "CREATE TABLE a (n int);\n");
  write_file(project.folder / "quoin.yaml", "assume: [platform.sql]\n");
  CHECK(project.run({"migrate"}).code == 0);
  project.execute("DELETE FROM quoin.migrations");
  std::filesystem::remove(project.folder / "migrations/1_a.sql");
  project.add("2_b.sql", "SELECT 1;\n");
  CHECK(holds(project.run({"migrate"}).err, "none of what is applied here has a file in migrations: 1_a"));
}

TEST_CASE("a copy of the ledger without its defaults is told before anything is written", "[commands][live]") {
  LedgerProject project;
  if (!project.live()) return;
  project.add_tables(1);
  REQUIRE(project.run({"migrate"}).code == 0);
  project.execute(
      "CREATE TABLE quoin.copy AS TABLE quoin.migrations; DROP TABLE quoin.migrations;"
      " ALTER TABLE quoin.copy RENAME TO migrations; ALTER TABLE quoin.migrations ADD PRIMARY KEY (version)");
  project.add_tables(2);
  const Ran ran = project.run({"migrate"});
  CHECK(ran.code == 3);
  CHECK(holds(ran.err, "column applied_at of quoin.migrations has no default"));
}

TEST_CASE("a rollback loses no more than was agreed to, in hooks and in what no text shows", "[commands][live]") {
  LedgerProject project;
  if (!project.live()) return;
  project.add_tables(1);
  project.add("2_b.sql",
              "-- Up Migration\nINSERT INTO t1 VALUES (1);\n-- Down Migration\nDO $$ BEGIN EXECUTE"
              " 'DR' || 'OP TABLE t1'; END $$;\n");
  REQUIRE(project.run({"migrate"}).code == 0);
  const Ran hidden = project.run({"rollback", "--allow", "access"});
  CHECK(hidden.code == 3);
  CHECK(holds(hidden.err, "it drops table public.t1"));
  project.add("2_b.sql", "-- Up Migration\nINSERT INTO t1 VALUES (1);\n-- Down Migration\n\n");
  REQUIRE(project.run({"repair", "2", "--applied"}).code == 0);
  CHECK(holds(project.run({"rollback", "-y"}).err, "is empty, so nothing would be undone"));
  project.add("2_b.sql", "-- Up Migration\nINSERT INTO t1 VALUES (1);\n-- Down Migration\nSELECT 1;\n");
  REQUIRE(project.run({"repair", "2", "--applied"}).code == 0);
  write_file(project.folder / "empty.sql", "TRUNCATE t1;\n");
  write_file(project.folder / "quoin.yaml", "hooks:\n  before_run: empty.sql\n");
  CHECK(holds(project.run({"rollback", "--allow", "access"}).err, "empties table t1"));
  CHECK(project.value("SELECT count(*) FROM t1") == "1");
  CHECK(project.run({"rollback", "-y"}).code == 0);
}
