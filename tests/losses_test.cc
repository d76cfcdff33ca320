// What a run takes away is told before it runs, in whatever statement it stands.
#include "tests/losses_project.h"

using namespace quoin;

using Project = LossesProject;

TEST_CASE("what a run takes away is seen wherever it stands", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  const std::pair<const char*, const char*> cases[] = {
      {"drop type app.mood cascade", "drops columns or tables with type app.mood"},
      {"drop domain app.code cascade", "drops columns or tables with type app.code"},
      {"drop function app.twice(int) cascade", "drops columns or tables with function app.twice"},
      {"drop owned by postgres", "drops all that belongs to postgres"},
      {"drop owned by current_user", "drops all that belongs to whoever runs it"},
      {"drop database postgres", "drops database postgres"},
      {"with gone as (delete from app.a returning i) insert into app.b select i from gone",
       "deletes all rows of app.a"},
      {"insert into app.b with gone as (delete from app.a returning i) select i from gone",
       "deletes all rows of app.a"},
      {"create table app.c as with gone as (delete from app.a returning i) select i from gone",
       "deletes all rows of app.a"},
      {"copy (delete from app.a returning i) to '/dev/null'", "deletes all rows of app.a"},
      {"delete from app.a where true", "deletes all rows of app.a"},
      {"delete from app.a where 1 = 1", "deletes all rows of app.a"},
      {"delete from app.a using app.b where a.i = b.i", "deletes the rows that match other tables, of app.a"},
      {"merge into app.a using app.b on a.i = b.i when matched then delete",
       "deletes the rows that match other tables, of app.a"},
      {"update app.a set j = null", "overwrites all values of app.a.j"},
      {"update app.a set i = 3, j = default where true", "overwrites all values of app.a.i"},
      {"alter table app.a alter j type text using null", "overwrites all values of app.a.j"},
      {"alter table app.a alter j type text using null::text", "overwrites all values of app.a.j"},
      {"alter table app.a alter c type varchar(1) using left(c, 1)", "cuts short the values of app.a.c"},
      {"alter table app.a alter c type varchar(1) using c::varchar(1)", "cuts short the values of app.a.c"},
      {"alter table app.a alter n type int", "does not keep whole, as integer, the values of app.a.n"},
      {"alter table app.a alter n type numeric(4,1)", "does not keep whole, as numeric(4,1), the values of app.a.n"},
      {"alter table app.a alter n type app.whole", "does not keep whole, as app.whole, the values of app.a.n"},
      {"alter table app.a alter n type numeric using n::real", "does not keep whole, as real, the values of app.a.n"},
      {"alter table app.a alter c type timestamp using c::timestamp::date",
       "does not keep whole, as date, the values of app.a.c"},
      {"alter table app.a alter j type text using c", "overwrites all values of app.a.j"},
      {"update app.a set c = left(c, 1)", "cuts short the values of app.a.c"},
      {"drop view app.shown cascade", "drops columns or tables with view app.shown"},
      {"drop materialized view app.kept cascade", "drops columns or tables with view app.kept"},
      {"alter table app.a set unlogged", "leaves to the next crash the rows of app.a"},
      {"update app.a set (i, j) = (null, null)", "overwrites all values of app.a.j"},
      {"update app.a set (i, c) = row(1, 'x')", "overwrites all values of app.a.c"},
      {"update app.a set (i, c) = (select 1, 'x')", "overwrites all values of app.a.c"},
      {"update app.a set (i, c) = (select i, 'x')", "overwrites all values of app.a.c"},
      {"update app.a set (i, c) = (values (1, 'x'))", "overwrites all values of app.a.c"},
      {"update app.a set c = (select 'x')", "overwrites all values of app.a.c"},
      {"update app.a set c = 'x' where i = i", "overwrites all values of app.a.c"},
      {"update app.a set c = 'x' from app.b", "overwrites all values of app.a.c"},
      {"delete from app.a where i = i or true", "deletes all rows of app.a"},
      {"delete from app.a where i = 1 or not false", "deletes all rows of app.a"},
      {"delete from app.a where i is null or app.a.i is not null", "deletes all rows of app.a"},
      {"delete from app.a where app.a.i >= i and 'x' = 'x'", "deletes all rows of app.a"},
      {"delete from app.a where c like '%'", "deletes all rows of app.a"},
      {"delete from app.a where ctid is not null", "deletes all rows of app.a"},
      {"delete from app.a where exists (select 1)", "deletes all rows of app.a"},
      {"delete from app.a where 'true'::bool", "deletes all rows of app.a"},
      {"merge into app.a using app.b on a.i = b.i when matched then update set c = ''",
       "overwrites, in the rows that match other tables, app.a.c"},
      {"insert into app.b values (1) on conflict (i) do update set i = 7",
       "overwrites, in rows that are there already, app.b.i"},
      {"explain analyze delete from app.a", "deletes all rows of app.a"},
      {"explain (analyze, costs off) delete from app.a", "deletes all rows of app.a"},
      {"do $$ begin drop table app.a; end $$", "drops table app.a"},
      {"do $$ declare n int; begin if n is null then truncate app.a; end if; end $$", "empties table app.a"},
      {"do $$ begin execute 'drop table app.a'; end $$", "drops table app.a"},
      {"do $$ begin execute format('Drop table %I', 'x'); end $$",
       "runs SQL that it puts together, with DROP TABLE in it"},
      {"do $$ begin execute 'truncate ' || 'x'; end $$", "runs SQL that it puts together, with TRUNCATE in it"},
      {"do $$ declare s text; begin s := 'drop table ' || 'x'; execute s; end $$",
       "runs SQL that it puts together, with DROP TABLE in it"},
      {"do $$ begin execute format('drop %s app.%I', 'table', 'x'); end $$",
       "runs SQL that it puts together, with DROP in it"},
      {"do $$ begin execute format('alter table %I drop column %I', 'a', 'b'); end $$",
       "runs SQL that it puts together, with DROP COLUMN in it"},
      {"do language plpgsql $$ begin for n in 1 .. 2 loop delete from app.a; end loop; end $$",
       "deletes all rows of app.a"},
  };
  for (const auto& [sql, told] : cases) {
    INFO(sql);
    const Text said = project.told(sql);
    INFO(said);
    CHECK(holds(said, concat("2_b.sql:2:1: data-loss: ", told)));
    CHECK(project.run({"migrate"}).code == 3);
  }
}

