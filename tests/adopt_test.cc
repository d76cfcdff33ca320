// Another tool's ledger taken over, as a user does it: one case a shape of ledger, and what must not be believed.
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Garden {
  fs::path folder = fs::temp_directory_path() / concat("quoin-adopt-", std::to_string(getpid()));
  std::optional<Shadow::Database> database;

  Garden() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
  }
  ~Garden() { fs::remove_all(folder); }

  bool live() {
    if (auto shadow = Shadow::start({})) database.emplace(shadow->create_database());
    if (!database) WARN("skipped: no PostgreSQL server binaries here");
    return database.has_value();
  }
  void add(const Text& name, std::string_view content) const {
    fs::create_directories((folder / "migrations" / name).parent_path());
    write_file(folder / "migrations" / name, content);
  }
  Ran run(const List& arguments) const { return run_quoin(arguments, folder, {"DATABASE_URL=" + database->url()}); }
  void execute(const Text& sql) const { database->connect().execute(sql); }
  Text value(const Text& sql) const { return database->connect().query(sql).text(0, 0); }
  nlohmann::json json(List arguments) const {
    arguments.emplace_back("--json");
    const Ran ran = run(arguments);
    INFO(ran.out + ran.err);
    return nlohmann::json::parse(ran.out);
  }
};

/// A ledger, the three files of a folder in the order of their versions, and what the first two left.
struct Shape {
  Text tool;
  std::map<Text, Text> files;
  Text ledger;
  List versions;  // of the files
};

const Text beds = "CREATE TABLE beds (id int PRIMARY KEY);\n", plants = "CREATE TABLE plants (id int);\n",
           tools = "CREATE TABLE tools (id int);\n";

std::vector<Shape> shapes() {
  return {
      {"dbmate",
       {{"20250301080000_beds.sql", "-- migrate:up\n" + beds + "-- migrate:down\nDROP TABLE beds;\n"},
        {"20250302080000_plants.sql", "-- migrate:up\n" + plants + "-- migrate:down\nDROP TABLE plants;\n"},
        {"20250303080000_tools.sql", "-- migrate:up\n" + tools + "-- migrate:down\nDROP TABLE tools;\n"}},
       "CREATE TABLE public.schema_migrations (version varchar(128) PRIMARY KEY);"
       "INSERT INTO public.schema_migrations VALUES ('20250302080000'), ('20250301080000')",
       {"20250301080000", "20250302080000", "20250303080000"}},
      {"golang-migrate",
       {{"0001_beds.up.sql", beds},
        {"0001_beds.down.sql", "DROP TABLE beds;\n"},
        {"0002_plants.up.sql", plants},
        {"0002_plants.down.sql", "DROP TABLE plants;\n"},
        {"0003_tools.up.sql", tools},
        {"0003_tools.down.sql", "DROP TABLE tools;\n"}},
       "CREATE TABLE public.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);"
       "INSERT INTO public.schema_migrations VALUES (2, false)",
       {"0001", "0002", "0003"}},
      {"goose",
       {{"00001_beds.sql", "-- +goose Up\n" + beds + "-- +goose Down\nDROP TABLE beds;\n"},
        {"00002_plants.sql", "-- +goose Up\n" + plants + "-- +goose Down\nDROP TABLE plants;\n"},
        {"00003_tools.sql", "-- +goose Up\n" + tools + "-- +goose Down\nDROP TABLE tools;\n"}},
       // 3 was applied and undone, as older ones write it down.
       "CREATE TABLE public.goose_db_version (id serial PRIMARY KEY, version_id bigint, is_applied boolean,"
       " tstamp timestamp DEFAULT now()); INSERT INTO public.goose_db_version (version_id, is_applied)"
       " VALUES (0, true), (1, true), (2, true), (3, true), (3, false)",
       {"00001", "00002", "00003"}},
      {"flyway",
       {{"V1__beds.sql", beds}, {"V1_1__plants.sql", plants}, {"V1.10__tools.sql", tools}},
       "CREATE TABLE ops.flyway_schema_history (installed_rank int, version varchar(50), description text, type text,"
       " script text, checksum int, installed_by text, installed_on timestamp, execution_time int, success boolean);"
       "INSERT INTO ops.flyway_schema_history VALUES"
       " (1, '1', 'beds', 'SQL', 'V1__beds.sql', NULL, 'gardener', '2025-03-01', 3, true),"
       " (2, '1.1', 'plants', 'SQL', 'V1_1__plants.sql', NULL, 'gardener', '2025-03-01', 3, true)",
       {"1", "1.1", "1.10"}},
      {"prisma",
       {{"20250301080000_beds/migration.sql", beds},
        {"20250302080000_plants/migration.sql", plants},
        {"20250303080000_tools/migration.sql", tools}},
       "CREATE TABLE public._prisma_migrations (id varchar(36), checksum varchar(64), finished_at timestamptz,"
       " migration_name text, logs text, rolled_back_at timestamptz, started_at timestamptz, applied_steps_count int);"
       "INSERT INTO public._prisma_migrations VALUES"
       " ('b', '', '2025-03-03', '20250302080000_plants', NULL, NULL, '2025-03-03', 1),"
       " ('c', '', NULL, '20250302080000_plants', 'no', '2025-03-02', '2025-03-02', 0),"
       " ('a', '', '2025-03-01', '20250301080000_beds', NULL, NULL, '2025-03-01', 1)",
       {"20250301080000", "20250302080000", "20250303080000"}},
      {"sql-migrate",
       {{"1_beds.sql", "-- +migrate Up\n" + beds + "-- +migrate Down\nDROP TABLE beds;\n"},
        {"2_plants.sql", "-- +migrate Up\n" + plants + "-- +migrate Down\nDROP TABLE plants;\n"},
        {"3_tools.sql", "-- +migrate Up\n" + tools + "-- +migrate Down\nDROP TABLE tools;\n"}},
       "CREATE TABLE public.gorp_migrations (id text PRIMARY KEY, applied_at timestamptz);"
       "INSERT INTO public.gorp_migrations VALUES ('1_beds.sql', NULL), ('2_plants.sql', 'infinity')",
       {"1", "2", "3"}},
      {"typeorm",
       {{"1740816000000-beds.sql", beds}, {"1740902400000-plants.sql", plants}, {"1740988800000-tools.sql", tools}},
       "CREATE TABLE public.migrations (id serial PRIMARY KEY, \"timestamp\" bigint NOT NULL, name varchar NOT NULL);"
       "INSERT INTO public.migrations (timestamp, name) VALUES (1740816000000, 'Beds1740816000000'),"
       " (1740902400000, 'Plants1740902400000')",
       {"1740816000000", "1740902400000", "1740988800000"}},
  };
}

