// What a run's SQL takes away though no text of it says so is found before it is committed.
#include "tests/losses_project.h"

using namespace quoin;

namespace {

/// What the run said, and how many columns of app.a are left, wherever it is now.
struct Outcome {
  int code;
  Text said, columns;
};

Outcome run_of(const LossesProject& project, std::string_view sql, const List& more = {}) {
  postgres::Connection connection(project.database.url());
  connection.execute(
      "drop schema if exists app cascade; drop schema if exists s cascade; drop schema if exists t cascade;"
      " drop schema if exists quoin cascade; drop table if exists p, a cascade");
  for (const auto& entry : fs::directory_iterator(project.folder / "migrations")) fs::remove(entry.path());
  write_file(project.folder / "migrations/1_a.sql",
             "create schema app; create table app.a (i int primary key, j int); create table app.b (i int);"
             "create table app.e (i int); create table app.d (i int); insert into app.d values (1); analyze app.d;"
             "delete from app.d where i < 7; create table app.g (i int, g int generated always as (i * 2) stored);"
             "create table app.k (i int primary key, n int); insert into app.k values (1, 0);"
             "create function app.f() returns trigger language plpgsql as"
             " $$ begin execute concat('trun', 'cate app.a'); return null; end $$;"
             "create trigger f after update on app.k for each row execute function app.f();"
             "create constraint trigger c after insert on app.b deferrable initially deferred for each row"
             " execute function app.f();"
             "insert into app.a values (1, 2); alter table app.b disable trigger c; insert into app.b values (1); "
             "alter table app.b enable trigger c; analyze app.a; analyze app.b;");
  CHECK(project.run({"migrate"}).code == 0);
  write_file(project.folder / "migrations/2_b.sql", sql);
  List arguments{"migrate"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = project.run(arguments);
  const Text columns = "select count(*) from pg_attribute where attnum > 0 and not attisdropped and attrelid in ";
  const Text left =
      connection.execute(concat(columns, "(select oid from pg_class where relname in ('a', 'z'))")).text(0, 0);
  return {ran.code, ran.err, left};
}

}  // namespace

TEST_CASE("a loss that no text shows is refused before it is committed", "[commands][live]") {
  if (no_server_here()) return;
  const LossesProject project;
  const char* deferred = "insert into app.b values (2)";
  const char* batch = "-- quoin: batch 1\nupdate app.k set n = 1 where n = 0";
  const std::pair<const char*, const char*> cases[] = {
      {"create schema s; alter table app.a set schema s; drop schema s cascade", "drops table app.a"},
      {"create table p (i int, j int) partition by list (i); alter table p attach partition app.a default; drop table "
       "p",
       "drops table p"},
      {"create table p (i int, j int); alter table app.a inherit p; truncate p", "empties table p"},
      {"create table p (i int, j int); alter table app.a inherit p; delete from p", "deletes all rows of p"},
      {"create table p (i int primary key); alter table app.a add foreign key (i) references p not valid; truncate p "
       "cascade",
       "empties table app.a"},
      {"do $$ begin alter table app.a rename to z; drop table app.z; end $$", "drops table app.a"},
      {"do $$ begin alter table app.a rename j to k; alter table app.a drop k; end $$",
       "drops a column of table app.a"},
      {"do $$ declare t text := 'app.a'; begin execute concat('dr', 'op table ', t); end $$", "drops table app.a"},
      {deferred, "empties table app.a"},
      {batch, "empties table app.a"},
      {"alter table app.g alter g drop expression;"
       "do $$ begin execute concat('alter table app.a dr', 'op j, add k int'); end $$",
       "drops a column of table app.a"},
      {"do $$ begin alter table app.a set schema public; truncate public.a; end $$", "empties table app.a"},
  };
  for (const auto& [sql, loss] : cases)
    for (const char* way : {"", "-- quoin: no-transaction\n", "-- quoin: no-transaction\nbegin;\n"}) {
      const bool own = Text(way).ends_with("begin;\n");
      // A deferred trigger runs within the file's own COMMIT, and a batch commits by itself.
      if (own && (sql == deferred || sql == batch)) continue;
      const Outcome outcome = run_of(project, concat(way, sql, own ? ";\ncommit" : ""));
      INFO(way << sql << "\n" << outcome.said);
      CHECK((outcome.code == 0) == (Text(loss).empty()));
      CHECK(outcome.said.find(loss) != Text::npos);
      CHECK(outcome.columns == "2");
      if (way[0] == '\0' && !Text(loss).empty()) {
        const Outcome allowed = run_of(project, sql, {"--allow", "data-loss"});
        CHECK(allowed.code == 0);
      }
    }
}

TEST_CASE("what loses nothing is not refused, whatever the statistics say", "[commands][live]") {
  if (no_server_here()) return;
  const LossesProject project;
  const char* cases[] = {
      "alter table app.g alter g drop expression",
      "alter table app.d alter i type bigint",
      "alter table app.e alter i type bigint",
      "create temp table app_a (i int); truncate app_a; drop table app_a",
      "create table app.m as select * from app.a; alter table app.m drop j; truncate app.m; drop table app.m",
      "alter schema app rename to s; alter table s.a alter j type bigint; alter schema s rename to app",
  };
  for (const char* sql : cases) {
    const Outcome outcome = run_of(project, sql);
    INFO(sql << "\n" << outcome.said);
    CHECK(outcome.code == 0);
  }
}