TEST_CASE("what takes nothing away is not asked about", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  for (const char* sql : {"drop type app.unused cascade",
                          "drop view app.unread cascade",
                          "alter table app.a alter n type numeric using n * 2",
                          "alter table app.a alter j type bigint",
                          "alter table app.b alter i type app.number",
                          "alter table app.a alter m type text using m::text",
                          "drop type if exists app.nothing cascade",
                          "delete from app.a where i = 1",
                          "delete from app.a where false",
                          "delete from app.a where i = 1 and true",
                          "delete from app.a where i = j",
                          "delete from app.a where 1 = 2",
                          "delete from app.a where i = 1 or false",
                          "delete from app.a where not true",
                          "delete from app.a where c like 'x%'",
                          "update app.a set (i, j) = (j, i)",
                          "update app.a set (i, j) = (select i, j from app.b)",
                          "update app.a set j = (select max(i) from app.b)",
                          "alter table app.a alter c type varchar(9)",
                          "alter table app.a alter i type bigint",
                          "insert into app.b values (1) on conflict (i) do update set i = excluded.i",
                          "merge into app.a using app.b on a.i = b.i when matched and a.j = 1 then update set c = ''",
                          "update app.a set j = i",
                          "update app.a set j = null where i = 1",
                          "alter table app.a add k int; update app.a set k = null",
                          "alter table app.a alter j type bigint using j::bigint",
                          "explain delete from app.a",
                          "explain (analyze off) delete from app.a",
                          "do $$ begin delete from app.a where i = 1; end $$",
                          "create table app.n (i int); delete from app.n",
                          "drop function if exists app.none() cascade"}) {
    INFO(sql);
    const Text said = project.told(sql);
    INFO(said);
    CHECK_FALSE(holds(said, "data-loss"));
  }
  const auto in_one_transaction = [&](const Text& sql) {
    write_file(project.folder / "migrations/2_b.sql", concat("set search_path = app;\n", sql, ";\n"));
    return project.run({"migrate", "--dry-run"}).err;
  };
  for (const char* sql : {"create temp table a (i int); truncate a; drop table a",
                          "create temporary table b on commit drop as select 1 as i; delete from b",
                          "select 1 as i into temp b; alter table b rename to a; drop table pg_temp.a",
                          "savepoint s; drop table a; savepoint t; drop table b; rollback to s; release s"}) {
    INFO(sql);
    const Text told = in_one_transaction(sql);
    INFO(told);
    CHECK_FALSE(holds(told, "data-loss"));
  }
  for (const char* sql : {"create temp table a (i int); drop table app.a", "create temp table b (i int); drop table a",
                          "create temp table a (i int); drop table a; drop table a",
                          "savepoint s; create temp table a (i int); rollback to s; drop table a",
                          "savepoint s; drop table a; release s", "drop table a; savepoint s; rollback to s",
                          "set search_path = app, pg_temp; create temp table a (i int); drop table a"}) {
    INFO(sql);
    CHECK(holds(in_one_transaction(sql), "data-loss: drops table "));
  }
  const Text said = project.told("do $$ begin execute 'select ' || 1; end $$");
  CHECK(holds(said, "2_b.sql:2:1: note: runs SQL that it puts together"));
  CHECK(project.run({"migrate"}).code == 0);
}

