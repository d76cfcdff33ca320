// Folders of other tools run on databases, as a user does it; with the corpus, what each tool itself made of them.
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Garden {
  fs::path folder = fs::temp_directory_path() / concat("quoin-garden-", std::to_string(getpid()));
  std::optional<Shadow> shadow = Shadow::start({});
  std::optional<Shadow::Database> database, other;

  Garden() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    if (!shadow) WARN("skipped: no PostgreSQL server binaries here");
    if (shadow) database.emplace(shadow->create_database());
  }
  Garden(const Garden&) = delete;
  Garden& operator=(const Garden&) = delete;
  ~Garden() { fs::remove_all(folder); }

  void add(const Text& name, std::string_view content) const {
    fs::create_directories((folder / "migrations" / name).parent_path());
    write_file(folder / "migrations" / name, content);
  }
  Ran run(const List& arguments) const { return run_quoin(arguments, folder, {"DATABASE_URL=" + database->url()}); }
  Text value(const Text& sql) const { return database->connect().query(sql).text(0, 0); }
  nlohmann::json json(List arguments) const {
    arguments.emplace_back("--json");
    const Ran ran = run(arguments);
    INFO(ran.out + ran.err);
    return nlohmann::json::parse(ran.out);
  }
};

const Text by_ann = " 2025-03-01T08:00:00Z Ann Lee <ann@example.org> # ";

fs::path shared() {
  const char* given = std::getenv("QUOIN_SHARED");
  return given != nullptr ? fs::path(given) : fs::path(QUOIN_SOURCE_DIR) / ".." / "shared";
}

int shell(const Text& line) { return std::system(line.c_str()); }

/// The state that the tool left, without its ledger.
void load_without_ledger(const Garden& garden, const Text& state, const Text& ledger) {
  REQUIRE(shell(concat("psql -qX -v ON_ERROR_STOP=1 '", garden.other->url(), "' -f '", (garden.folder / state).string(),
                       "' > /dev/null 2>&1")) == 0);
  const std::size_t dot = ledger.find('.');
  const Text schema = ledger.substr(0, dot);
  garden.other->connect().execute(
      schema == "public" ? concat("DROP TABLE ", ledger, "; DROP TABLE IF EXISTS public.databasechangeloglock")
                         : concat("DROP SCHEMA ", schema, " CASCADE"));
}

Text difference(const Garden& garden) {
  const Text out = (garden.folder / "difference").string();
  const Text judge = (shared() / "tools" / "pg-oracle").string();
  shell(concat("'", judge, "' '", garden.database->url(), "' '", garden.other->url(), "' > '", out, "' 2>&1"));
  return read_file(out);
}

void check_folder(const Text& name) {
  Garden garden;
  if (!garden.database) return;
  fs::copy(shared() / "corpus" / "layouts" / name, garden.folder,
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  const nlohmann::json wanted = nlohmann::json::parse(read_file(garden.folder / "expected.json"));
  const Text ledger = wanted.at("ledger").get<Text>();
  const Ran up = garden.run({"migrate", "--allow", "data-loss,access"});
  INFO(name << "\n" << up.out << up.err);
  REQUIRE(up.code == 0);
  garden.other.emplace(garden.shadow->create_database());
  load_without_ledger(garden, "applied.sql", ledger);
  CHECK(difference(garden).empty());
  if (!fs::exists(garden.folder / "rolled-back.sql")) return;
  const Text count = std::to_string(wanted.at("pending_after_rollback").size());
  const Ran down = garden.run({"rollback", "--count", count, "-y"});
  INFO(down.out << down.err);
  REQUIRE(down.code == 0);
  garden.other.emplace(garden.shadow->create_database());
  load_without_ledger(garden, "rolled-back.sql", ledger);
  CHECK(difference(garden).empty());
}

}  // namespace

TEST_CASE("a Sqitch project goes up by its plan, down, and on after a rework", "[layouts][live]") {
  const Garden garden;
  if (!garden.database) return;
  const Text plan =
      concat("%project=garden\n\nbeds", by_ann, "\n@v1", by_ann, "\nasters [beds]", by_ann, "\n@v2", by_ann, "\n");
  garden.add("sqitch.plan", plan);
  garden.add("deploy/beds.sql", "BEGIN;\nCREATE TABLE beds (id int);\nCOMMIT;\n");
  garden.add("revert/beds.sql", "BEGIN;\nDROP TABLE beds;\nCOMMIT;\n");
  garden.add("deploy/asters.sql", "CREATE INDEX CONCURRENTLY asters ON beds (id);\n");
  garden.add("revert/asters.sql", "DROP INDEX asters;\n");
  const Ran up = garden.run({"migrate", "--to", "@v1"});
  INFO(up.out << up.err);
  CHECK(up.out.find("applied beds (") == 0);
  CHECK(garden.json({"status"}).at("pending") == nlohmann::json({"asters"}));
  CHECK(garden.run({"migrate"}).code == 0);
  CHECK(garden.run({"rollback", "-y"}).out == "undone asters\n");
  CHECK(garden.run({"migrate"}).code == 0);
  garden.add("sqitch.plan", concat(plan, "beds [beds@v1]", by_ann, "\n"));
  garden.add("deploy/beds@v2.sql", "BEGIN;\nCREATE TABLE beds (id int);\nCOMMIT;\n");
  garden.add("revert/beds@v2.sql", "BEGIN;\nDROP TABLE beds;\nCOMMIT;\n");
  garden.add("deploy/beds.sql", "ALTER TABLE beds ADD COLUMN name text;\n");
  garden.add("revert/beds.sql", "ALTER TABLE beds DROP COLUMN name;\n");
  const nlohmann::json status = garden.json({"status"});
  CHECK(status.at("applied") == nlohmann::json({"beds", "asters"}));
  CHECK(status.at("pending") == nlohmann::json({"beds#2"}));
  CHECK(garden.run({"migrate"}).code == 0);
  CHECK(garden.value("SELECT string_agg(version, ' ' ORDER BY applied_at) FROM quoin.migrations") ==
        "beds asters beds#2");
  const Ran refused = garden.run({"create", "roses"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "is of sqitch, and a file put into it would not count"));
}

