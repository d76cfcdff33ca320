#include "snapshot/catalog/read.h"

#include <set>

#include "core/model/kind.h"
#include "core/postgres/shadow.h"
#include "core/postgres/shadow_server.h"
#include "tests/catch.h"

using namespace quoin;

namespace {

/// A scratch database with a few of everything; nothing where the machine has no server.
std::optional<Shadow::Database> database_with(const Text& sql) {
  if (!shadow::find_binaries({})) {
    WARN("skipped: no PostgreSQL server binaries here");
    return std::nullopt;
  }
  static std::optional<Shadow> server = Shadow::start(std::nullopt);
  Shadow::Database database = server->create_database();
  database.connect().execute(sql);
  return database;
}

Schema read(const Shadow::Database& database, Ids& ids, const ReadOptions& options = {}) {
  postgres::Connection connection = database.connect();
  return read_database(connection, ids, options);
}

/// By its path, as people see it; fails the test where it is not there.
const Object& object(const Schema& schema, std::string_view wanted) {
  const Object* found = nullptr;
  schema.each([&](const Object& one) {
    if (path(one.id) == wanted) found = &one;
  });
  INFO("there is no " << wanted);
  REQUIRE(found);
  return *found;
}

Text text_of(const Object& one, std::string_view field) {
  const Value& value = one.value(*one.id->kind->fields.find(field));
  if (const auto* list = std::get_if<List>(&value)) return join(*list, " | ");
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  const auto* text = std::get_if<Text>(&value);
  return text ? *text : Text();
}

std::set<Text> needs_of(const Object& one) {
  std::set<Text> all;
  for (Id id : one.needs) all.insert(path(id));
  return all;
}

constexpr const char* types = R"(
  create schema app;
  create type app.mood as enum ('sad', 'it''s', 'happy');
  create domain app.pos as integer default 5 not null constraint pos_check check (value > 0);
  alter domain app.pos add constraint small check (value < 1000) not valid;
  create type app.pair as (a integer, "B b" text collate "C", m app.mood[]);
  create sequence app.free start 10 increment 2 minvalue 10 cache 5 cycle;
  create table app.t (id serial primary key, n integer generated always as identity, m app.mood, p app.pair, d app.pos);
  create view app.v with (security_barrier) as select id, m from app.t where id > 1 with local check option;
  create materialized view app.mv with (fillfactor = 70) as select id, count(*) from app.v group by id;
)";

constexpr const char* routines = R"(
  create schema app;
  create type app.mood as enum ('sad');
  create table app.t (id integer, m app.mood);
  create function app.f(a integer, b app.mood default 'sad', out r text, out s integer) language plpgsql
    as 'begin r := ''x''; s := 1; end';
  create function app.g(variadic xs integer[]) returns setof app.t language sql stable strict security definer
    parallel safe cost 5 rows 10 set search_path = app, "My Schema" set work_mem = '4MB' as 'select * from app.t';
  create function app.tab(n integer) returns table (a integer, "b B" text) language sql as 'select 1, null::text';
  create procedure app.p(inout x integer, y text) language plpgsql as 'begin end';
  create function app.touch() returns trigger language plpgsql as 'begin return new; end';
  create trigger tg before insert or update of m on app.t for each row when (new.m is distinct from 'sad')
    execute function app.touch('a''b', 'ü', '');
  create trigger ts after delete on app.t referencing old table as old_rows execute function app.touch();
  alter table app.t disable trigger ts;
  comment on trigger tg on app.t is 'why';
  revoke execute on function app.touch() from public;
)";

}  // namespace

TEST_CASE("types, sequences and views are read with all that they are", "[live]") {
  const auto database = database_with(types);
  if (!database) return;
  Ids ids;
  const Schema schema = read(*database, ids);
  CHECK(text_of(object(schema, "enum app.mood"), "enum") == "sad | it's | happy");
  CHECK(text_of(object(schema, "domain app.pos"), "type") == "integer");
  CHECK(text_of(object(schema, "domain app.pos"), "default") == "5");
  CHECK(text_of(object(schema, "domain app.pos"), "not_null") == "yes");
  CHECK(text_of(object(schema, "domain constraint app.pos.pos_check"), "expression") == "VALUE > 0");
  CHECK(text_of(object(schema, "domain constraint app.pos.small"), "not_valid") == "yes");
  CHECK(text_of(object(schema, "composite type app.pair"), "composite") ==
        "a integer | \"B b\" text COLLATE \"C\" | m app.mood[]");
  const Object& free = object(schema, "sequence app.free");
  CHECK(text_of(free, "minimum") == "10");
  CHECK(text_of(free, "start").empty());  // follows from the minimum
  CHECK(text_of(free, "maximum").empty());
  const Object& owned = object(schema, "sequence app.t_id_seq");
  CHECK(text_of(owned, "owned_by") == "app.t.id");
  CHECK(path(dropped_with(owned)) == "column app.t.id");
  CHECK(text_of(object(schema, "view app.v"), "check_option") == "local");
  CHECK(text_of(object(schema, "view app.v"), "columns") == "id integer | m app.mood");
  CHECK(text_of(object(schema, "materialized view app.mv"), "with") == "fillfactor=70");
  CHECK(schema.unmodelled.empty());
}

