// What the replay reads in the bodies of routines and DO blocks, and what it knows of routines.
#include "parser/names/names.h"
#include "tests/replayed_database.h"

using namespace quoin;

TEST_CASE("a cast by a function that goes with the session leaves nothing unknown") {
  ReplayedDatabase db;
  const auto effects = db.run(
      "create type a as (x int); create type b as (x int);"
      "create function pg_temp.carried(a) returns b language sql as 'select ($1).x';"
      "create cast (a as b) with function pg_temp.carried(a);"
      "drop cast (a as b); drop function pg_temp.carried(a); drop type a;");
  for (const Effects& one : effects) CHECK(one.unknown == List());
  CHECK(db.schema.unmodelled == List());
}

TEST_CASE("DO blocks are read for what they make") {
  ReplayedDatabase db;
  db.run(
      "do $$ begin create type mood as enum ('a'); exception when duplicate_object then null; end $$;"
      "do $$ begin if not exists (select 1 from pg_class) then create table t (id int); end if; end $$;");
  CHECK(db.find("enum public.mood"));
  CHECK(db.run("create table t (id int)")[0].duplicates.empty());  // it may not be there
  CHECK_FALSE(db.run("do $$ begin execute format('create table %I ()', 'x'); end $$;")[0].anything);
  CHECK(db.find("table public.x"));
  CHECK(db.run("do $$ begin execute format('create table %I ()', current_user); end $$;")[0].anything);
}

TEST_CASE("what a DO block reads and writes for certain has to be there") {
  ReplayedDatabase db;
  db.run("create table a (id int);");
  const auto missing = [&](const Text& body) { return db.missing(concat("do $$ declare r record; ", body, " $$;")); };
  CHECK(missing("begin insert into nowhere values (1); end") == "relation nowhere; ");
  CHECK(missing("begin update nowhere2 set x = 1; end") == "relation nowhere2; ");
  CHECK(missing("begin delete from nowhere3; end") == "relation nowhere3; ");
  CHECK(missing("begin perform 1 from a, nowhere4; end") == "relation nowhere4; ");
  CHECK(missing("begin select count(*) into r from nowhere5; end") == "relation nowhere5; ");
  CHECK(missing("begin for r in select * from nowhere6 loop null; end loop; end") == "relation nowhere6; ");
  for (const char* body :
       {"begin if current_user = 'x' then insert into maybe values (1); end if; end",
        "begin insert into maybe values (1); exception when others then null; end",
        "begin execute format('create table %I ()', current_user); insert into maybe values (1); end",
        "begin create temp table made (i int); insert into made values (1); end",
        "begin with maybe as (select 1) insert into a select * from maybe; end",
        "begin perform 1 from pg_roles, pg_catalog.pg_class, information_schema.tables; end",
        "begin update a set id = r.id from generate_series(1, 2) maybe; end"})
    CHECK(missing(body) == "");
}

TEST_CASE("what is renamed or dropped under a condition may be there or not, and accuses nobody") {
  ReplayedDatabase db;
  db.run(
      "create table pots (id int constraint pots_pkey primary key);"
      "create table old_pots (id int constraint old_pots_pkey primary key); create table jars (id int);");
  const auto taken =
      db.run("do $$ begin if current_user = 'x' then alter index pots_pkey rename to old_pots_pkey; end if; end $$;");
  CHECK(taken[0].duplicates.empty());
  CHECK(db.find("primary key public.pots.pots_pkey"));
  db.run("do $$ begin if current_user = 'x' then alter table jars rename to urns; end if; end $$;");
  CHECK(db.missing("insert into urns values (1)") == "");
  CHECK(db.missing("drop table jars") == "");
  CHECK(db.run("create table urns (id int)")[0].duplicates.empty());
}

TEST_CASE("a statement made at run time is said, with its place") {
  ReplayedDatabase db;
  const auto effects = db.run(
      "select 1; do $$ declare r record; begin for r in select id as n from t loop"
      " execute format('drop table %s', r.n); end loop; end $$;");
  REQUIRE(effects.size() == 2);
  CHECK(effects[1].anything);
  REQUIRE(effects[1].unknown.size() == 1);
  CHECK(effects[1].unknown[0].starts_with("EXECUTE of a text that is made at run time"));
  CHECK(effects[1].begin == 10);
}

TEST_CASE("bodies of routines are wanted, not needed") {
  ReplayedDatabase db;
  db.run(
      "create table users (id bigint); create function f() returns bigint language plpgsql as $$"
      " declare n bigint; begin select count(*) into n from users; return n; end $$;"
      "create function g() returns bigint language sql as 'select f()';");
  read_bodies(db.schema);
  const Object* f = db.find("function public.f()");
  const Object* g = db.find("function public.g()");
  REQUIRE(f);
  REQUIRE(g);
  REQUIRE(f->wants.size() == 1);
  CHECK(path(f->wants[0]) == "table public.users");
  REQUIRE(g->wants.size() == 1);
  CHECK(g->wants[0] == f->id);
}