TEST_CASE("a change that is put before applied ones in the plan is late, not lost", "[layouts][live]") {
  const Garden garden;
  if (!garden.database) return;
  garden.add("sqitch.plan", concat("%project=garden\n\nzinnias", by_ann, "\nbeds", by_ann, "\n"));
  garden.add("deploy/zinnias.sql", "CREATE TABLE zinnias (id int);\n");
  garden.add("deploy/beds.sql", "CREATE TABLE beds (id int);\n");
  garden.add("deploy/asters.sql", "CREATE TABLE asters (id int);\n");
  REQUIRE(garden.run({"migrate"}).code == 0);
  garden.add("sqitch.plan", concat("%project=garden\n\nzinnias", by_ann, "\nasters", by_ann, "\nbeds", by_ann, "\n"));
  const Ran late = garden.run({"migrate"});
  CHECK(late.code == 3);
  CHECK(holds(late.err, "out of order"));
  CHECK(garden.run({"migrate", "--out-of-order"}).code == 0);
  CHECK(garden.value("SELECT to_regclass('asters') IS NOT NULL") == "t");
  fs::remove(garden.folder / "migrations/deploy/zinnias.sql");
  garden.add("sqitch.plan", concat("%project=garden\n\nasters", by_ann, "\nbeds", by_ann, "\n"));
  CHECK(garden.json({"status"}).at("missing") == nlohmann::json({"zinnias"}));
  CHECK(holds(garden.run({"migrate"}).out, "nothing to run"));
}

TEST_CASE("Liquibase's changesets run one by one, and again where they say so", "[layouts][live]") {
  const Garden garden;
  if (!garden.database) return;
  const Text head =
      "--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE beds (id int);\n--rollback DROP TABLE beds;\n";
  garden.add(
      "a.sql",
      head + "--changeset ann:v runOnChange:true\nCREATE OR REPLACE VIEW v AS SELECT 1 AS a;\n--rollback empty\n");
  garden.add("b.sql", "--liquibase formatted sql\n--changeset ann:1\n--preconditions onFail:HALT\nSELECT 1;\n");
  const Ran refused = garden.run({"migrate"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "b.sql::1::ann cannot run: its preconditions are Liquibase's to check"));
  fs::remove(garden.folder / "migrations/b.sql");
  CHECK(garden.run({"migrate", "--to", "v"}).code == 0);
  garden.add(
      "a.sql",
      head + "--changeset ann:v runOnChange:true\nCREATE OR REPLACE VIEW v AS SELECT 2 AS a;\n--rollback empty\n");
  CHECK(garden.json({"status"}).at("pending") == nlohmann::json({"a.sql::v::ann"}));
  CHECK(garden.run({"migrate"}).code == 0);
  CHECK(garden.value("SELECT a FROM v") == "2");
  CHECK(holds(garden.run({"migrate"}).out, "nothing to run"));
  garden.add("a.sql", head + "--changeset ann:v\nCREATE OR REPLACE VIEW v AS SELECT 3 AS a;\n");
  CHECK(garden.run({"migrate"}).code == 3);
}

TEST_CASE("values are given on the command line and in quoin.yaml", "[layouts][live]") {
  const Garden garden;
  if (!garden.database) return;
  garden.add("1_a.sql", "CREATE TABLE beds (id int DEFAULT ${first}, name text DEFAULT '${second}');\n");
  const Ran refused = garden.run({"migrate"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "${first} stands for a value, and none is given"));
  write_file(garden.folder / "quoin.yaml", "vars:\n  first: '1'\n  second: roses\n");
  CHECK(garden.run({"migrate", "--set", "first"}).code == 64);
  CHECK(garden.run({"migrate", "--set", "first=7"}).code == 0);
  garden.database->connect().execute("INSERT INTO beds DEFAULT VALUES");
  CHECK(garden.value("SELECT id || name FROM beds") == "7roses");
  CHECK(garden.json({"status"}).at("changed").empty());
  CHECK(holds(garden.run({"list", "-v"}).err, "layout of migrations: quoin"));
  CHECK(garden.run({"list", "--layout", "flyway"}).code == 0);
  CHECK(garden.run({"list", "--layout", "sqitch"}).code == 2);
}

TEST_CASE("each folder of the corpus comes to its own tool's end, up and down", "[layouts][live][corpus]") {
  if (!fs::exists(shared() / "corpus" / "layouts")) {
    WARN("skipped: no corpus beside the repository (QUOIN_SHARED names another folder)");
    return;
  }
  for (const auto& entry : fs::directory_iterator(shared() / "corpus" / "layouts")) {
    const Text name = entry.path().filename().string();
    if (!fs::exists(entry.path() / "expected.json")) continue;
    const auto is_sql = [](const auto& file) { return file.path().extension() == ".sql"; };
    // Of those whose steps are code quoin runs nothing.
    if (std::ranges::any_of(fs::recursive_directory_iterator(entry.path() / "migrations"), is_sql)) check_folder(name);
  }
}
