// goose's ENVSUB: values of the environment in the lines of a migration that ask for them.
#include "tests/catch.h"
#include "tests/commands_project.h"
#include "tests/migrations_folder.h"

using namespace quoin;

TEST_CASE("goose's ENVSUB fills in the environment between its marks", "[migration]") {
  MigrationsFolder folder;
  folder.add("00001_a.sql",
             "-- +goose Up\nSELECT '${REGION}';\n-- +goose ENVSUB ON\n"
             "-- built for $NOTE\nSELECT '${REGION}', '$REGION', '${ZONE:-a}${EMPTY:-b}${EMPTY-c}';\n"
             "DO $$ BEGIN END $$; DO $x$ BEGIN END $x$; SELECT $1, '\\$REGION', '${REGION:0:2}${REGION: -1}';\n"
             "-- +goose ENVSUB OFF\nSELECT '${REGION}';\n-- +goose ENVSUB ON\n"
             "-- +goose Down\nSELECT '${ZONE:-${REGION}}';\n");
  const auto read = [&](const Variables& given) {
    Findings unheard;
    return load_migrations(folder.path.string(), unheard, {CodeSteps::refused, {}, given})[0];
  };
  const Migration filled = read({{"REGION", "north"}, {"EMPTY", ""}});
  CHECK(filled.up.obstacle.empty());
  CHECK(filled.up.text ==
        "SELECT '${REGION}';\n-- +goose ENVSUB ON\n-- built for $NOTE\nSELECT 'north', 'north', 'ab';\n"
        "DO $$ BEGIN END $$; DO $x$ BEGIN END $x$; SELECT $1, '$REGION', 'noh';\n"
        "-- +goose ENVSUB OFF\nSELECT '${REGION}';\n-- +goose ENVSUB ON\n");
  CHECK(filled.down->text == "SELECT 'north';\n");
  CHECK(holds(read({}).up.obstacle, "REGION has no value"));

  const auto obstacle = [&](const Text& sql) {
    folder.add("00001_a.sql", concat("-- +goose Up\n-- +goose ENVSUB ON\n", sql));
    return read({{"REGION", "north"}}).up.obstacle;
  };
  CHECK(holds(obstacle("SELECT '${REGION';\n"), "nothing ends ${REGION"));
  CHECK(holds(obstacle("SELECT '${1}';\n"), "no name begins at ${1}"));
  CHECK(holds(obstacle("SELECT '${REGION:x}';\n"), "\"x\" is no number"));
  CHECK(holds(obstacle("SELECT '${ZONE?say where}';\n"), "ZONE: say where"));
  CHECK(obstacle("SELECT '${REGION?say where}${REGION:7}${REGION:-2:9}$';\n").empty());
  Text deep;
  for (int i = 0; i < 100'000; ++i) deep += "${ZONE:-";
  CHECK(holds(obstacle(deep), "too deep"));
}

TEST_CASE("a way back runs with the values of its run, and not without any", "[migration][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add(
      "00001_a.sql",
      "-- +goose Up\n-- +goose ENVSUB ON\nCREATE TABLE ${NAME}_x (v text);\n-- +goose Down\nDROP TABLE ${NAME}_x;\n");
  project.value("CREATE TABLE other_x AS SELECT 'kept'::text AS v");
  CHECK(project.run({"--set", "NAME=mine", "migrate"}).code == 0);
  CHECK(project.run({"--set", "NAME=other", "rollback", "-y"}).code == 0);
  CHECK(project.value("SELECT to_regclass('mine_x') IS NULL AND to_regclass('other_x') IS NOT NULL") == "t");
  CHECK(project.run({"--set", "NAME=mine", "migrate"}).code == 0);
  CHECK(project.run({"rollback", "-y"}).code == 0);
  CHECK(project.value("SELECT to_regclass('mine_x') IS NULL") == "t");
  CHECK(project.run({"migrate"}).code == 3);
}

TEST_CASE("a way back of its own file does not run without its values", "[migration][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("V1__a.sql", "CREATE TABLE t AS SELECT 'acme'::text AS v;\n");
  project.add("U1__a.sql", "DELETE FROM t WHERE v NOT LIKE '${T}%';\n");
  CHECK(project.run({"--set", "T=acme", "migrate"}).code == 0);
  const Ran refused = project.run({"rollback", "-y"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "${T} stands for a value, and none is given"));
  CHECK(project.value("SELECT count(*) FROM t") == "1");
  CHECK(project.run({"--set", "T=acme", "rollback", "-y"}).code == 0);
}

TEST_CASE("a plan that holds what a run would fill in is not written", "[migration]") {
  const CommandsProject project;
  write_file(project.folder / "quoin.yaml", "vars: { who: bob }\n");
  write_file(project.folder / "new.sql", "CREATE TABLE t (x text DEFAULT '${who} ${nope}');\n");
  const List diff{"diff", "--from", "empty:", "--to", "new.sql", "--shadow", "off", "--name", "a"};
  const Ran refused = project.run(diff);
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "the migration holds ${who} as it is"));
  write_file(project.folder / "quoin.yaml", "vars: { other: bob }\n");
  CHECK(project.run(diff).code == 0);
}