TEST_CASE("what a trigger's function mentions is wanted, also where it sets columns of the new row") {
  ReplayedDatabase db;
  db.run(
      "create table users (id bigint); create table notes (id bigint, author bigint);"
      "create function f() returns trigger language plpgsql as $$ begin"
      " if TG_OP = 'UPDATE' and OLD.author is null then return old; end if;"
      " NEW.author := (select max(id) from users); return new; end $$;");
  read_bodies(db.schema);
  const Object* f = db.find("function public.f()");
  REQUIRE(f);
  REQUIRE(f->wants.size() == 1);
  CHECK(path(f->wants[0]) == "table public.users");
}

TEST_CASE("the types of variables in a body are wanted, in whatever way they are said") {
  ReplayedDatabase db;
  db.run(R"(
create schema app;
create table app.shelf (id bigint, mood text);
create type app.colour as enum ('red');
create table late (id int);
create function app.f(one int, out result text) language plpgsql as $$
declare
  a colour; -- of its own schema
  b app.shelf.mood%type := 'x; y';
  c constant late not null := null;
  d late%rowtype;
  e alias for one;
  f numeric(10, 2)[];
begin
  result := a; d.id := 2;
  declare g app.colour[]; begin perform app.missing(g); end;
end $$;)");
  CHECK(db.findings.empty());
  read_bodies(db.schema);
  const Object* f = db.find("function app.f(integer)");
  REQUIRE(f);
  List wanted;
  for (Id id : f->wants) wanted.push_back(path(id));
  std::ranges::sort(wanted);
  CHECK(wanted == List{"column app.shelf.mood", "enum app.colour", "table app.shelf", "table public.late"});
}

TEST_CASE("the types of a routine have no length or precision, whatever is written") {
  ReplayedDatabase db;
  db.run(
      "create function f(a bit(3), b char(4), c numeric(3, 1), d bit[]) returns char language sql as 'select b';"
      "create function g() returns table (a bit, b char(2)) language sql as 'select null, null';");
  const Text f = "function public.f(bit, character, numeric, bit[])";
  CHECK(db.field(f, "arguments") == "a bit, b character, c numeric, d bit[]");
  CHECK(db.field(f, "returns") == "character");
  CHECK(db.field("function public.g()", "returns_table") == "a bit, b character");
}

TEST_CASE("a condition that asks whether something is there is answered as far as that is known") {
  ReplayedDatabase db;
  db.run(
      "create schema s; create table s.pots (id int constraint pots_size check (id > 0)); create index one on s.pots "
      "(id);"
      "create type mood as enum ('a');");
  const auto makes = [&](std::string_view condition) {
    static int number = 0;
    const Text name = concat("made_", std::to_string(++number));
    db.run(concat("do $$ begin if ", condition, " then create table ", name, " (); else create table not_", name,
                  " (); end if; end $$;"));
    const bool yes = db.find(concat("table public.", name)), no = db.find(concat("table public.not_", name));
    return yes && no ? "either" : yes ? "yes" : "no";
  };
  CHECK(makes("exists (select 1 from pg_indexes where indexname = 'one' and schemaname = 's')") == Text("yes"));
  CHECK(makes("exists (select 1 from pg_indexes where indexname = 'one' and schemaname = 'public')") == Text("no"));
  CHECK(makes("not exists (select from pg_catalog.pg_type where typname = 'mood')") == Text("no"));
  CHECK(makes("(select count(*) = 2 from pg_indexes where indexname in ('one', 'two'))") == Text("no"));
  CHECK(makes("(select count(*) from pg_class where relname = 'pots') = 1") == Text("yes"));
  CHECK(makes("exists (select 1 from information_schema.columns where table_schema = 's' and table_name = 'pots'"
              " and column_name = 'id')") == Text("yes"));
  CHECK(makes("exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace"
              " where c.relname = 'pots' and n.nspname = 'public')") == Text("no"));
  CHECK(makes("exists (select 1 from pg_attribute where attrelid = 's.pots'::regclass and attname = 'size')") ==
        Text("no"));
  CHECK(
      makes("not exists (select 1 from pg_constraint where conname = 'pots_size' and conrelid = 's.pots'::regclass)") ==
      Text("no"));
  CHECK(makes("exists (select 1 from pg_constraint where conname = 'pots_size' and contype = 'f')") == Text("no"));
  CHECK(makes("exists (select 1 from pg_roles where rolname = 'one')") == Text("either"));
  CHECK(makes("exists (select 1 from pg_class)") == Text("yes"));
  CHECK(makes("to_regclass('s.pots') is not null and to_regclass('s.pans') is null") == Text("yes"));
  CHECK(makes("current_user = 'one'") == Text("either"));
  CHECK(makes("current_user = 'one' and 1 > 2") == Text("no"));
  // What can't be known may have made it.
  db.run("do $$ begin execute 'create table ' || current_user || ' ()'; end $$;");
  CHECK(makes("exists (select 1 from pg_class where relname = 'urns')") == Text("either"));
  CHECK(makes("exists (select 1 from pg_class where relname = 'pots')") == Text("yes"));
}
