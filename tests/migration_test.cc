// A folder of migrations: which files are read, in what order, and what is said of the others.
#include "parser/migrations/migration.h"

#include "parser/migrations/odd_versions.h"
#include "parser/migrations/refusals.h"
#include "parser/migrations/text.h"
#include "tests/catch.h"
#include "tests/migrations_folder.h"

using namespace quoin;
namespace fs = std::filesystem;

TEST_CASE("versions are ordered as numbers", "[migration]") {
  const MigrationsFolder folder;
  for (const char* name :
       {"10_ten.sql", "9_nine.sql", "001_2fa.sql", "V2.10__x.sql", "V2.9__y.sql", "R__views.sql", "11-dash.sql"}) {
    folder.add(name, "select 1");
  }
  folder.add("U2.9__y.sql", "select 2");
  folder.add("README.md", "");
  const auto all = folder.load();
  CHECK(labels(all) == List{"001_2fa", "2.9_y", "2.10_x", "9_nine", "10_ten", "11_dash", "R__views"});
  CHECK(all[1].down->text == "select 2");
  const auto named = [&](const char* name) {
    const auto one = find_named(all, name, [](const Migration& m) -> const Text& { return m.version; });
    return one == all.end() ? Text() : one->label();
  };
  CHECK(named("1") == "001_2fa");
  CHECK(named("001_2fa") == "001_2fa");
  CHECK(named("1_2fa").empty());
  CHECK(named("2.10_x") == "2.10_x");
  CHECK(named("R__views") == "R__views");
  CHECK(named("12").empty());
  CHECK(named("ten").empty());
  CHECK(compare_versions("7", "0007") == 0);
  CHECK(compare_versions("7", "07a") < 0);
  CHECK(compare_versions("1", "1.0") == 0);
  CHECK(compare_versions("1.0.00", "01") == 0);
  CHECK(compare_versions("1.0.1", "1") > 0);
  CHECK(compare_versions("1", "1.0.1") < 0);
  CHECK(compare_versions("R__a", "R__a.0") < 0);
}

TEST_CASE("links are named as they are called", "[migration]") {
  const MigrationsFolder folder;
  folder.add("elsewhere/x/up.sql", "select 1");
  fs::create_directory(folder.path / "m");
  fs::create_directory_symlink(folder.path / "elsewhere/x", folder.path / "m/0002_second");
  fs::create_symlink(folder.path / "elsewhere/x/up.sql", folder.path / "m/0001_first.sql");
  Findings left_out;
  const auto all = load_migrations((folder.path / "m").string(), left_out);
  CHECK(labels(all) == List{"0001_first", "0002_second"});
  CHECK(all[1].file == (folder.path / "m/0002_second/up.sql").string());
  fs::create_symlink("nowhere", folder.path / "m/0003_third.sql");
  CHECK_THROWS_AS(load_migrations((folder.path / "m").string(), left_out), Error);
}

TEST_CASE("what cannot be read as migrations is said", "[migration]") {
  const MigrationsFolder folder;
  const auto message = [&] {
    try {
      folder.load();
      return Text("nothing");
    } catch (const Error& error) {
      CHECK(error.code == Code::input);
      CHECK_FALSE(error.hint.empty());
      return concat(to_string(error.where), " ", error.what(), " ", error.hint);
    }
  };
  const auto says = [&](std::string_view part) { return message().find(part) != Text::npos; };
  CHECK(says("holds no migrations"));
  Findings left_out;
  CHECK_THROWS_AS(load_migrations((folder.path / "none").string(), left_out), Error);
  folder.add("1_a.sql", "select 1;\n-- Up Migration\nselect 2;");
  CHECK(says("1_a.sql:1:1 SQL above \"-- Up Migration\""));
  folder.add("1_a.sql", "-- x\n/* y */\n-- Up Migration\nselect 1;\n-- Up Migration\n");
  CHECK(says("1_a.sql:5:1"));
  folder.add("1_a.sql", "select 1;\n-- quoin: no-transactoin\n");
  CHECK(says("1_a.sql:2:1"));
  CHECK(says("did you mean \"no-transaction\""));
  for (const char* directive : {"retry often", "retry 0", "retry 3 times", "retry", "lock-timeout soon",
                                "lock-timeout 5", "lock-timeout", "lock-timeout 30d", "depends-on", "batch",
                                "batch all", "batch 10 pause", "nolint", "no-transaction please", "optional: no"}) {
    INFO(directive);
    folder.add("1_a.sql", concat("select 1;\n-- quoin: ", directive, "\n"));
    CHECK(says("1_a.sql:2:1"));
  }
  folder.add("1_a.sql", "select '-- quoin: what';\n-- quoin: depends-on 0\n");
  CHECK(folder.load()[0].up.directive("depends-on")->argument == "0");
  folder.add("01_b.sql", "");
  CHECK(says("01_b.sql and"));
  CHECK(says("1_a.sql"));
}

