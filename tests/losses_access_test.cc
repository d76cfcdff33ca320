// Who may do what is told before it changes, be it that a door closes or that one opens.
#include "tests/losses_project.h"

using namespace quoin;

namespace {
/// Roles are the server's, and other tests may see it.
constexpr std::string_view role = "quoin_reader_of_losses";

struct AccessProject : LossesProject {
  AccessProject() {
    database.connect().execute(
        "create role quoin_reader_of_losses;"
        "create table app.t (i int);"
        "alter table app.t enable row level security;"
        "create sequence app.s;"
        "create view app.v as select 1 as one;"
        "create view app.barred with (security_barrier) as select 1 as one;"
        "create function app.may() returns boolean language sql stable as 'select true';"
        "create function app.definer() returns int language sql security definer as 'select 1';"
        "create policy p on app.t using (app.may())");
  }
  ~AccessProject() {
    database.connect().execute("drop owned by quoin_reader_of_losses; drop role quoin_reader_of_losses");
  }
};

Text of_role(std::string_view text) {
  Text all(text);
  if (const std::size_t at = all.find("R#"); at != Text::npos) all.replace(at, 2, role);
  return all;
}
}  // namespace

TEST_CASE("who may do what is told, whether it is given or taken", "[commands][live]") {
  if (no_server_here()) return;
  const AccessProject project;
  const std::pair<const char*, const char*> cases[] = {
      {"revoke select on all tables in schema app from R#", "revokes SELECT on all tables in schema app from R#"},
      {"revoke all on all functions in schema app from public",
       "revokes all rights on all routines in schema app from everybody"},
      {"revoke usage on sequence app.s from public", "revokes USAGE on app.s from everybody"},
      {"revoke connect on database postgres from public", "revokes CONNECT on database postgres from everybody"},
      {"revoke usage on type app.mood from public", "revokes USAGE on type app.mood from everybody"},
      {"revoke pg_monitor from R#", "revokes role pg_monitor from R#"},
      {"revoke grant option for select on app.t from R#", "revokes the right to grant SELECT on app.t from R#"},
      {"grant pg_read_all_data to R#", "grants role pg_read_all_data to R#"},
      {"alter default privileges in schema app revoke all on tables from R#",
       "revokes all rights from R# on what is made from now on in schema app"},
      {"alter default privileges grant execute on functions to public",
       "grants EXECUTE to everybody on what is made from now on"},
      {"grant select on app.t to public", "grants SELECT on app.t to everybody"},
      {"grant update (i), select on app.t to R#", "grants UPDATE (i), SELECT on app.t to R#"},
      {"grant create on schema app to R#", "grants CREATE on schema app to R#"},
      {"grant usage on language plpgsql to R#", "grants USAGE on language plpgsql to R#"},
      {"grant execute on function app.may() to R#", "grants EXECUTE on app.may to R#"},
      {"alter table app.t owner to R#", "gives app.t to another owner: R#"},
      {"alter view app.v owner to current_user", "gives app.v to another owner: whoever runs it"},
      {"alter schema app owner to R#", "gives schema app to another owner: R#"},
      {"alter function app.may() owner to R#", "gives app.may to another owner: R#"},
      {"reassign owned by postgres to R#", "gives all that belongs to postgres to another owner: R#"},
      {"alter role R# superuser nologin", "changes what role R# may do: SUPERUSER, NOLOGIN"},
      {"alter role R# bypassrls", "changes what role R# may do: BYPASSRLS"},
      {"alter group pg_monitor add user R#", "grants role pg_monitor to R#"},
      {"create role quoin_new_in_losses superuser", "makes role quoin_new_in_losses with SUPERUSER"},
      {"create role quoin_new_in_losses in role R#", "grants role R# to quoin_new_in_losses"},
      {"create policy q on app.t using (true)", "creates policy q of app.t"},
      {"alter policy p on app.t using (true)", "alters policy p of app.t"},
      {"create function app.f() returns int language sql security definer as 'select 1'",
       "makes a routine that runs with its owner's rights (SECURITY DEFINER): app.f"},
      {"create or replace function app.definer() returns int language sql as 'select 2'",
       "makes a routine run with its caller's rights: app.definer"},
      {"alter function app.definer() set search_path = evil",
       "changes the settings of a routine that runs with its owner's rights: app.definer"},
      {"create or replace function app.may() returns boolean language sql as 'select true'",
       "replaces a routine that policies call: app.may"},
      {"drop function app.may() cascade", "drops the policies that call app.may"},
      {"alter view app.v set (security_invoker = false)", "changes with whose rights it reads: app.v"},
      {"alter view app.barred reset (security_barrier)",
       "lets functions of its users see rows before its conditions: app.barred"},
      {"create or replace view app.barred with (security_barrier = off) as select 1 as one",
       "lets functions of its users see rows before its conditions: app.barred"},
      {"do $$ begin grant select on app.t to public; end $$", "grants SELECT on app.t to everybody"},
  };
  for (const auto& [sql, told] : cases) {
    INFO(sql);
    const Text said = project.told(of_role(sql));
    INFO(said);
    CHECK(holds(said, concat("2_b.sql:2:1: access: ", of_role(told))));
  }
  for (const char* sql :
       {"revoke select on app.t from R#; grant select on app.t to public",
        "-- WARNING(access): takes SELECT on table app.t from somebody\nrevoke select on app.t from R#"}) {
    project.told(of_role(sql));
    const Ran ran = project.run({"migrate"});
    INFO(ran.err);
    CHECK(ran.code == 3);
  }
  project.told("-- WARNING(access): gives SELECT on table app.t to everybody\ngrant select on app.t to public");
  const Ran ran = project.run({"migrate"});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(holds(ran.err, "access: gives SELECT on table app.t to everybody"));
}

