// Placeholders that nothing fills in.
#include "tests/commands_project.h"

using namespace quoin;

namespace {
constexpr const char* unfilled =
    "-- Up Migration\nCREATE TABLE ${tbl} (i int);\nINSERT INTO app.${tbl}\nVALUES (1);\nCREATE VIEW v AS SELECT i "
    "FROM "
    "${tbl};\n";
}

TEST_CASE("verify tells of a placeholder without a value how it is given, and of nothing that follows from it",
          "[commands]") {
  CommandsProject project;
  project.add("1_a.sql", unfilled);
  project.add("2_b.sql", "-- Up Migration\nCREATE VIEW w AS SELECT i FROM v;\nALTER TABLE orders ADD j int;\n");
  const Ran ran = project.run({"verify"});
  INFO(ran.out << ran.err);
  CHECK(ran.code == 1);
  CHECK(holds(ran.out, "migrations/1_a.sql:2:14: error: ${tbl} stands for a value, and none is given [placeholder]"));
  CHECK(holds(ran.out, "hint: give it: --set NAME=VALUE, or under vars: in quoin.yaml; or write it into the file"));
  CHECK(holds(ran.err, "2 migrations: 1 error"));
  const Ran given = project.run({"verify", "--set", "tbl=orders"});
  INFO(given.out << given.err);
  CHECK_FALSE(holds(given.out, "placeholder"));
  CHECK(holds(given.out, "schema app does not exist"));
}

TEST_CASE("what no value can be given for, in a folder of a tool without placeholders, is said so", "[commands]") {
  CommandsProject project;
  project.add("1_a.sql", "-- migrate:up\nCREATE TABLE a (i int);\n");
  project.add("2_b.sql", "-- Up Migration\nCREATE TABLE ${tbl} (i int);\n");
  CHECK(holds(project.run({"verify"}).out, "${tbl} is filled in by another tool, and not by quoin"));
  CHECK(holds(project.run({"verify", "--set", "tbl=b"}).out, "${tbl} is filled in by another tool, and not by quoin"));
}

TEST_CASE("migrate says of a placeholder without a value how it is given, and runs once it is", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE ${tbl} (i int);\n-- Down Migration\nDROP TABLE ${tbl};\n");
  const Ran refused = project.run({"migrate"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "${tbl} stands for a value, and none is given"));
  CHECK(holds(refused.err, "hint: give it: --set NAME=VALUE"));
  CHECK(project.run({"migrate", "--set", "tbl=a"}).code == 0);
}
