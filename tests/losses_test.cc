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