void fill(Garden& garden, const Shape& shape) {
  for (const auto& [name, content] : shape.files) garden.add(name, content);
  garden.execute(concat("CREATE SCHEMA ops; ", beds, plants, shape.ledger));
}

bool holds(const Text& text, std::string_view part) { return text.find(part) != Text::npos; }

void check_taken_over(const Shape& shape) {
  INFO(shape.tool);
  Garden garden;
  if (!garden.live()) return;
  fill(garden, shape);
  const Ran refused = garden.run({"migrate"});
  INFO(refused.err);
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, concat("migrated by ", shape.tool, " up to ")));
  CHECK(holds(refused.err, concat("quoin adopt ", shape.tool)));
  CHECK(holds(garden.run({"status"}).out, ", 2 of 3 files here"));
  CHECK(garden.json({"adopt", "--dry-run"}).at("would_adopt").size() == 2);
  CHECK(garden.value("SELECT to_regclass('quoin.migrations') IS NULL") == "t");
  CHECK(garden.json({"adopt"}).at("adopted").size() == 2);
  CHECK(garden.json({"adopt", shape.tool}).at("adopted").empty());
  const nlohmann::json status = garden.json({"status"});
  CHECK(status.at("applied") == nlohmann::json({shape.versions[0], shape.versions[1]}));
  CHECK(status.at("pending") == nlohmann::json({shape.versions[2]}));
  CHECK(garden.run({"migrate"}).code == 0);
  CHECK(garden.value("SELECT to_regclass('tools') IS NOT NULL") == "t");
  CHECK(garden.value("SELECT count(*) FROM quoin.log WHERE action = 'adopt'") == "2");
  if (garden.value("SELECT bool_and(down IS NOT NULL) FROM quoin.migrations") != "t") return;
  CHECK(garden.run({"rollback", "--count", "2", "-y"}).code == 0);
  CHECK(garden.value("SELECT to_regclass('plants') IS NULL AND to_regclass('beds') IS NOT NULL") == "t");
}

}  // namespace

TEST_CASE("a ledger of each shape is taken over, and only the rest runs", "[adopt][live]") {
  for (const Shape& shape : shapes()) check_taken_over(shape);
}