TEST_CASE("what is not read is named, with the reason", "[migration]") {
  const MigrationsFolder folder;
  for (const char* name : {"V1__a.sql", "V2__b.SQL", "R__views.sql", "B1__all.sql", "afterMigrateError.sql",
                           "current.sql", "seed.sql", "2024/20240101000000_old.sql", "3_c.sql", "4_d/notes.txt",
                           "V5__e.sql.bak", "README.md", "embed.go", ".hidden.sql", "6_f.sql", "6_f.rollback.sql"}) {
    folder.add(name, "select 1;");
  }
  Findings left_out;
  const auto all = folder.load(&left_out);
  CHECK(labels(all) == List{"1_a", "3_c", "6_f", "R__views"});
  CHECK(all[2].down.has_value());
  CHECK(all[3].repeats());
  CHECK_FALSE(all[2].repeats());
  List files;
  for (const Finding& finding : left_out) {
    CHECK(finding.rule.text() == "left-out");
    CHECK(finding.severity != Severity::error);
    files.push_back(fs::path(finding.place.file).lexically_relative(folder.path).string());
  }
  CHECK(files == List{".hidden.sql", "2024", "4_d", "B1__all.sql", "V2__b.SQL", "V5__e.sql.bak",
                      "afterMigrateError.sql", "current.sql", "seed.sql"});
  CHECK(left_out[1].message.find("20240101000000_old.sql") != Text::npos);

  folder.add("7_g.ts", "");
  CHECK_THROWS_AS(folder.load(), Error);
  fs::remove(folder.path / "7_g.ts");
  folder.add("6_f.down.sql", "select 2;");
  CHECK_THROWS_AS(folder.load(), Error);
}

TEST_CASE("what lies beside a folder's migration is named", "[migration]") {
  const MigrationsFolder folder;
  for (const char* name : {"3_c/up.sql", "3_c/more.sql", "3_c/up.sql~", "3_c/down.sql.bak"})
    folder.add(name, "select 1;");
  Findings left_out;
  CHECK(labels(folder.load(&left_out)) == List{"3_c"});
  REQUIRE(left_out.size() == 2);
  CHECK(left_out[0].message == "left out: its name does not end in .sql");
  CHECK(left_out[1].message == "left out: its folder's migration is up.sql");
}

TEST_CASE("in a folder of Flyway's what Flyway passes over is not run", "[migration]") {
  {
    const MigrationsFolder own;
    for (const char* name : {"v1_a.sql", "V2_b.SQL"}) own.add(name, "select 1;");
    CHECK(labels(own.load()) == List{"1_a", "2_b"});
  }
  const MigrationsFolder folder;
  for (const char* name : {"V1__a.sql", "v2__b.sql", "V3_c.sql", "V4__d.SQL", "20250106090000_e.sql", "u1__a.sql"})
    folder.add(name, "select 1;");
  Findings left_out;
  CHECK(labels(folder.load(&left_out)) == List{"1_a", "20250106090000_e"});
  List said;
  for (const Finding& finding : left_out)
    said.push_back(concat(fs::path(finding.place.file).filename().string(), ": ", finding.message));
  CHECK(said ==
        List{"V3_c.sql: left out: Flyway, whose files the others are, wants two underscores behind the version",
             "V4__d.SQL: left out: Flyway, whose files the others are, wants its name to end in small letters, as .sql",
             "u1__a.sql: left out: its name begins with no version, so nothing says when it should run",
             "v2__b.sql: left out: Flyway, whose files the others are, wants a capital V before the version"});
  folder.add("V1__a.sql.conf", "shouldExecute=${stage}==test\n");
  CHECK_THROWS_AS(folder.load(), Error);
}

