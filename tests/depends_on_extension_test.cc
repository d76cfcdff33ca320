// DEPENDS ON EXTENSION as SQL says it: what goes with an extension, and what forgets that it would.
#include "tests/replayed_database.h"

using namespace quoin;

TEST_CASE("DROP EXTENSION takes along what depends on it, and refuses what needs that") {
  ReplayedDatabase db;
  db.run(
      "create extension hstore; create table t (a integer primary key); create index t_a on t (a);"
      "create function f() returns integer language sql as 'select 1'; alter function f() depends on extension hstore;"
      "alter index t_a depends on extension hstore; create function kept() returns integer language sql as 'select 1';"
      "alter function kept() depends on extension hstore; alter function kept() no depends on extension hstore;");
  db.run("drop extension hstore;");
  CHECK(db.findings.empty());
  CHECK_FALSE(db.find("function public.f()"));
  CHECK_FALSE(db.find("index public.t.t_a"));
  CHECK(db.find("function public.kept()"));
}

TEST_CASE("CREATE OR REPLACE forgets on which extensions something depended") {
  ReplayedDatabase db;
  const Text function = "create or replace function f() returns integer language sql as 'select 1';";
  db.run(concat("create extension hstore;", function, "alter function f() depends on extension hstore;", function));
  CHECK(db.findings.empty());
  db.run("drop extension hstore;");
  CHECK(db.find("function public.f()"));
}
