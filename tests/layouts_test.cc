// Folders of other tools: whose they are, in which order their files run, and what in them is up and down.
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "parser/migrations/migration.h"
#include "parser/migrations/refusals.h"
#include "tests/catch.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / concat("quoin-layouts-", std::to_string(getpid()));
  Findings left_out;

  Folder() {
    fs::remove_all(path);
    fs::create_directories(path / "m");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }

  void add(const Text& name, std::string_view content) const {
    fs::create_directories((path / "m" / name).parent_path());
    write_file(path / "m" / name, content);
  }
  MigrationFolder read(const FolderReading& reading = {}) {
    left_out.clear();
    return read_migration_folder((path / "m").string(), left_out, reading);
  }
  List versions(const FolderReading& reading = {}) {
    List all;
    for (const Migration& migration : read(reading).migrations) all.push_back(migration.version);
    return all;
  }
  /// Message and hint of what is thrown; empty: nothing is.
  Text refusal(const FolderReading& reading = {}) {
    try {
      read(reading);
    } catch (const Error& error) { return concat(to_string(error.where), " ", error.what(), " ", error.hint); }
    return {};
  }
  bool says(std::string_view part) const {
    return std::ranges::any_of(left_out, [&](const Finding& one) {
      return concat(one.place.file, ": ", one.message).find(part) != Text::npos;
    });
  }
};

FolderReading as(const Text& layout) { return {CodeSteps::refused, layout, {}}; }

const Text plan_head = "%syntax-version=1.0.0\n%project=garden\n\n";
const Text by_ann = " 2025-03-01T08:00:00Z Ann Lee <ann@example.org> # ";

void add_change(const Folder& folder, const Text& script, const Text& deploy) {
  folder.add(concat("deploy/", script, ".sql"), deploy);
  folder.add(concat("revert/", script, ".sql"), "BEGIN;\nSELECT 2;\nCOMMIT;\n");
  folder.add(concat("verify/", script, ".sql"), "SELECT 3;\n");
}

}  // namespace

TEST_CASE("a folder says whose it is, and why", "[layouts]") {
  const std::vector<std::pair<List, Text>> all{
      {{"1_a.sql", "-- migrate:up\nselect 1;\n"}, "dbmate"},
      {{"1_a.sql", "-- +goose Up\nselect 1;\n"}, "goose"},
      {{"1_a.sql", "-- +migrate Up\nselect 1;\n"}, "sql-migrate"},
      {{"1_a.sql", "select 1;\n---- create above / drop below ----\nselect 2;\n"}, "tern"},
      {{"1_a.up.sql", "select 1;\n"}, "golang-migrate, sqlx"},
      {{"V1__a.sql", "select 1;\n"}, "flyway"},
      {{"1_a/up.sql", "select 1;\n"}, "diesel, prisma"},
      {{"1_a.sql", "select 1;\n"}, "quoin, node-pg-migrate, supabase, yoyo, atlas"},
      {{"a.sql", "--liquibase formatted sql\n--changeset ann:1\nselect 1;\n"}, "liquibase"},
      {{"committed/000001.sql", "--! Previous: -\n--! Hash: x\n\nselect 1;\n"}, "graphile-migrate"}};
  for (const auto& [file, layout] : all) {
    Folder folder;
    folder.add(file[0], file[1]);
    const MigrationFolder read = folder.read();
    INFO(layout);
    CHECK(read.layout == layout);
    CHECK(read.migrations.size() == 1);
    const bool tells_by_file = holds(layout, "quoin") ? !read.why.empty() : holds(read.why, file[0]);
    CHECK(tells_by_file);
  }
}