TEST_CASE("what is adopted is undone in the order in which it was applied", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  fill(garden, shapes()[0]);
  REQUIRE(garden.run({"adopt"}).code == 0);
  CHECK(garden.value("SELECT string_agg(version, ' ' ORDER BY applied_at) FROM quoin.migrations") ==
        "20250301080000 20250302080000");
  CHECK(garden.value("SELECT string_agg(DISTINCT applied_by, ' ') FROM quoin.migrations") == "dbmate");
  REQUIRE(garden.run({"rollback", "-y"}).code == 0);
  CHECK(garden.value("SELECT to_regclass('plants') IS NULL AND to_regclass('beds') IS NOT NULL") == "t");
}

TEST_CASE("a step that is half done there is not adopted", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  fill(garden, shapes()[1]);
  garden.execute("UPDATE public.schema_migrations SET dirty = true");
  const Ran refused = garden.run({"adopt"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "public.schema_migrations says that 2 did not run to its end"));
  CHECK(holds(refused.err, "migrate force VERSION"));
  CHECK(garden.value("SELECT to_regclass('quoin.migrations') IS NULL") == "t");
  CHECK(holds(garden.run({"status"}).out, "2 did not run to an end"));
}

TEST_CASE("what was applied and has no file stays applied", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  const Shape shape = shapes()[2];
  fill(garden, shape);
  fs::remove(garden.folder / "migrations" / "00001_beds.sql");
  CHECK(garden.json({"adopt"}).at("missing") == nlohmann::json({"1"}));
  CHECK(garden.json({"status"}).at("missing") == nlohmann::json({"1"}));
  garden.add("00001_beds.sql", shape.files.at("00001_beds.sql"));
  CHECK(garden.json({"status"}).at("applied") == nlohmann::json({"00001", "00002"}));
}

TEST_CASE("a file that is another than the one that ran is told", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  fill(garden, shapes()[4]);
  garden.execute(concat("UPDATE public._prisma_migrations SET checksum = '", sha256(beds), "'"));
  const nlohmann::json adopted = garden.json({"adopt"});
  REQUIRE(adopted.at("differences").size() == 1);
  CHECK(holds(adopted.at("differences")[0], "plants/migration.sql is not what prisma ran"));
}

TEST_CASE("steps in code are named, and nothing is claimed of them", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  garden.add("20250301080000_beds.rb", "class Beds; end\n");
  garden.add("20250302080000_plants.sql", plants);
  garden.execute(
      "CREATE TABLE public.schema_migrations (version varchar PRIMARY KEY);"
      "CREATE TABLE public.ar_internal_metadata (key varchar, value varchar);"
      "INSERT INTO public.schema_migrations VALUES ('20250301080000'), ('20250302080000')");
  const nlohmann::json adopted = garden.json({"adopt", "Rails"});
  CHECK(adopted.at("beyond") == nlohmann::json({"20250301080000"}));
  CHECK(adopted.at("adopted").size() == 1);
  CHECK(garden.json({"status"}).at("applied") == nlohmann::json({"20250302080000"}));
}

TEST_CASE("the ledger of an older Supabase, without statements, is told by its schema", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  garden.add("20250301080000_beds.sql", beds);
  garden.execute(concat(beds,
                        "CREATE SCHEMA supabase_migrations;"
                        "CREATE TABLE supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);"
                        "INSERT INTO supabase_migrations.schema_migrations VALUES ('20250301080000')"));
  CHECK(holds(garden.run({"migrate"}).err, "quoin adopt supabase"));
  CHECK(garden.json({"adopt", "supabase"}).at("adopted").size() == 1);
}

TEST_CASE("a ledger that quoin writes already is not written over by another's", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  garden.add("1_sheds.sql", "CREATE TABLE sheds (id int);\n");
  REQUIRE(garden.run({"migrate"}).code == 0);
  fill(garden, shapes()[0]);
  const Ran refused = garden.run({"adopt"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "knows of migrations that dbmate does not: 1_sheds"));
  CHECK(garden.value("SELECT count(*) FROM quoin.migrations") == "1");
}

TEST_CASE("a ledger of several tools, or of none, is not guessed at", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  fill(garden, shapes()[0]);
  CHECK(holds(garden.run({"adopt", "flyway"}).err, "has no ledger of flyway"));
  CHECK(holds(garden.run({"adopt", "dbmat"}).err, "did you mean dbmate?"));
  garden.execute(shapes()[2].ledger);
  CHECK(holds(garden.run({"adopt"}).err, "more than one ledger could be adopted"));
  CHECK(garden.run({"adopt", "dbmate"}).code == 0);
  CHECK(holds(garden.run({"list"}).out, "  applied  before 2"));  // dbmate keeps no times
}

