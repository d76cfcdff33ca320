// Hints of the runner: what is typed as they say, works.
#include "tests/commands_project.h"

using namespace quoin;

TEST_CASE("of a migration that is done in part the hint says how it is settled, with the options in use",
          "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.value("CREATE SCHEMA sa");
  project.add("1_a.sql", "-- Up Migration\n-- quoin: no-transaction\nCREATE TABLE a (x int);\nSELECT 1 / 0;\n");
  const Ran failed = project.run({"migrate", "--schema", "sa", "--search-path", "public"});
  INFO(failed.err);
  CHECK(failed.code == 2);
  CHECK(holds(failed.err, "1 of 2 statements of 1_a are done (it cannot be one transaction); the next run goes on"));
  CHECK(holds(failed.err, "quoin --search-path public repair --schema sa 1 --applied, --pending or --done N"));
  CHECK_FALSE(holds(failed.err, "quoin repair 1 says"));
  CHECK(project.run({"--search-path", "public", "repair", "--schema", "sa", "1", "--done", "1"}).code == 0);
  CHECK(project.run({"--search-path", "public", "repair", "--schema", "sa", "1", "--applied"}).code == 0);
  const Ran again = project.run({"repair", "--schema", "sa", "1", "--applied"});
  CHECK(again.code == 0);
  CHECK(again.out == "1_a: it is applied, as its file is now: nothing was to be repaired\n");
  const Text log = project.run({"log", "--schema", "sa"}).out;
  CHECK(holds(log, "said to be applied"));
  CHECK_FALSE(holds(log, "was applied; said"));
  project.add("1_a.sql", "-- Up Migration\n-- quoin: no-transaction\nCREATE TABLE a (x int);\n");
  CHECK(holds(project.run({"repair", "--schema", "sa", "1", "--applied"}).out,
              "repaired 1_a: was applied, as another file; said to be applied"));
}

TEST_CASE("a forced run that failed is to be forced again with a reason", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("001_a.sql", "-- Up Migration\nCREATE TABLE a (x int);\n");
  REQUIRE(project.run({"migrate"}).code == 0);
  const Ran failed = project.run({"migrate", "--force", "001", "--reason", "x"});
  CHECK(failed.code == 2);
  CHECK(holds(failed.err, "then run quoin migrate --force 001 --reason … again"));
}

TEST_CASE("migrate says of a need that nothing can meet what verify says", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "-- quoin: depends-on 2\nCREATE TABLE a (x int);\n");
  project.add("2_b.sql", "CREATE TABLE b (x int);\n");
  for (const List& command : {List{"migrate"}, List{"migrate", "--to", "2"}, List{"preflight"}, List{"verify"}}) {
    const Ran ran = project.run(command);
    const Text said = ran.out + ran.err;
    INFO(said);
    CHECK(ran.code != 0);
    CHECK(holds(said, "1_a depends on 2_b, which does not come before it"));
    CHECK(holds(said, "give it a later version"));
    CHECK_FALSE(holds(said, "quoin migrate --to 2"));
  }
  project.add("1_a.sql", "-- quoin: depends-on 7\nCREATE TABLE a (x int);\n");
  for (const List& command : {List{"migrate"}, List{"preflight"}, List{"status"}, List{"verify"}}) {
    const Ran ran = project.run(command);
    const Text said = ran.out + ran.err;
    INFO(said);
    CHECK(holds(said, "1_a depends on 7, which the folder does not hold"));
    CHECK_FALSE(holds(said, "there is no migration 7"));
  }
  project.add("1_a.sql", "-- quoin: optional\nCREATE TABLE a (x int);\n");
  project.add("2_b.sql", "-- quoin: depends-on 1\nCREATE TABLE b (x int);\n");
  CHECK(holds(project.run({"migrate", "--skip-optional"}).err, "run that one first: quoin migrate --to 1"));
  CHECK(project.run({"migrate", "--to", "1"}).code == 0);
  CHECK(project.run({"migrate", "--skip-optional"}).code == 0);
}

TEST_CASE("a trial that fails is to be tried again, and not to be run on one's own database", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  for (const char* text : {"SELECT 1 / 0;\n", "CREATE TABLE a (x int);\n",
                           "-- quoin: no-transaction\nCREATE TABLE b (x int);\nSELECT 1 / 0;\n"}) {
    project.add("2_b.sql", text);
    const Ran ran = project.run({"validate"});
    const Text said = ran.out + ran.err;
    INFO(said);
    CHECK(ran.code == 1);
    CHECK(holds(said, "run from nothing, 2_b fails"));
    CHECK(holds(said, "mend migrations/2_b.sql, then run quoin validate again"));
    CHECK_FALSE(holds(said, "quoin migrate again"));
    CHECK_FALSE(holds(said, "quoin repair"));
  }
}