TEST_CASE("files of two tools in one folder are an error that names two of them", "[layouts]") {
  Folder folder;
  folder.add("1_a.sql", "-- migrate:up\nselect 1;\n");
  folder.add("2_b.sql", "-- Up Migration\nselect 1;\n");
  folder.add("3_c.sql", "select 1;\n");
  CHECK(folder.versions() == List{"1", "2", "3"});
  const std::vector<Migration> read = folder.read().migrations;
  CHECK(refusals(read[1]).empty());
  REQUIRE(refusals(read[2]).size() == 1);
  CHECK(holds(refusals(read[2])[0].message, "nothing in it says what goes up, and dbmate runs no such file"));
  CHECK(holds(refusals(read[2])[0].hint, "write `-- migrate:up` in a line above"));
  folder.add("4_d.sql", "-- +goose Up\nselect 1;\n");
  const Text refusal = folder.refusal();
  CHECK(holds(refusal, "1_a.sql has a section -- migrate:up, as with dbmate"));
  CHECK(holds(refusal, "4_d.sql has a section -- +goose Up, as with goose"));
  CHECK(holds(folder.refusal(as("dbmate")), "4_d.sql is none of dbmate"));
  CHECK(holds(folder.refusal(as("flyway")), "1_a.sql is none of flyway"));
  CHECK(holds(folder.refusal(as("sqitch")), "is none of sqitch"));
  CHECK(holds(folder.refusal(as("dbmat")), "did you mean dbmate?"));
}

TEST_CASE("U goes down with Flyway and up with refinery", "[layouts]") {
  Folder folder;
  folder.add("V1__a.sql", "select 1;\n");
  folder.add("U2__b.sql", "select 2;\n");
  CHECK(folder.versions() == List{"1", "2"});
  CHECK(folder.read().layout == "refinery");
  CHECK(folder.says("U2__b.sql: it goes up, as refinery has it"));
  CHECK(folder.versions(as("refinery")) == List{"1", "2"});
  CHECK(folder.left_out.empty());
  CHECK(holds(folder.refusal(as("flyway")), "undoes a migration that is not there"));
  folder.add("U1__a.sql", "select 2;\n");
  CHECK(holds(folder.refusal(), "--layout refinery"));
  CHECK(holds(folder.refusal(), "U2__b.sql undoes a migration that is not there"));
  fs::remove(folder.path / "m/U2__b.sql");
  CHECK(folder.read().layout == "flyway");
  CHECK(folder.read().migrations[0].down->text == "select 2;\n");
  fs::remove(folder.path / "m/V1__a.sql");
  folder.add("V1.5__b.sql", "select 1;\n");
  CHECK(holds(folder.refusal(), "U1__a.sql undoes a migration that is not there"));
}

TEST_CASE("yoyo's names, its way back and what it depends on", "[layouts]") {
  Folder folder;
  folder.add("20250301_01_xK3b9-beds.sql", "-- Beds\n-- depends:\n\nselect 1;\n");
  folder.add("20250301_02_Qw0Zt.sql", "-- depends: 20250301_01_xK3b9-beds\n-- transactional: false\nselect 2;\n");
  folder.add("20250301_02_Qw0Zt.rollback.sql", "select 3;\n");
  CHECK(folder.versions() == List{"2025030101", "2025030102"});
  CHECK(folder.read().migrations[1].down->text == "select 3;\n");
  CHECK(folder.read().migrations[1].up.directive("no-transaction") != nullptr);
  folder.add("20250301_00_aaaaa-first.sql", "-- depends: 20250301_01_xK3b9-beds\nselect 1;\n");
  CHECK(holds(folder.refusal(), "depends on 20250301_01_xK3b9-beds, which comes after it"));
  folder.add("20250301_00_aaaaa-first.sql", "-- depends: 20250300_01_xK3b9-gone\nselect 1;\n");
  CHECK(holds(folder.refusal(), "depends on 20250300_01_xK3b9-gone, which the folder does not hold"));
  Folder dotted;
  dotted.add("0001.create-foo.sql", "select 1;\n");
  CHECK(dotted.read().migrations[0].label() == "0001_create-foo");
}