TEST_CASE("a table that would run code, or holds what no tool writes, is not believed", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  garden.add("20250301080000_beds.sql", beds);
  garden.execute(
      "CREATE TABLE public.fired (at timestamptz);"
      "CREATE FUNCTION public.fire() RETURNS varchar LANGUAGE plpgsql AS"
      " $$ BEGIN INSERT INTO public.fired VALUES (now()); RETURN '1'; END $$;"
      "CREATE VIEW public.schema_migrations AS SELECT public.fire() AS version");
  const Ran view = garden.run({"adopt"});
  CHECK(view.code == 3);
  CHECK(holds(view.err, "is no plain table, so quoin does not read it\n  hint: name the plain table"));
  CHECK(garden.run({"status"}).code == 0);
  CHECK(garden.run({"migrate"}).code == 3);
  CHECK(garden.value("SELECT count(*) FROM public.fired") == "0");
  garden.execute(
      "DROP VIEW public.schema_migrations; CREATE TABLE public.schema_migrations (version varchar);"
      "INSERT INTO public.schema_migrations VALUES (NULL), (''), (E'\\x1b[2J'), (repeat('9', 100000)), ('../../x')");
  const nlohmann::json odd = garden.json({"adopt"});
  CHECK(odd.at("adopted").empty());
  CHECK(odd.at("beyond").size() >= 3);
}

