// verify --against a database, whose texts are a server's.
#include "tests/commands_project.h"

using namespace quoin;

TEST_CASE("verify --against takes what only a server can tell for no difference, and what differs for one",
          "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  const Text table =
      "CREATE TABLE a (id int, n numeric(10, 2), v varchar(10), at timestamptz,\n"
      "  CONSTRAINT c1 CHECK ((id, n) > (1, 2)), CONSTRAINT c2 CHECK (v SIMILAR TO 'a%'),\n"
      "  CONSTRAINT c3 CHECK (at AT TIME ZONE 'UTC' > '2020-01-01'));\nCREATE SCHEMA s;\n";
  project.add("1_a.sql", table);
  REQUIRE(project.run({"migrate"}).code == 0);
  const Ran same = project.run({"verify", "--against", project.database->url()});
  INFO(same.out << same.err);
  CHECK(same.code == 0);
  CHECK(holds(same.out, "note: taken for changed, though only a server can tell whether they mean the same: "));
  CHECK(holds(same.out, "expression of check public.a.c1"));
  CHECK(holds(same.out, "quoin diff --from migrations --to "));
  project.database->connect().execute("ALTER TABLE a ADD extra int; ALTER TABLE a DROP CONSTRAINT c3; DROP SCHEMA s");
  const Ran other = project.run({"verify", "--against", project.database->url()});
  INFO(other.out << other.err);
  CHECK(other.code == 1);
  CHECK(holds(other.out, "column extra"));
  CHECK(holds(other.out, "`check c3` dropped"));
  CHECK_FALSE(holds(other.out, "`check c1`"));
  CHECK(holds(other.out, "1_a.sql:4:1: error: to be as "));
}
