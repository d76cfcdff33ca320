// redo, log and migrate --continue as a user runs them.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Garden {
  fs::path folder = fs::temp_directory_path() / concat("quoin-redo-", std::to_string(getpid()));
  std::optional<Shadow::Database> database;

  Garden() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    if (auto shadow = Shadow::start({})) database.emplace(shadow->create_database());
    if (!database) WARN("skipped: no PostgreSQL server binaries here");
  }
  Garden(const Garden&) = delete;
  Garden& operator=(const Garden&) = delete;
  ~Garden() { fs::remove_all(folder); }

  void add(const Text& name, const Text& up, const Text& down = {}) const {
    const Text text =
        concat("-- Up Migration\n", up, "\n", down.empty() ? "" : concat("-- Down Migration\n", down, "\n"));
    write_file(folder / "migrations" / name, text);
  }
  Ran run(const List& arguments) const { return run_quoin(arguments, folder, {"DATABASE_URL=" + database->url()}); }
  Text value(const Text& sql) const { return database->connect().query(sql).text(0, 0); }
  Text versions() const { return value("SELECT string_agg(version, ' ' ORDER BY version) FROM quoin.migrations"); }
};

}  // namespace

TEST_CASE("redo undoes what was applied last, and runs it as its file is now", "[commands][live]") {
  const Garden garden;
  if (!garden.database) return;
  CHECK(garden.run({"redo", "-y"}).out == "nothing to undo: nothing is applied\n");
  garden.add("1_beds.sql", "CREATE TABLE beds (id int);", "DROP TABLE beds;");
  garden.add("2_asters.sql", "CREATE TABLE asters (id int);", "DROP TABLE asters;");
  REQUIRE(garden.run({"migrate"}).code == 0);
  CHECK(garden.run({"redo"}).code == 3);
  CHECK(garden.run({"redo", "--dry-run"}).out == "would undo and run again 2_asters\n");
  garden.add("2_asters.sql", "CREATE TABLE asters (id int, name text);", "DROP TABLE asters;");
  CHECK(garden.run({"redo", "-y"}).out == "undone 2_asters\napplied 2_asters\n");
  CHECK(garden.value("SELECT count(*) FROM pg_attribute WHERE attrelid = 'asters'::regclass AND attnum > 0") == "2");
  CHECK(garden.run({"redo", "--count", "2", "-y"}).out ==
        "undone 2_asters\nundone 1_beds\napplied 1_beds\napplied 2_asters\n");
  CHECK(garden.run({"migrate"}).out == "nothing to run: all is applied\n");
  const auto json = nlohmann::json::parse(garden.run({"redo", "-y", "--json"}).out);
  CHECK(json.at("redone").at(0).at("version") == "2");

  garden.add("3_pots.sql", "CREATE TABLE pots (id int);", "DROP TABLE potz;");
  garden.add("4_roses.sql", "CREATE TABLE roses (id int);", "DROP TABLE roses;");
  REQUIRE(garden.run({"migrate"}).code == 0);
  const Text stuck = garden.run({"redo", "--count", "2", "-y"}).err;
  INFO(stuck);
  CHECK(stuck.find("then run quoin redo again; ") != Text::npos);
  CHECK(stuck.find("undone and not run again yet: 4_roses, which quoin migrate runs") != Text::npos);
}