TEST_CASE("what each tool has left behind is taken over whole", "[adopt][layouts][live]") {
  const char* given = std::getenv("QUOIN_SHARED");
  const fs::path layouts =
      (given != nullptr ? fs::path(given) : fs::path(QUOIN_SOURCE_DIR) / ".." / "shared") / "corpus" / "layouts";
  if (!fs::exists(layouts)) {
    WARN("skipped: no corpus beside the repository (QUOIN_SHARED names another folder)");
    return;
  }
  for (const char* name : {"dbmate", "diesel", "golang-migrate", "node-pg-migrate", "prisma", "sql-migrate", "sqlx",
                           "sqlx-simple", "supabase", "goose", "drizzle", "flyway", "graphile-migrate"}) {
    INFO(name);
    Garden garden;
    if (!garden.live()) return;
    fs::copy(layouts / name, garden.folder, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    if (fs::exists(garden.folder / "migrations" / "committed"))
      write_file(garden.folder / "quoin.yaml", "migrations: migrations/committed\n");
    // A dump holds COPY's rows, which psql alone takes.
    REQUIRE(std::system(concat("psql -qX -v ON_ERROR_STOP=1 '", garden.database->url(), "' -f '",
                               (garden.folder / "applied.sql").string(), "' > /dev/null 2>&1")
                            .c_str()) == 0);
    const nlohmann::json wanted = nlohmann::json::parse(read_file(garden.folder / "expected.json"));
    const Ran adopted = garden.run({"adopt"});
    INFO(adopted.out + adopted.err);
    CHECK(adopted.code == 0);
    const nlohmann::json status = garden.json({"status"});
    const std::size_t repeatable = wanted.contains("repeatable") ? wanted.at("repeatable").size() : 0;
    CHECK(status.at("applied").size() == wanted.at("applied").size() + repeatable);
    CHECK(status.at("pending").empty());
    CHECK(holds(garden.run({"migrate"}).out, "nothing to run"));
  }
}

TEST_CASE("another tool's ledger is no part of the schema", "[commands][live]") {
  Garden garden;
  if (!garden.live()) return;
  garden.execute(
      "CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint, is_applied boolean, tstamp timestamp);"
      "CREATE TABLE flyway_schema_history (of_ours int); CREATE TABLE beds (id int);"
      "CREATE SCHEMA sqitch; CREATE TABLE sqitch.projects (project text PRIMARY KEY);"
      "CREATE TABLE sqitch.changes (change_id text PRIMARY KEY, script_hash text, change text, project text REFERENCES"
      " sqitch.projects, committed_at timestamptz, committer_name text); CREATE TABLE sqitch.events (id int);"
      "CREATE TABLE sqitch.tags (tag_id text PRIMARY KEY, change_id text REFERENCES sqitch.changes)");
  write_file(garden.folder / "beds.yaml", "schema: public\ntables:\n  beds: { columns: { id: integer } }\n");
  const Ran diff = garden.run({"diff", "--to", "beds.yaml"});
  INFO(diff.out + diff.err);
  CHECK_FALSE(diff.out.find("goose") != Text::npos);
  CHECK_FALSE(diff.out.find("sqitch") != Text::npos);
  CHECK(holds(diff.err, "sqitch.changes, sqitch.events, sqitch.projects, sqitch.tags are left alone: sqitch keeps"));
  CHECK(diff.out.find("DROP TABLE public.flyway_schema_history") != Text::npos);  // that is called so, and no more
  CHECK(diff.err.find("public.goose_db_version is left alone: goose keeps there which migrations it has run") !=
        Text::npos);
  write_file(garden.folder / "all.yaml", garden.run({"snapshot", garden.database->url(), "--format", "yaml"}).out);
  CHECK(garden.run({"diff", "--to", "all.yaml", "--exit-code"}).code == 0);
}

TEST_CASE("what another tool has run is asked about also when quoin's ledger has rows", "[commands][live]") {
  Garden garden;
  if (!garden.live()) return;
  garden.add("20250301080000_beds.sql", "-- migrate:up\n" + beds + "-- migrate:down\n");
  garden.add("20250302080000_cents.sql", "-- migrate:up\nUPDATE beds SET id = id * 100;\n-- migrate:down\n");
  garden.execute(beds +
                 "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);"
                 "INSERT INTO beds VALUES (1); INSERT INTO schema_migrations VALUES ('20250301080000'),"
                 " ('20250302080000')");
  CHECK(garden.run({"repair", "20250301080000", "--applied"}).code == 0);
  const Ran ran = garden.run({"migrate"});
  INFO(ran.out + ran.err);
  CHECK(ran.code == 3);
  CHECK(garden.value("SELECT id FROM beds") == "1");
}

TEST_CASE("a ledger that its tool's settings call otherwise is known by its columns", "[adopt][live]") {
  Garden garden;
  if (!garden.live()) return;
  garden.add("V1__beds.sql", beds);
  garden.add("below/V2__plants.sql", plants);
  garden.add("V3__tools.sql", tools);
  write_file(garden.folder / "flyway.conf", "flyway.table=my_hist\nflyway.schemas=app\n");
  garden.execute(
      "CREATE SCHEMA app; SET search_path = app; " + beds + plants +
      "CREATE TABLE my_hist (installed_rank int, version varchar(50), description text, type text, script text,"
      " checksum int, installed_by text, installed_on timestamp, execution_time int, success boolean);"
      "INSERT INTO my_hist VALUES (1, '1', 'beds', 'SQL', 'V1__beds.sql', NULL, 'ann', '2025-03-01', 3, true),"
      " (2, '2', 'plants', 'SQL', 'below/V2__plants.sql', NULL, 'ann', '2025-03-01', 3, true),"
      " (3, '3', 'tools', 'SQL', 'V3__tools.sql', NULL, 'ann', '2025-03-01', 3, true),"
      " (4, '3', 'tools', 'DELETE', 'V3__tools.sql', NULL, 'ann', '2025-03-02', 3, true);"
      "CREATE TABLE public.own (version varchar PRIMARY KEY); INSERT INTO public.own VALUES ('1')");
  CHECK(holds(garden.run({"migrate"}).err, "quoin adopt flyway"));
  CHECK(garden.json({"adopt", "dbmate", "--table", "own", "--dry-run"}).at("would_adopt").size() == 1);
  CHECK(holds(garden.run({"adopt", "goose", "--table", "own"}).err, "its columns would be id"));
  CHECK(garden.json({"adopt", "flyway", "--table", "app.my_hist"}).at("adopted").size() == 2);
  const Ran ran = garden.run({"migrate"});
  INFO(ran.out + ran.err);
  CHECK(ran.code == 0);
  CHECK(garden.value("SELECT pg_catalog.to_regclass('app.tools') IS NOT NULL") == "t");
}

TEST_CASE("what quoin has undone stays pending, and a baseline knows what it stands for", "[commands][live]") {
  Garden garden;
  if (!garden.live()) return;
  garden.add("1_beds.up.sql", beds);
  garden.add("1_beds.down.sql", "DROP TABLE beds;\n");
  garden.add("2_plants.up.sql", plants);
  garden.execute(beds +
                 "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);"
                 "INSERT INTO schema_migrations VALUES (1, false)");
  CHECK(garden.run({"adopt"}).code == 0);
  CHECK(garden.run({"rollback", "-y"}).code == 0);
  CHECK(holds(garden.run({"adopt"}).out, "1_beds is left out: quoin's log says that it was taken back since"));
  CHECK(garden.run({"migrate", "--to", "1"}).out.find("applied 1_beds") == 0);
  garden.execute("DROP SCHEMA quoin CASCADE");
  CHECK(garden.run({"squash", "--to", "2"}).code == 0);
  const nlohmann::json adopted = garden.json({"adopt"});
  CHECK(adopted.at("adopted").size() == 1);
  CHECK(adopted.at("missing").empty());
  CHECK(holds(garden.run({"migrate"}).err, "this database has only part: it has 1; it lacks 2"));
}
