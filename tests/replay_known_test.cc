// What PL/pgSQL does is followed where its values are known.
#include <chrono>

#include "parser/replay/known_dates.h"
#include "tests/replayed_database.h"

using namespace quoin;

namespace {
/// The tables of a database after a DO block with these declarations and statements, sorted.
Text tables_after(std::string_view declarations, std::string_view statements) {
  ReplayedDatabase db;
  db.run("create table pots (id int, kind text); create table pans (id int); create view lids as select * from pots;");
  const auto effects = db.run(concat("do $do$ declare ", declarations, " begin ", statements, " end $do$;"));
  List names;
  for (const Object* object : db.schema.objects())
    if (path(object->id).starts_with("table ") && object->id->name != "pots" && object->id->name != "pans")
      names.push_back(object->id->name);
  std::ranges::sort(names);
  if (effects[0].anything) names.push_back("?");
  return join(names, " ");
}
/// What a text is known to be, shown as the name of a table.
Text known(std::string_view expression) {
  return tables_after("", concat("execute format('create table %I ()', ", expression, ");"));
}
}  // namespace

TEST_CASE("loops whose rounds are known run round by round") {
  constexpr std::string_view make = "execute 't' || i; ";
  CHECK(tables_after("i int;", "for i in 1..3 loop execute format('create table t%s ()', i); end loop;") == "t1 t2 t3");
  CHECK(tables_after("i int;", "for i in reverse 5..1 by 2 loop execute format('create table t%s ()', i); end loop;") ==
        "t1 t3 t5");
  CHECK(tables_after("i int := 0;", "while i < 2 loop i := i + 1; execute 'create table t' || i || ' ()'; end loop;") ==
        "t1 t2");
  CHECK(tables_after("i int := 0;",
                     "loop i := i + 1; continue when i = 2; exit when i > 3;"
                     " execute 'create table t' || i || ' ()'; end loop;") == "t1 t3");
  CHECK(tables_after("t text; names text[] := '{a,b}';",
                     "foreach t in array names loop execute format('create table %I ()', t); end loop;") == "a b");
  CHECK(tables_after("r record;",
                     "for r in select * from (values ('a', 1), ('b', 2)) as v (name, n) where n > 1 loop"
                     " execute format('create table %I ()', r.name); end loop;") == "b");
  CHECK(tables_after("d date;",
                     "for d in select generate_series('2024-01-01'::date, '2024-03-01'::date, '1 month') loop"
                     " execute 'create table t' || to_char(d, 'YYYYMM') || ' ()'; end loop;") ==
        "t202401 t202402 t202403");
  CHECK(tables_after("i int;", concat("for i in 1..current_setting('x')::int loop ", make, "end loop;")) == "?");
  CHECK(tables_after("i int := 0;",
                     "while i < 1 loop execute 'create table t' || i || ' ()'; exit when i = 0; end loop;"
                     " return; create table never ();") == "t0");
}

TEST_CASE("EXIT and CONTINUE mean the loop or block of their label") {
  CHECK(tables_after("i int; k int;",
                     "<<outer_one>> for i in 1..3 loop for k in 1..2 loop continue outer_one when i = 2;"
                     " exit outer_one when i = 3; execute format('create table t%s_%s ()', i, k);"
                     " end loop; end loop; <<b>> begin exit b; create table never (); end; create table last ();") ==
        "last t1_1 t1_2");
}

TEST_CASE("what a condition calls is run") {
  ReplayedDatabase db;
  db.run(
      "create table t (id int);"
      "create function adds(_t regclass, _c text, _type regtype) returns boolean language plpgsql as $$ begin"
      " execute format('alter table %s add column %I %s', _t, _c, _type); return true; end $$;"
      "do $$ begin if adds('t', 'd', 'int') then alter table t add check (d > 0); end if; end $$;"
      "alter table t add constraint sure check (id > 0);"
      "do $$ declare v text; begin select conname into v from pg_constraint where conname like 'su%';"
      " execute 'alter table t drop constraint ' || quote_ident(v); end $$;");
  CHECK(db.find("column public.t.d"));
  CHECK_FALSE(db.find("check public.t.sure"));
}

TEST_CASE("a dictionary that comes with an extension is that extension's") {
  ReplayedDatabase db;
  db.run(
      "create extension unaccent; create text search configuration fr (copy = french);"
      "alter text search configuration fr alter mapping for word with unaccent, french_stem;");
  const Text mappings = db.field("text search configuration public.fr", "mappings");
  CHECK(mappings.find("word=public.unaccent, pg_catalog.french_stem") != Text::npos);
}

TEST_CASE("what the catalogs list is gone through") {
  const auto loop = [](std::string_view query) {
    return tables_after("r record;", concat("for r in ", query, " loop execute format('create table %I ()', 'of_' ||",
                                            " r.name); end loop;"));
  };
  CHECK(loop("select tablename as name from pg_tables where schemaname = 'public'") == "of_pans of_pots");
  CHECK(loop("select table_name as name from information_schema.columns where table_schema = 'public'"
             " and column_name = 'kind'") == "of_pots");
  CHECK(loop("select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace"
             " where n.nspname = current_schema() and c.relkind in ('v', 'm')") == "of_lids");
  CHECK(loop("select t.tablename as name from pg_tables t where t.schemaname = 'public' and t.tablename like 'pa%'"
             " and not exists (select 1 from pg_views v where v.viewname = t.tablename)") == "of_pans");
  CHECK(loop("select kind as name from pots") == "?");
}