TEST_CASE("a transaction around a whole script is the run's own", "[layouts]") {
  const auto read = [](const Text& name, const Text& text) { return read_migration(name, text); };
  const Migration whole = read("1_a.up.sql", "-- a\nbegin transaction;\nSELECT 1;\nEND; -- b\n");
  CHECK(refusals(whole).empty());
  CHECK(place_of(whole.up, whole.up.text.find("SELECT")) == Place{"1_a.up.sql", 3, 1});
  for (const char* text :
       {"BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT 2;\n", "SELECT 0;\nBEGIN;\nSELECT 1;\nCOMMIT;\n", "BEGIN;\nSELECT 1;\n",
        "BEGIN;\nSELECT 1;\nROLLBACK;\n", "COMMIT;\n", "BEGIN ISOLATION LEVEL SERIALIZABLE;\nSELECT 1;\nCOMMIT;\n",
        "BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;\n"}) {
    INFO(text);
    CHECK_FALSE(refusals(read("1_a.up.sql", text)).empty());
  }
  CHECK_FALSE(refusals(read("1_a.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\n")).empty());
}

TEST_CASE("a checkpoint of Atlas's is named and not run", "[layouts]") {
  Folder folder;
  folder.add("20250301080000_a.sql", "select 1;\n");
  folder.add("20250301080001_all.sql", "-- atlas:checkpoint\n\nselect 1;\n");
  CHECK(folder.versions() == List{"20250301080000"});
  CHECK(folder.says("20250301080001_all.sql: left out: Atlas begins new databases with it"));
}

TEST_CASE("Sqitch's plan gives the order, and is checked", "[layouts]") {
  Folder folder;
  folder.add("sqitch.plan", concat(plan_head, "zinnias", by_ann, "first\n@v1", by_ann,
                                   "tagged\nasters [zinnias garden:@v1]", by_ann, "second\n"));
  add_change(folder, "zinnias", "-- Deploy garden:zinnias to pg\nBEGIN;\nSELECT 1;\nCOMMIT;\n");
  add_change(folder, "asters", "CREATE INDEX CONCURRENTLY i ON t (a);\n");
  const MigrationFolder read = folder.read();
  CHECK(read.layout == "sqitch");
  CHECK_FALSE(read.takes_new_files);
  REQUIRE(folder.versions() == List{"zinnias", "asters"});
  const Migration& first = read.migrations[0];
  CHECK(first.description == "first");
  CHECK(first.label() == "zinnias");
  CHECK(std::ranges::count(first.aliases, "@v1") == 1);
  CHECK_FALSE(holds(first.up.text, "BEGIN"));
  CHECK_FALSE(holds(first.down->text, "COMMIT"));
  CHECK(place_of(first.up, first.up.text.find("SELECT")).line == 3);
  CHECK(refusals(first).empty());
  CHECK(folder.says("verify: left out: quoin runs no verify scripts"));

  add_change(folder, "stray", "SELECT 1;\n");
  folder.add("loose.sql", "SELECT 1;\n");
  CHECK(folder.versions() == List{"zinnias", "asters"});
  CHECK(folder.says("deploy/stray.sql: left out: "));
  CHECK(folder.says("loose.sql: left out: Sqitch runs what its plan names alone"));

  const auto refused = [&](const Text& lines) {
    folder.add("sqitch.plan", concat(plan_head, lines));
    return folder.refusal();
  };
  CHECK(holds(refused(concat("asters [zinnias]", by_ann, "\nzinnias", by_ann, "\n")),
              "sqitch.plan:4:1 asters requires zinnias, which the plan does not have before it"));
  CHECK(
      holds(refused(concat("zinnias", by_ann, "\nasters [!zinnias]", by_ann, "\n")), "asters conflicts with zinnias"));
  CHECK(holds(refused(concat("roses", by_ann, "\n")), "the plan names roses, and there is no"));
  CHECK(holds(refused("roses\n"), "\"roses\" is followed by no time and planner"));
  CHECK(holds(refused(concat("zinnias", by_ann, "\nzinnias", by_ann, "\n")), "no tag stands between"));
  CHECK(refused(concat("zinnias [other:thing]", by_ann, "\n")).empty());
}