TEST_CASE("what a file's name holds steers no terminal and begins no line", "[commands][live]") {
  const Garden garden;
  if (!garden.database) return;
  garden.add("1_a\n\x1B[31mred.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
  const Text shown = "1_a\\n\\x1B[31mred";
  CHECK(garden.run({"migrate", "--dry-run"}).out == concat("would run ", shown, "\n"));
  CHECK(garden.run({"migrate"}).out.starts_with(concat("applied ", shown, " (")));
  CHECK(garden.run({"rollback", "--dry-run"}).out == concat("would undo ", shown, "\n"));
  CHECK(garden.run({"redo", "-y"}).out == concat("undone ", shown, "\napplied ", shown, "\n"));
}

TEST_CASE("after a redo that failed the next one does not undo one more", "[commands][live]") {
  const Garden garden;
  if (!garden.database) return;
  garden.add("1_beds.sql", "CREATE TABLE beds (id int);", "DROP TABLE beds;");
  garden.add("2_asters.sql", "CREATE TABLE asters (id int);", "DROP TABLE asters;");
  REQUIRE(garden.run({"migrate"}).code == 0);
  garden.add("2_asters.sql", "CREATE TABLE asters (id int);\nSELECT 1 / 0;", "DROP TABLE asters;");
  CHECK(garden.run({"redo", "-y"}).code == 2);
  const Ran again = garden.run({"redo", "-y"});
  CHECK(again.code == 3);
  CHECK(holds(again.err, "2_asters has failed and is not applied, so this would undo another: division by zero"));
  CHECK(garden.run({"status", "--json"}).out.find(R"("1")") != Text::npos);
}

TEST_CASE("redo undoes nothing where it could not run again", "[commands][live]") {
  const Garden garden;
  if (!garden.database) return;
  garden.add("1_beds.sql", "CREATE TABLE beds (id int);", "DROP TABLE beds;");
  REQUIRE(garden.run({"migrate"}).code == 0);
  garden.add("1_beds.sql", "CREATE TABLE beds (id ${type});", "DROP TABLE beds;");
  CHECK(garden.run({"redo", "-y"}).code == 3);
  fs::remove(garden.folder / "migrations/1_beds.sql");
  const Ran gone = garden.run({"redo", "-y"});
  CHECK(gone.code == 3);
  CHECK(holds(gone.err, "1_beds has no file, so it could not run again"));
  CHECK(garden.value("SELECT to_regclass('beds') IS NOT NULL") == "t");
}

TEST_CASE("log tells what was done, by whom and when", "[commands][live]") {
  const Garden garden;
  if (!garden.database) return;
  CHECK(garden.run({"log"}).out == "nothing is logged\n");
  garden.add("1_beds.sql", "CREATE TABLE beds (id int);", "DROP TABLE beds;");
  garden.add("2_asters.sql", "CREATE TABLE asters (id no_such_type);", "SELECT 1;");
  CHECK(garden.run({"migrate"}).code == 2);
  REQUIRE(garden.run({"rollback", "-y"}).code == 0);
  const auto log = nlohmann::json::parse(garden.run({"log", "--json"}).out).at("log");
  REQUIRE(log.size() == 3);
  CHECK(log[0].at("action") == "migrate");
  CHECK(log[1].at("action") == "failure");
  CHECK(holds(log[1].at("detail").get<Text>(), "no_such_type"));
  CHECK(log[2].at("action") == "rollback");
  CHECK(log[2].at("name") == "beds");
  CHECK(log[0].at("by") == garden.value("SELECT session_user"));
  const Text all = garden.run({"log"}).out;
  CHECK(holds(all, "  migrate   1_beds\n"));
  CHECK(nlohmann::json::parse(garden.run({"log", "--migration", "1_beds", "--json"}).out).at("log").size() == 2);
  CHECK(nlohmann::json::parse(garden.run({"log", "--count", "1", "--json"}).out).at("log")[0] == log[2]);
  CHECK(nlohmann::json::parse(garden.run({"log", "--since", "2999-01-01", "--json"}).out).at("log").empty());
  CHECK(nlohmann::json::parse(garden.run({"log", "--since", "2001-01-01", "--json"}).out).at("log").size() == 3);
  CHECK(garden.run({"log", "--since", "soon"}).code == 64);
  CHECK(garden.run({"log", "--count", "0"}).code == 64);
  CHECK(holds(garden.run({"log", "--migration", "1_bed"}).err, "did you mean 1_beds?"));
}

TEST_CASE("migrate --continue goes on to what needs none of what failed", "[commands][live]") {
  const Garden garden;
  if (!garden.database) return;
  garden.add("1_beds.sql", "CREATE TABLE beds (id int PRIMARY KEY);");
  garden.add("2_asters.sql", "ALTER TABLE beds ADD COLUMN a int;\nCREATE TABLE asters (id int);\nSELECT 1 / 0;");
  garden.add("3_roses.sql", "CREATE TABLE roses (id int);");
  garden.add("4_stems.sql", "CREATE TABLE stems (id int, aster int);\nCREATE VIEW v AS SELECT id FROM asters;");
  garden.add("5_leaves.sql", "ALTER TABLE stems ADD COLUMN leaf int;");
  garden.add("6_seeds.sql", "-- quoin: depends-on 5\nCREATE TABLE seeds (id int);");
  garden.add("7_words.sql", "DO $$ BEGIN EXECUTE 'CREATE TABLE wor' || chr(100) || 's ()'; END $$;");
  CHECK(garden.run({"migrate", "--continue", "--stop-on-error"}).code == 64);
  const Ran stopped = garden.run({"migrate", "--stop-on-error"});
  CHECK(stopped.code == 2);
  CHECK(garden.versions() == "1");
  const Ran ran = garden.run({"migrate", "--continue"});
  INFO(ran.out + ran.err);
  CHECK(ran.code == 2);
  CHECK(garden.versions() == "1 3");
  CHECK(holds(ran.err, "division by zero"));
  CHECK(holds(ran.err, "held back 4_stems: it may need 2_asters, which did not run"));
  CHECK(holds(ran.err, "held back 5_leaves: it may need 4_stems"));
  CHECK(holds(ran.err, "held back 6_seeds: it may need 5_leaves"));
  CHECK(holds(ran.err, "held back 7_words"));
  CHECK(holds(ran.err, "1 migration failed, 4 migrations were held back, 1 migration ran"));
  garden.add("2_asters.sql", "ALTER TABLE beds ADD COLUMN a int;\nCREATE TABLE asters (id int);");
  CHECK(garden.run({"migrate"}).code == 3);
  CHECK(garden.run({"migrate", "--out-of-order"}).code == 0);
  CHECK(garden.versions() == "1 2 3 4 5 6 7");
}

TEST_CASE("migrate --continue stops where a part of what failed stands", "[commands][live]") {
  const Garden garden;
  if (!garden.database) return;
  garden.add("1_beds.sql", "-- quoin: no-transaction\nCREATE TABLE beds (id int);\nSELECT 1 / 0;");
  garden.add("2_roses.sql", "CREATE TABLE roses (id int);");
  const Ran ran = garden.run({"migrate", "--continue"});
  CHECK(ran.code == 2);
  CHECK(garden.value("SELECT to_regclass('roses') IS NULL") == "t");
  CHECK(garden.value("SELECT status FROM quoin.migrations") == "failed");
}
