// Tables of a composite type as SQL makes and changes them; settings of columns that each table has of its own.
#include "tests/replayed_database.h"

using namespace quoin;

TEST_CASE("a typed table has the columns of its type, with what it says of them") {
  ReplayedDatabase db;
  db.run(
      "create type mood as enum ('sad'); create type pair as (a integer, \"B c\" text collate \"C\", m mood);"
      "create table t of pair (a with options default 7 not null, primary key (\"B c\"));");
  CHECK(db.findings.empty());
  CHECK(db.field("table public.t", "of") == "public.pair");
  CHECK(db.field("column public.t.a", "type") == "integer");
  CHECK(db.field("column public.t.\"B c\"", "collation") == "\"C\"");
  CHECK(db.field("column public.t.m", "type") == "public.mood");
  CHECK(db.field("default of column public.t.a", "expression") == "7");
  CHECK(db.needs("table public.t", "composite type public.pair"));
  CHECK(db.schema.unmodelled.empty());
}

TEST_CASE("a type that changes with CASCADE changes its tables, and no others") {
  ReplayedDatabase db;
  db.run(
      "create type pair as (a integer, b text); create table t of pair; create table other (p pair);"
      "alter type pair add attribute c date cascade; alter type pair drop attribute b cascade;"
      "alter type pair alter attribute a type bigint cascade;");
  CHECK(db.findings.empty());
  CHECK(db.field("column public.t.c", "type") == "date");
  CHECK_FALSE(db.find("column public.t.b"));
  CHECK(db.field("column public.t.a", "type") == "bigint");
  CHECK_FALSE(db.find("column public.other.c"));
}

TEST_CASE("a table joins a type and leaves it with its columns") {
  ReplayedDatabase db;
  db.run("create type pair as (a integer, b text); create table t (a integer, b text); alter table t of pair;");
  CHECK(db.field("table public.t", "of") == "public.pair");
  db.run("alter table t not of; drop type pair;");
  CHECK(db.findings.empty());
  CHECK(db.field("table public.t", "of") == "");
  CHECK(db.find("column public.t.b"));
}

TEST_CASE(
    "ALTER COLUMN SET STORAGE goes on to heirs and partitions, unless it says ONLY; statistics come to no new one") {
  ReplayedDatabase db;
  db.run(
      "create table p (a text, b text) partition by list (a); create table p1 partition of p for values in ('x');"
      "alter table p alter column a set storage main; alter table only p alter column b set storage external;"
      "alter table p alter column b set statistics 50; create table p2 partition of p for values in ('y');");
  CHECK(db.findings.empty());
  CHECK(db.field("column public.p1.a", "storage") == "main");
  CHECK(db.field("column public.p1.b", "storage") == "");
  const auto statistics = [&](std::string_view column) {
    const Object* o = db.find(column);
    return o->value(*o->id->kind->fields.find("statistics"));
  };
  CHECK(statistics("column public.p1.b") == Value(std::int64_t{50}));
  CHECK(statistics("column public.p2.b") != Value(std::int64_t{50}));
}

TEST_CASE("what a role was given is no grant any more once it is the owner") {
  ReplayedDatabase db;
  db.run(
      "create table t (a int); grant select on t to clerk with grant option; grant select on t to other;"
      "alter table t owner to clerk;");
  CHECK_FALSE(db.find("grant public.t.clerk"));
  CHECK(db.find("grant public.t.other"));
}

TEST_CASE("a routine's RETURN shows its arguments by their names, as the server does") {
  ReplayedDatabase db;
  db.run(
      "create function f(n integer, out r integer, integer, \"M m\" integer) language sql"
      " return $1 + $2 + $3 + length('$1');");
  const Text body = db.field("function public.f(integer, integer, integer)", "sql_body");
  CHECK(body.find("n + $2") != Text::npos);
  CHECK(body.find("\"M m\"") != Text::npos);
  CHECK(body.find("'$1'") != Text::npos);
}