TEST_CASE("each file beside migrations is named once, but for what editors leave", "[migration]") {
  const MigrationsFolder folder;
  for (const char* name :
       {"V1__a.sql", "U1__a.sql", "V2__b.sql", "1_x.sql~", "#V1__a.sql#", ".V1__a.sql.swp", "._V1__a.sql",
        ".#V1__a.sql", "x.sql.orig", "2.5_m.sql", "2.5_m.sql~", "3_c.sql.txt", "4_d.psql", ".5_e.sql", "notes.md"})
    folder.add(name, "select 1;");
  folder.add("V1__a.sql.conf", "executeInTransaction=false\n");
  folder.add("U1__a.sql.conf", "executeInTransaction = FALSE\n");
  folder.add("V2__b.sql.conf", "# none\nexecuteInTransaction=true\nshouldExecute=false\nencoding=UTF-8\n");
  folder.add("V9__gone.sql.conf", "executeInTransaction=false\n");
  Findings left_out;
  const auto all = folder.load(&left_out);
  CHECK(labels(all) == List{"1_a", "2.5_m"});
  CHECK(all[0].up.directive("no-transaction") != nullptr);
  CHECK(all[0].down->directive("no-transaction") != nullptr);
  CHECK(all[1].up.directive("no-transaction") == nullptr);
  List said;
  for (const Finding& finding : left_out)
    said.push_back(concat(fs::path(finding.place.file).filename().string(), ": ", finding.message));
  CHECK(said ==
        List{".5_e.sql: left out: its name begins with a dot, which hides it",
             "3_c.sql.txt: left out: its name does not end in .sql",
             "4_d.psql: left out: its name does not end in .sql",
             "V2__b.sql: left out: its settings say shouldExecute=false",
             "V2__b.sql.conf: left out: of these settings quoin heeds executeInTransaction and shouldExecute alone, not"
             " encoding",
             "V9__gone.sql.conf: left out: it holds settings for a file that is not there",
             "x.sql.orig: left out: its name does not end in .sql"});
}

TEST_CASE("1 and 1.0 are one version twice, and a baseline needs what it stands for", "[migration]") {
  const auto refusal = [](const MigrationsFolder& folder) {
    try {
      folder.load();
    } catch (const Error& error) { return concat(error.what(), " ", error.hint); }
    return Text();
  };
  {
    const MigrationsFolder folder;
    folder.add("V1__a.sql", "select 1;");
    folder.add("V1.0__b.sql", "select 1;");
    const Text said = refusal(folder);
    CHECK(said.find("V1__a.sql") != Text::npos);
    CHECK(said.find("V1.0__b.sql") != Text::npos);
  }
  const MigrationsFolder folder;
  folder.add("B10__all.sql", "select 1;");
  folder.add("V11__a.sql", "select 1;");
  const Text said = refusal(folder);
  CHECK(said.find("B10__all.sql stands for versions that are not here") != Text::npos);
  CHECK(said.find("repair 10 --applied") != Text::npos);
  folder.add("V2__b.sql", "select 1;");
  CHECK(refusal(folder).empty());
}

TEST_CASE("a new migration has a version of its own and reads back", "[migration]") {
  std::vector<Migration> existing(1);
  existing[0].version = "20991231235959";
  CHECK(new_version(existing) == "21000101000000");
  existing[0].version = "0003";
  CHECK(new_version(existing).size() == 14);
  CHECK(migration_slug(" Add Users & more! ") == "add_users_more");
  CHECK_THROWS_AS(migration_slug("!?"), Error);

  const MigrationsFolder folder;
  folder.add("21000101000000_x.sql",
             to_text({"21000101000000", "Why", "select 1;", "select 2;\n", {{"Unproven", "x"}}}));
  const Migration read = folder.load()[0];
  CHECK(read.description == "Why");
  CHECK(read.up.text == "select 1;\n\n");
  CHECK(read.down->text == "select 2;\n");
  CHECK(read.layout == Layout::quoin);
}

TEST_CASE("versions that are no dates, and years among timestamps, are told", "[migration]") {
  const auto told = [](const List& versions) {
    std::vector<Migration> migrations;
    for (const Text& version : versions) migrations.push_back(read_migration(concat(version, "_x.sql"), "select 1;"));
    Findings findings;
    tell_odd_versions(migrations, findings);
    Text all;
    for (const Finding& one : findings) all += concat(one.place.file, ": ", one.message, "\n");
    return all;
  };
  CHECK(told({"1", "2026", "20251341", "20251231235959", "202512312359", "00000000000001"}) ==
        "2026_x.sql: version 2026 is the number 2026, and so comes before every timestamp\n");
  CHECK(told({"1", "2026", "30001301000000"}).empty());
  CHECK(told({"20251301000000", "20250631240000", "202506310060"}) ==
        "20251301000000_x.sql: version 20251301000000 is no date and time (month 13); it comes by its number\n"
        "20250631240000_x.sql: version 20250631240000 is no date and time (hour 24); it comes by its number\n"
        "202506310060_x.sql: version 202506310060 is no date and time (minute 60); it comes by its number\n");
}

namespace {
Text flyway_error(const MigrationsFolder& folder) {
  try {
    folder.load();
  } catch (const Error& error) { return error.what(); }
  return {};
}
}  // namespace

