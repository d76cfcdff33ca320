// What a run takes away is told before it runs, in whatever statement it stands.
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Project {
  fs::path folder = fs::temp_directory_path() / concat("quoin-losses-", std::to_string(getpid()));
  Shadow::Database database = server().create_database();

  Project() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    write_file(folder / "migrations/1_a.sql",
               "create schema app;\n"
               "create type app.mood as enum ('glad', 'sad');\n"
               "create type app.unused as enum ('x');\n"
               "create domain app.code as text;\n"
               "create function app.twice(i int) returns int language sql immutable as 'select $1 * 2';\n"
               "create table app.a (i int, j int, m app.mood, c app.code, t int generated always as (app.twice(1))"
               " stored);\n"
               "create table app.b (i int);\n");
    const Ran ran = run({"migrate"});
    INFO(ran.err);
    CHECK(ran.code == 0);
  }
  ~Project() { fs::remove_all(folder); }
  Ran run(const List& arguments) const {
    return run_quoin(arguments, folder, {concat("DATABASE_URL=", database.url())});
  }
  Text told(std::string_view sql) const {
    write_file(folder / "migrations/2_b.sql", concat("-- quoin: no-transaction\n", sql, ";\n"));
    return run({"migrate", "--dry-run"}).err;
  }
};

}  // namespace

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
      {"explain analyze delete from app.a", "deletes all rows of app.a"},
      {"explain (analyze, costs off) delete from app.a", "deletes all rows of app.a"},
      {"do $$ begin drop table app.a; end $$", "drops table app.a"},
      {"do $$ declare n int; begin if n is null then truncate app.a; end if; end $$", "empties table app.a"},
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
  for (const char* sql :
       {"drop type app.unused cascade", "drop type if exists app.nothing cascade", "delete from app.a where i = 1",
        "delete from app.a where false", "update app.a set j = i", "update app.a set j = null where i = 1",
        "alter table app.a add k int; update app.a set k = null",
        "alter table app.a alter j type bigint using j::bigint", "explain delete from app.a",
        "explain (analyze off) delete from app.a", "do $$ begin delete from app.a where i = 1; end $$",
        "create table app.n (i int); delete from app.n", "drop function if exists app.none() cascade"}) {
    INFO(sql);
    const Text said = project.told(sql);
    INFO(said);
    CHECK_FALSE(holds(said, "data-loss"));
  }
  const Text said = project.told("do $$ begin execute 'drop table app.a'; end $$");
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
      "create function app.mixed() returns void language plpgsql as $$ begin execute 'drop table app.a'; end $$");
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
      {"select app.mixed()", "note: runs SQL that it puts together, so what that takes away is not known, by mixed()"},
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