TEST_CASE("what a called routine takes away is seen, through all that it calls", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  project.database.connect().execute(
      "create function app.purge() returns void language plpgsql as $$ begin delete from app.a; perform app.again();"
      " end $$;"
      "create function app.again() returns void language sql as $$ select app.purge() $$;"
      "create function app.count_of() returns int language plpgsql as $$ declare n int; begin n := app.of_sql();"
      " return n; end $$;"
      "create function app.of_sql() returns int language sql as $$ truncate app.b; select 1 $$;"
      "create procedure app.clear() language plpgsql as $$ begin drop table app.b; end $$;"
      "create procedure app.outer() language plpgsql as $$ begin call app.clear(); end $$;"
      "create function app.harmless() returns void language plpgsql as $$ begin delete from app.a where i = 1; end $$;"
      "create function app.mixed() returns void language plpgsql as $$ begin execute 'drop table app.a'; end $$;"
      "create function app.unknown() returns void language plpgsql as $$ begin execute 'select ' || 1; end $$");
  const std::pair<const char*, const char*> cases[] = {
      {"select app.purge()", "data-loss: deletes all rows of app.a, by purge()"},
      {"set search_path = app; select again()", "data-loss: deletes all rows of app.a, by purge()"},
      {"select app.count_of()", "data-loss: empties table app.b, by of_sql()"},
      {"insert into app.b values (app.count_of())", "data-loss: empties table app.b, by of_sql()"},
      {"update app.b set i = 2 where app.count_of() = 1", "data-loss: empties table app.b, by of_sql()"},
      {"create table app.c as select app.count_of()", "data-loss: empties table app.b, by of_sql()"},
      {"do $$ begin perform app.purge(); end $$", "data-loss: deletes all rows of app.a, by purge()"},
      {"call app.outer()", "data-loss: drops table app.b, by clear()"},
      {"create function app.new() returns void language sql as 'delete from app.a'; select app.new()",
       "data-loss: deletes all rows of app.a, by new()"},
      {"select app.mixed()", "data-loss: drops table app.a, by mixed()"},
      {"select app.unknown()",
       "note: runs SQL that it puts together, so what that takes away is not known, by unknown()"},
  };
  for (const auto& [sql, told] : cases) {
    INFO(sql);
    const Text said = project.told(sql);
    INFO(said);
    CHECK(holds(said, told));
  }
  for (const char* sql : {"select app.harmless()", "create view app.v as select app.count_of()", "select now()",
                          "create function app.count_of2() returns void language sql as 'delete from app.a'"}) {
    INFO(sql);
    CHECK_FALSE(holds(project.told(sql), "data-loss"));
  }
}
