// goose's ENVSUB: values of the environment in the lines of a migration that ask for them.
#include "tests/catch.h"
#include "tests/migrations_folder.h"

using namespace quoin;

TEST_CASE("goose's ENVSUB fills in the environment between its marks", "[migration]") {
  MigrationsFolder folder;
  folder.add("00001_a.sql",
             "-- +goose Up\nSELECT '${REGION}';\n-- +goose ENVSUB ON\n"
             "SELECT '${REGION}', '$REGION', '${ZONE:-a}${EMPTY:-b}${EMPTY-c}';\n"
             "DO $$ BEGIN END $$; DO $x$ BEGIN END $x$; SELECT $1, '\\$REGION', '${REGION:0:2}${REGION: -1}';\n"
             "-- +goose ENVSUB OFF\nSELECT '${REGION}';\n-- +goose ENVSUB ON\n"
             "-- +goose Down\nSELECT '${ZONE:-${REGION}}';\n");
  const auto read = [&](const Variables& given) {
    Findings unheard;
    return load_migrations(folder.path.string(), unheard, {CodeSteps::refused, {}, given})[0];
  };
  const Migration filled = read({{"REGION", "north"}, {"EMPTY", ""}});
  CHECK(filled.obstacle.empty());
  CHECK(filled.up.text ==
        "SELECT '${REGION}';\n-- +goose ENVSUB ON\nSELECT 'north', 'north', 'ab';\n"
        "DO $$ BEGIN END $$; DO $x$ BEGIN END $x$; SELECT $1, '$REGION', 'noh';\n"
        "-- +goose ENVSUB OFF\nSELECT '${REGION}';\n-- +goose ENVSUB ON\n");
  CHECK(filled.down->text == "SELECT 'north';\n");
  CHECK(holds(read({}).obstacle, "REGION has no value"));

  const auto obstacle = [&](const Text& sql) {
    folder.add("00001_a.sql", concat("-- +goose Up\n-- +goose ENVSUB ON\n", sql));
    return read({{"REGION", "north"}}).obstacle;
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