TEST_CASE("needs come from pg_depend, at the grain of columns", "[live]") {
  const auto database = database_with(types);
  if (!database) return;
  Ids ids;
  const Schema schema = read(*database, ids);
  CHECK(needs_of(object(schema, "view app.v")) == std::set<Text>{"column app.t.id", "column app.t.m", "enum app.mood"});
  CHECK(needs_of(object(schema, "materialized view app.mv")) == std::set<Text>{"view app.v"});
  CHECK(needs_of(object(schema, "column app.t.p")) == std::set<Text>{"composite type app.pair"});
  CHECK(needs_of(object(schema, "composite type app.pair")) == std::set<Text>{"enum app.mood"});
  CHECK(needs_of(object(schema, "default of column app.t.id")) == std::set<Text>{"sequence app.t_id_seq"});
  bool identity_sequence = false;
  schema.each([&](const Object& one) { identity_sequence |= one.id->name == "t_n_seq"; });
  CHECK_FALSE(identity_sequence);
}

TEST_CASE("routines and triggers are read with all that they are", "[live]") {
  const auto database = database_with(routines);
  if (!database) return;
  Ids ids;
  const Schema schema = read(*database, ids);
  const Object& f = object(schema, "function app.f(integer, app.mood)");
  CHECK(text_of(f, "arguments") == "a integer | b app.mood DEFAULT 'sad'::app.mood | OUT r text | OUT s integer");
  CHECK(text_of(f, "returns").empty());  // follows from its OUT arguments
  const Object& g = object(schema, "function app.g(integer[])");
  CHECK(text_of(g, "returns") == "SETOF app.t");
  CHECK(text_of(g, "set") == "search_path='app', 'My Schema' | work_mem='4MB'");
  CHECK(text_of(g, "rows") == "10");
  CHECK(text_of(object(schema, "function app.tab(integer)"), "returns_table") == "a integer | \"b B\" text");
  CHECK(text_of(object(schema, "procedure app.p(integer, text)"), "arguments") == "INOUT x integer | y text");
  const Object& trigger = object(schema, "trigger app.t.tg");
  CHECK(text_of(trigger, "arguments") == "a'b | ü | ");
  CHECK(text_of(trigger, "when") == "(new.m IS DISTINCT FROM 'sad'::app.mood)");
  CHECK(needs_of(trigger) == std::set<Text>{"function app.touch()", "column app.t.m", "enum app.mood"});
  CHECK(text_of(object(schema, "trigger app.t.ts"), "enabled") == "disabled");
  CHECK(text_of(object(schema, "comment of trigger app.t.tg"), "text") == "why");
}

TEST_CASE("what no kind models is listed, and needed by what stands on it", "[live]") {
  const auto database = database_with(R"(
    create schema app;
    create type app.row as (a integer);
    alter extension plpgsql add type app.row;
    create table app.above of app.row (primary key (a));
    create view app.over as select a from app.above;)");
  if (!database) return;
  Ids ids;
  const Schema schema = read(*database, ids);
  CHECK(schema.unmodelled == List{"typed table app.above"});
  CHECK(needs_of(object(schema, "view app.over")) == std::set<Text>{"typed table app.above"});
  schema.each([&](const Object& one) { CHECK(one.id->name != "above_pkey"); });
}

TEST_CASE("rights on what an extension or initdb has brought are told where they were changed", "[live]") {
  const auto database = database_with(R"(
    create extension citext; create extension pg_stat_statements; create schema app;)");
  if (!database) return;
  Ids before_ids;
  CHECK(read(*database, before_ids).unmodelled == List());
  database->connect().execute(R"(
    revoke execute on function public.citextsend(public.citext) from public;
    grant select (query) on public.pg_stat_statements to pg_monitor;
    grant execute on function pg_catalog.pg_read_file(text) to pg_monitor;
    revoke select on information_schema.tables from public; revoke usage on language sql from public;
    grant usage on schema pg_catalog to pg_monitor; alter language plpgsql owner to pg_monitor;)");
  Ids ids;
  CHECK(read(*database, ids).unmodelled ==
        List{"owner of language plpgsql, which initdb has made",
             "rights on column query of view public.pg_stat_statements", "rights on function pg_read_file(text)",
             "rights on function public.citextsend(public.citext)", "rights on language sql",
             "rights on schema pg_catalog", "rights on view information_schema.tables"});
}

TEST_CASE("schemas that are not asked for are left out, with what lies in them", "[live]") {
  const auto database = database_with(
      "create schema app; create table app.t (id integer); create schema quoin;"
      "create table quoin.migrations (version text); create schema other;");
  if (!database) return;
  Ids ids;
  const Schema all = read(*database, ids);
  all.each([&](const Object& one) { CHECK(path(one.id).find("quoin") == Text::npos); });
  object(all, "schema other");
  const Schema narrowed = read(*database, ids, {.schemas = {"app"}, .left_out = {}, .read_bodies = {}});
  object(narrowed, "column app.t.id");
  narrowed.each([&](const Object& one) { CHECK(path(one.id).find("other") == Text::npos); });
}

TEST_CASE("settings of the database do not change what is read", "[live]") {
  const auto database = database_with(
      "create table t (at timestamptz default '2020-06-01 12:00+00', b bytea "
      "default 'x', f float8 default 0.1, i interval default '1 day 2 hours');");
  if (!database) return;
  Ids ids;
  const Schema before = read(*database, ids);
  postgres::Connection connection = database->connect();
  connection.execute(
      "set timezone = 'Asia/Tokyo'; set datestyle = 'German'; set intervalstyle = 'iso_8601'; "
      "set bytea_output = 'escape'; set extra_float_digits = -5; set search_path = public");
  const Schema after = read_database(connection, ids, {});
  for (const Object* one : before.objects()) CHECK(one->differences(object(after, path(one->id))).none());
  CHECK(before.size() == after.size());
  CHECK(connection.query("show timezone").text(0, 0) == "Asia/Tokyo");
}