TEST_CASE("a reworked change of Sqitch's keeps its name, and its newer form has one of its own", "[layouts]") {
  Folder folder;
  const Text once = concat(plan_head, "beds", by_ann, "\n@v1", by_ann, "\n");
  folder.add("sqitch.plan", once);
  add_change(folder, "beds", "SELECT 1;\n");
  const Text before = folder.read().migrations[0].checksum;
  folder.add("sqitch.plan", concat(once, "beds [beds@v1]", by_ann, "\n"));
  add_change(folder, "beds@v1", "SELECT 1;\n");
  add_change(folder, "beds", "SELECT 11;\n");
  const auto all = folder.read().migrations;
  REQUIRE(folder.versions() == List{"beds", "beds#2"});
  CHECK(all[0].file.ends_with("deploy/beds@v1.sql"));
  CHECK(all[0].checksum == before);
  CHECK(std::ranges::count(all[0].aliases, "beds@v1") == 1);
  CHECK(all[1].up.text == "SELECT 11;\n");
}

TEST_CASE("sqitch.conf says where plan and scripts lie", "[layouts]") {
  Folder folder;
  write_file(folder.path / "sqitch.conf", "[core]\n\tengine = pg\n\ttop_dir = m\n\textension = pgsql\n");
  folder.add("sqitch.plan", concat(plan_head, "beds", by_ann, "\n"));
  folder.add("deploy/beds.pgsql", "SELECT ':kind', :'kind', :\"kind\", :kind, a::kind, :other;\n");
  CHECK(folder.versions() == List{"beds"});
  write_file(folder.path / "sqitch.conf",
             "[core]\n\ttop_dir = m\n\textension = pgsql\n[deploy \"variables\"]\n\tkind = My rose\n");
  CHECK(folder.read().migrations[0].up.text == "SELECT ':kind', 'My rose', \"My rose\", My rose, a::kind, :other;\n");
}

TEST_CASE("Liquibase's formatted SQL is taken apart into changesets", "[layouts]") {
  Folder folder;
  folder.add(
      "b.sql",
      "-- liquibase formatted sql\n\n-- changeset ann:1 runOnChange:true\n-- comment the beds\nCREATE VIEW v AS\n"
      "SELECT 1;\n--rollback DROP VIEW v;\n--rollback SELECT 2;\n\n"
      "--changeset \"Ann Lee\":\"add tools\" runInTransaction:false splitStatements:false\n"
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN -- why\n  RETURN '--'; END $$;\n"
      "--rollback empty\n"
      "--changeset ann:3 dbms:oracle\nSELECT x FROM dual;\n--changeset ann:4 dbms:!oracle\nSELECT 4;\n"
      "--changeset ann:5 endDelimiter:/\nSELECT 5\n/\n"
      "--changeset ann:6\n--preconditions onFail:MARK_RAN\nSELECT 6;\n");
  folder.add(
      "a.sql",
      "--liquibase formatted sql\n--property name:kind value:int\n--changeset ann:0\nCREATE TABLE t (a ${kind});\n");
  folder.add("seed.sql", "SELECT 0;\n");
  const auto all = folder.read().migrations;
  REQUIRE(folder.versions() == List{"a.sql::0::ann", "b.sql::1::ann", "b.sql::add tools::Ann Lee", "b.sql::4::ann",
                                    "b.sql::5::ann", "b.sql::6::ann"});
  CHECK(all[0].up.text == "CREATE TABLE t (a int);\n");
  CHECK(all[1].repeats());
  CHECK(all[1].description == "the beds");
  CHECK(place_of(all[1].up, all[1].up.text.find("CREATE")).line == 5);
  CHECK(trim(all[1].down->text) == "DROP VIEW v;\nSELECT 2;");
  CHECK(place_of(*all[1].down, 0).line == 7);
  CHECK(all[2].up.directive("no-transaction") != nullptr);
  CHECK(holds(all[2].up.text, "BEGIN \n  RETURN '--'; END"));
  CHECK(trim(all[2].down->text).empty());
  CHECK_FALSE(all[3].down.has_value());
  CHECK(all[4].up.text == "SELECT 5\n;\n");
  REQUIRE(refusals(all[5]).size() == 1);
  CHECK(refusals(all[5])[0].rule.text() == "obstacle");
  CHECK(folder.says("b.sql::3::ann is for oracle alone"));
  CHECK(folder.says("seed.sql: left out: it does not begin with --liquibase formatted sql"));
}