TEST_CASE("what a run may do with what it makes itself is no news", "[commands][live]") {
  if (no_server_here()) return;
  const AccessProject project;
  for (const char* sql :
       {"create table app.n (i int); grant select on app.n to public; alter table app.n enable row level security;"
        " create policy p on app.n using (true); alter table app.n owner to R#",
        "create schema n; grant usage on schema n to public; alter default privileges in schema n grant select on"
        " tables to public",
        "create function app.n() returns int language sql as 'select 1'; grant execute on function app.n() to R#",
        "create or replace function app.twice(i int) returns int language sql immutable as 'select $1 + $1'",
        "create or replace view app.v as select 2 as one", "alter role R# connection limit 3",
        "create role quoin_new_in_losses login"}) {
    INFO(sql);
    const Text said = project.told(of_role(sql));
    INFO(said);
    CHECK_FALSE(holds(said, "access"));
  }
}

TEST_CASE("who may do what with what stood there before the first migration is told", "[commands][live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  const fs::path folder = fs::temp_directory_path() / concat("quoin-first-access-", std::to_string(getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder / "migrations");
  const auto run = [&](const List& arguments) {
    Ran ran = run_quoin(arguments, folder, {concat("DATABASE_URL=", database.url())});
    UNSCOPED_INFO(ran.err);
    return ran;
  };
  const auto write = [&](std::string_view sql) { write_file(folder / "migrations/1_a.sql", sql); };
  SECTION("what stands there, and what the run makes") {
    database.connect().execute("create table t as select 1 as x; grant select on t to pg_monitor");
    write("create table n (i int); revoke select on n from pg_monitor;");
    CHECK(run({"preflight"}).code == 0);
    write("revoke select on t from pg_monitor; grant all on t to public;");
    const Ran before = run({"preflight"});
    CHECK(before.code != 0);
    CHECK(holds(before.out, "revokes SELECT on t from pg_monitor"));
    const Ran ran = run({"migrate"});
    CHECK(ran.code == 3);
    CHECK(holds(ran.err, "--allow access"));
    CHECK(holds(run({"migrate", "--dry-run"}).err, "grants all rights on t to everybody"));
    CHECK(run({"migrate", "--allow", "access"}).code == 0);
  }
  SECTION("what every database has, where things of its own stand there") {
    database.connect().execute("create function f() returns int language sql as 'select 1'");
    write("revoke usage on schema public from public;");
    CHECK(run({"migrate"}).code == 3);
  }
  SECTION("what every database has, in one that is empty, also once a run has failed there") {
    write("select 1 / 0;");
    CHECK(run({"migrate"}).code == 2);
    write("revoke all on schema public from public; alter default privileges revoke execute on functions from public;");
    CHECK(run({"preflight"}).code == 0);
    CHECK(run({"migrate"}).code == 0);
  }
  fs::remove_all(folder);
}