TEST_CASE("Flyway's files are looked for in folders below, others' are not", "[migration]") {
  {
    const MigrationsFolder folder;
    for (const char* name : {"V1__a.sql", "below/V2__b.sql", "below/more/V2.1__c.sql", "V3__d.sql", "below/U3__d.sql"})
      folder.add(name, "select 1;");
    Findings left_out;
    CHECK(labels(folder.load(&left_out)) == List{"1_a", "2_b", "2.1_c", "3_d"});
    CHECK(left_out.empty());
    CHECK(folder.load()[3].down.has_value());
    folder.add("below/V4__e.java", "");
    CHECK(flyway_error(folder).find("it is a step in Java") != Text::npos);
  }
  {
    const MigrationsFolder only_below;
    only_below.add("one/V1__a.sql", "select 1;");
    only_below.add("two/V2__b.sql", "select 1;");
    CHECK(labels(only_below.load()) == List{"1_a", "2_b"});
  }
  const MigrationsFolder plain;
  plain.add("1_a.sql", "select 1;");
  plain.add("below/2_b.sql", "select 1;");
  Findings left_out;
  CHECK(labels(plain.load(&left_out)) == List{"1_a"});
  CHECK(left_out.size() == 1);
}

TEST_CASE("Flyway's own settings are heeded, or stop what would run otherwise", "[migration]") {
  const MigrationsFolder folder;
  folder.add("V1__a.sql", "select '#[x]';\n");
  folder.add("V2__b.sql", "select 2;\n");
  const auto with = [&](const char* settings) {
    folder.add("flyway.toml", settings);
    return folder.load();
  };
  const auto schemas = with("[flyway]\nschemas = [  # two\n  \"app\",\n  \"More\"\n]\n");
  CHECK(schemas[0].up.text ==
        "CREATE SCHEMA IF NOT EXISTS app; CREATE SCHEMA IF NOT EXISTS \"More\"; "
        "SET search_path = app, \"$user\", public;\nselect '#[x]';\n");
  CHECK(schemas[1].up.text == "SET search_path = app, \"$user\", public;\nselect 2;\n");
  CHECK(place_of(schemas[1].up, schemas[1].up.text.find("select")).line == 1);
  CHECK(with("[flyway]\ndefaultSchema = \"public\" # as ever\n")[1].up.text == "select 2;\n");
  CHECK(with("[environments.default]\nschemas = [\"app\"]\n[flyway]\ncreateSchemas = false\n")[0].up.text.starts_with(
      "SET search_path = app, "));
  const auto spelled = with(
      "[flyway]\nplaceholderPrefix = \"#[\"\nplaceholderSuffix = \"]\"\n[flyway.placeholders]\nx = \"7\"\ny = \"8\"\n");
  CHECK(spelled[0].up.text == "select '7';\n");
  CHECK(refusals(spelled[0]).empty());
  CHECK(with("[flyway]\nplaceholderPrefix = \"#[\"\nplaceholderSuffix = \"]\"\n")[0].up.obstacle ==
        "#[x] stands for a value, and none is given");
  folder.add("V2__b.sql", "select '${y}';\n");
  folder.add("flyway.toml", "[flyway]\nplaceholderReplacement = false\n[flyway.placeholders]\ny = \"8\"\n");
  CHECK(flyway_error(folder).find("the SQL has ${, which quoin takes for a placeholder") != Text::npos);
  folder.add("V2__b.sql", "select 2;\n");
  CHECK(with("[flyway]\nexecuteInTransaction = false\n")[1].up.directive("no-transaction") != nullptr);
  for (const char* setting :
       {"sqlMigrationPrefix = \"M\"", "sqlMigrationSeparator = \"--\"", "sqlMigrationSuffixes = [\".sql\", \".pgsql\"]",
        "target = \"1\"", "cherryPick = \"2\"", "initSql = \"SET ROLE x\"",
        "locations = [\"filesystem:.\", \"filesystem:/elsewhere\"]", "schemas = [\"${S}\"]"}) {
    INFO(setting);
    folder.add("flyway.toml", concat("[flyway]\n", setting, "\n"));
    CHECK(flyway_error(folder).find("flyway.toml ") != Text::npos);
  }
  folder.add("flyway.toml", "[flyway]\noutOfOrder = true\nlocations = [\"filesystem:.\"]\ntarget = \"latest\"\n");
  Findings left_out;
  CHECK(folder.load(&left_out).size() == 2);
  REQUIRE(left_out.size() == 1);
  CHECK(left_out[0].message.find("left out: ") == 0);
  CHECK(left_out[0].message.find("outOfOrder = true, which quoin does not heed") != Text::npos);
}