TEST_CASE("what undoes a changeset may be written later, what it does may not", "[layouts]") {
  Folder folder;
  const Text head = "--liquibase formatted sql\n--changeset ann:1\n";
  const auto checksum = [&](const Text& content) {
    folder.add("a.sql", head + content);
    return folder.read().migrations[0].checksum;
  };
  const Text before = checksum("SELECT 1;\n");
  CHECK(checksum("SELECT 1;\n--rollback SELECT 2;\n\n\n") == before);
  CHECK(checksum("SELECT 11;\n") != before);
}

TEST_CASE("Liquibase's change log gives the order of its files", "[layouts]") {
  const Text one = "--liquibase formatted sql\n--changeset ann:1\nSELECT 1;\n";
  const std::vector<List> logs{
      {"changelog.xml",
       "<databaseChangeLog>\n<!-- <include file=\"no.sql\"/> -->\n<property name=\"x\" value=\"1\"/>\n"
       "<include file=\"z.sql\" relativeToChangelogFile=\"true\"/>\n<includeAll "
       "path=\"more\"/>\n</databaseChangeLog>\n"},
      {"changelog.yaml",
       "databaseChangeLog:\n  - include:\n      file: z.sql\n      relativeToChangelogFile: true\n"
       "  - includeAll:\n      path: more/\n"},
      {"changelog.json",
       R"({"databaseChangeLog": [{"include": {"file": "z.sql"}}, {"includeAll": {"path": "more"}}]})"}};
  for (const List& log : logs) {
    INFO(log[0]);
    Folder folder;
    folder.add("z.sql", one);
    folder.add("more/a.sql", one);
    folder.add("other.sql", one);
    folder.add(log[0], log[1]);
    CHECK(folder.versions() == List{"z.sql::1::ann", "more/a.sql::1::ann"});
    CHECK(folder.says("other.sql: left out: no change log includes it"));
  }
  Folder folder;
  folder.add("a.sql", one);
  folder.add("changelog.xml",
             "<databaseChangeLog><changeSet id=\"1\" author=\"x\"/><include file=\"gone.sql\"/></databaseChangeLog>");
  CHECK(holds(folder.refusal(), "it has 1 changeset in XML, which quoin cannot run"));
  FolderReading named;
  named.code = CodeSteps::named;
  CHECK(holds(folder.refusal(named), "includes gone.sql, which the folder does not hold"));
  CHECK(folder.says("1 changeset in XML, beyond quoin's reach"));
}

TEST_CASE("drizzle's journal gives the order of its files", "[layouts]") {
  Folder folder;
  folder.add("meta/_journal.json", R"({"entries": [{"when": 20, "tag": "0001_b"}, {"when": 10, "tag": "0000_a"}]})");
  folder.add("0000_a.sql", "SELECT 1;\n--> statement-breakpoint\nSELECT 2;\n");
  folder.add("0001_b.sql", "SELECT 1;\n");
  folder.add("0002_c.sql", "SELECT 1;\n");
  folder.add("20250301080000_d.sql", "-- Up Migration\nSELECT 1;\n");
  CHECK(folder.versions() == List{"0001", "0000", "20250301080000"});
  CHECK(folder.says("0002_c.sql: left out: drizzle's journal does not name it"));
  fs::remove(folder.path / "m/0000_a.sql");
  CHECK(holds(folder.refusal(), "drizzle's journal names 0000_a.sql, and there is no such file"));
}