TEST_CASE("texts are made of what is known, and of nothing else") {
  CHECK(known("lower('A') || '_' || lpad(7::text, 3, '0')") == "a_007");
  CHECK(known("to_char('2024-02-29'::date + interval '1 year', 'YYYY_MM_DD')") == "2025_02_28");
  CHECK(known("to_char(date_trunc('week', date '2024-02-29'), 'IYYY\"w\"IW')") == "2024w09");
  CHECK(known("case when 3 > 2 then 'yes' else 'no' end") == "yes");
  CHECK(known("coalesce(null, replace('a-b', '-', '_'))") == "a_b");
  CHECK(known("regexp_replace('part_new', '_new$', '')") == "part");
  CHECK(known("split_part('a.b', '.', 2) || (select count(*) from pg_views where schemaname = 'public')") == "b1");
  CHECK(known("'x' || current_setting('y')") == "?");
  CHECK(known("upper(version())") == "?");
  CHECK(known("null") == "?");
  const Text today = text_of(dates::date(dates::now()));
  CHECK(known("current_date::text") == today);
  CHECK(known("to_char(now(), 'YYYY-MM-DD')") == today);
}

TEST_CASE("a name made of the day is told") {
  ReplayedDatabase db;
  const auto effects = db.run(
      "create table p (at date) partition by range (at);"
      "create function part(of text, on_day date default current_date) returns void language plpgsql as $$ begin"
      " execute format('create table %I (like %I)', of || to_char(on_day, '_YYYYMMDD'), of); end $$;"
      "select part('p'); select part('p', '2024-01-02'); select part(on_day => '2024-01-03', of => 'p');");
  REQUIRE(effects.size() == 5);
  REQUIRE(effects[2].told.size() == 1);
  CHECK(effects[2].told[0].second.starts_with("what is named here by the time of the run"));
  CHECK(effects[3].told.empty());
  CHECK(db.find("table public.p_20240102"));
  CHECK(db.find("table public.p_20240103"));
}

TEST_CASE("branches that are not known leave only what they have in common") {
  CHECK(tables_after("n text := 'a';",
                     "if current_user = 'x' then n := 'b'; end if;"
                     " execute format('create table %I ()', n);") == "?");
  CHECK(tables_after("n text := 'a';",
                     "if current_user = 'x' then n := 'a'; end if;"
                     " execute format('create table %I ()', n);") == "a");
  CHECK(tables_after("n text;",
                     "if current_user = 'x' then raise exception 'no'; end if;"
                     " select 'c' into n; execute format('create table %I ()', n);") == "c");
  CHECK(tables_after("",
                     "perform 1 from pg_tables where tablename = 'pots'; if not found then create table t (); end"
                     " if;") == "");
  CHECK(tables_after("", "case 1 + 1 when 2 then create table two (); else create table other (); end case;") == "two");
}

TEST_CASE("a routine that is called for each row is followed for each") {
  ReplayedDatabase db;
  db.run(
      "create table p (id int) partition by list (id); create table p1 partition of p for values in (1);"
      "create procedure make(base text, n int) language plpgsql as $$ begin"
      " execute format('create table %s_%s ()', base, n); end $$;"
      "create function made(base text) returns void language plpgsql as $$ begin call make(base, 9); end $$;"
      "with parts as (select inhrelid::regclass::text as name from pg_inherits where inhparent = 'p'::regclass)"
      " select made(name) from parts;");
  CHECK(db.find("table public.p1_9"));
}

TEST_CASE("the types of what a query computes are known where built-in rules decide them") {
  ReplayedDatabase db;
  db.run(
      "create table pots (id int, name varchar(20), size numeric(5,2), at timestamptz, born date);"
      "create table made as select id + 1 as next, upper(name) as loud, max(size) over () as most, count(*) over () as "
      "n,"
      " born - 1 as eve, at - at as gap, id > 1 as is_big, coalesce(name, name) as same, name || 'x' as longer,"
      " case when id = 1 then 'a' end as word, now() as moment from pots;"
      "create table odd as select id / 2.5 as half from pots;");
  const auto type = [&](std::string_view column) { return db.field(concat("column public.made.", column), "type"); };
  CHECK(type("next") == "integer");
  CHECK(type("loud") == "text");
  CHECK(type("most") == "numeric");
  CHECK(type("n") == "bigint");
  CHECK(type("eve") == "date");
  CHECK(type("gap") == "interval");
  CHECK(type("is_big") == "boolean");
  CHECK(type("same") == "character varying(20)");
  CHECK(type("longer") == "text");
  CHECK(type("word") == "text");
  CHECK(type("moment") == "timestamp with time zone");
  CHECK_FALSE(db.find("table public.odd"));
}

TEST_CASE("loops that go on for ever are not followed for ever") {
  ReplayedDatabase db;
  const auto effects = db.run(
      "do $$ declare d int := 0; begin for a in 1..999 loop for b in 1..999 loop for c in 1..999 loop d := d + 1;"
      " end loop; end loop; end loop; end $$;"
      "do $$ begin while 1 = 1 loop while 2 = 2 loop perform 1; end loop; end loop; end $$;"
      "create table t (id int);");
  REQUIRE(effects.size() == 3);
  REQUIRE(effects[0].unknown.size() == 1);
  CHECK(effects[0].unknown[0] == "what its bodies do is too much to be followed");
  CHECK(db.find("table public.t"));
}