TEST_CASE("graphile-migrate's committed files are a chain", "[layouts]") {
  Folder folder;
  const Text body = "SELECT :GARDEN;\n";
  const Text first = concat("sha1:", sha1("SELECT :GARDEN;\n"));
  folder.add("committed/000001.sql", concat("--! Previous: -\n--! Hash: ", first, "\n--! Message: beds\n\n", body));
  folder.add("current.sql", "SELECT 3;\n");
  write_file(folder.path / ".gmrc", "{\"placeholders\": {\":GARDEN\": \"7\"}, /* x */ \"pgSettings\": {}}");
  const auto all = folder.read().migrations;
  REQUIRE(folder.versions() == List{"000001"});
  CHECK(all[0].description == "beds");
  CHECK(holds(all[0].up.text, "SELECT 7;"));
  CHECK(folder.left_out.size() == 1);
  CHECK(folder.says("current.sql: left out: graphile-migrate keeps what is not yet committed in it"));
  folder.add("committed/000002.sql", concat("--! Previous: sha1:x\n--! Hash: sha1:y\n\n", body));
  CHECK(folder.versions() == List{"000001", "000002"});
  CHECK(folder.says("000002.sql: it was committed behind another file"));
  CHECK(folder.says("000002.sql: it was changed after it was committed"));
}

TEST_CASE("placeholders are filled in by the tool's settings, and by what is given over them", "[layouts]") {
  Folder folder;
  folder.add("V1__a.sql", "SELECT '${kind}', ${flowers}, ${unknown};\n");
  write_file(folder.path / "flyway.toml",
             "[flyway]\nlocations = []\n[flyway.placeholders]\nkind = \"x\"\nflowers = \"7\"\n");
  const auto text = [&](const Variables& given) {
    return folder.read({CodeSteps::refused, {}, given}).migrations[0].up.text;
  };
  CHECK(text({}) == "SELECT 'x', 7, ${unknown};\n");
  CHECK(text({{"flowers", "8"}, {"unknown", "${kind}"}}) == "SELECT 'x', 8, ${kind};\n");
  const auto found = refusals(folder.read().migrations[0]);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule.text() == "placeholder");
  CHECK(holds(found[0].hint, "--set NAME=VALUE"));
  Folder of_tern;
  of_tern.add("001_a.sql", "SELECT {{.kind}};\n---- create above / drop below ----\nSELECT '{{ .kind }}';\n");
  write_file(of_tern.path / "tern.conf", "[database]\nhost = x\n[data]\nkind = 7\n");
  CHECK(of_tern.read().migrations[0].up.text == "SELECT 7;\n");
  CHECK(of_tern.read().migrations[0].down->text == "SELECT '7';\n");
  of_tern.add("001_a.sql", "{{ template \"shared/v.sql\" . }}\n---- create above / drop below ----\n");
  CHECK(holds(refusals(of_tern.read().migrations[0])[0].message, "is a template of Go, which is beyond quoin"));
  CHECK(filled("a::int :NAME :NAMES ':NAME'", Placeholders::colon, {{"NAME", "1"}, {"int", "no"}}) ==
        "a::int 1 :NAMES '1'");
  CHECK(filled("{{.x}} {{ x }} {{y}}", Placeholders::mustache, {{"x", "1"}}) == "1 1 {{y}}");
}

TEST_CASE("steps in code are counted, also where their names do not begin with a version", "[layouts]") {
  for (const char* name : {"Migration20250106090000.ts", "Version20250106090000.php", "1a2b3c4d5e01_add_beds.py",
                           "versions/1a2b3c4d5e01_add_beds.py"}) {
    INFO(name);
    Folder folder;
    folder.add(name, "up()\n");
    CHECK(holds(folder.refusal(), "so a step would be missing"));
    FolderReading reading;
    reading.code = CodeSteps::named;
    folder.read(reading);
    CHECK(folder.says("left out: 1 step in "));
  }
  Folder folder;
  folder.add("1_a.sql", "SELECT 1;\n");
  folder.add("MigrationNotes.py", "x\n");
  CHECK(folder.versions() == List{"1"});
}
