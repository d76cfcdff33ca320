// What an object is tied to: where its name is taken, whose columns it sees, what takes it along.
#include "core/model/kind.h"
#include "kinds/list.h"
#include "parser/replay/replay.h"
#include "parser/yaml/yaml.h"
#include "tests/catch.h"

using namespace quoin;

namespace {
struct Replayed {
  Ids ids;
  Schema schema = empty_database(ids);
  std::vector<Effects> effects;
  explicit Replayed(std::string_view sql) {
    Findings findings;
    effects = Replay(schema, {"public"}).run(sql, "all.sql", findings);
    CHECK(findings.empty());
  }
  List paths() const {
    List all;
    for (const Object* object : schema.objects())
      if (object->place.line != 0 && object->id->parent) all.push_back(path(object->id));
    return all;
  }
};

bool has(const List& all, std::string_view one) { return std::ranges::count(all, one) > 0; }
}  // namespace

TEST_CASE("an object lies only in what its kind may lie in") {
  Ids ids;
  Schema schema = empty_database(ids);
  const Id name_space = ids.of(schema_kind, Id(), "public");
  const Id table = schema.add(ids.of(table_kind, name_space, "t")).id;
  const Id index = schema.add(ids.of(index_kind, table, "i")).id;
  const auto refused = Catch::Matchers::Contains("cannot lie in");
  CHECK_THROWS_WITH(schema.add(ids.of(index_kind, name_space, "j")), refused);
  CHECK_THROWS_WITH(schema.add(ids.of(table_kind, Id(), "u")), refused);
  CHECK_THROWS_WITH(schema.add(ids.of(schema_kind, name_space, "inner")), refused);
  CHECK_THROWS_WITH(schema.rename(index, ids.of(index_kind, name_space, "i")), refused);
  CHECK(schema.find(index));
  CHECK(schema.size() == 5);
}

TEST_CASE("what has the schema of its table goes to another with it alone") {
  const Replayed all("create schema s; create table t (a int); create index i on t (a); alter table i set schema s;");
  REQUIRE(all.effects.back().unknown.size() == 1);
  CHECK(all.effects.back().unknown[0].find("index public.t.i has the schema of table public.t") != Text::npos);
  CHECK(has(all.paths(), "index public.t.i"));
  Ids ids;
  Findings findings;
  const std::vector<YamlText> texts{{"all.yaml", write_yaml(all.schema)}};
  CHECK(read_yaml(texts, ids, {"public"}, findings).size() == all.schema.size());
  CHECK(findings.empty());
}

TEST_CASE("a sequence of a column goes to another schema with the table, its statistics stay") {
  const Replayed all(
      "create schema s; create table t (a serial, b int); create statistics both_of_t on a, b from t;"
      "alter table t set schema s;");
  CHECK(has(all.paths(), "sequence s.t_a_seq"));
  CHECK(has(all.paths(), "statistics public.both_of_t"));
  const Object* found = all.schema.find(statistics_kind, all.ids.find(schema_kind, Id(), "public"), "both_of_t");
  REQUIRE(found);
  CHECK(path(relation_of(*found)) == "table s.t");
}

TEST_CASE("a column takes along what is of it alone, and is held by what else needs it") {
  constexpr std::string_view before =
      "create table t (a int, b int, c int); create index i on t (a); create statistics s on a, b from t;"
      "create function f() returns trigger language plpgsql as 'begin return new; end';"
      "alter table t add check (b > c);";
  const Replayed dropped(concat(before, "alter table t drop column a;"));
  CHECK(dropped.effects.back().refused.empty());
  CHECK(dropped.effects.back().drops.size() == 3);
  const Replayed held(concat(before,
                             "create trigger g before update of c on t for each row execute function f();"
                             "create policy p on t using (c > 0); alter table t drop column c;"));
  CHECK(held.effects.back().refused.size() == 2);
  const Replayed cascading(concat(before, "create policy p on t using (c > 0); alter table t drop column c cascade;"));
  CHECK(cascading.effects.back().refused.empty());
  CHECK_FALSE(has(cascading.paths(), "policy public.t.p"));
  CHECK_FALSE(has(cascading.paths(), "check public.t.t_check"));
}

TEST_CASE("statistics are named and follow as the server has it") {
  const Replayed all(
      "create schema s; create table t (b int, a int, c text);"
      "create statistics s.x (dependencies, ndistinct, mcv) on a, b from t; alter statistics s.x set statistics 9;"
      "create statistics y on lower(c), (a) from t; comment on statistics y is 'why';"
      "create table u (like t including statistics including comments); create table v (like t);"
      "alter table t rename to w; alter table w rename a to z; alter statistics s.x rename to xx;"
      "alter statistics s.xx set schema public; drop statistics y;");
  for (const Effects& one : all.effects) {
    CHECK(one.unknown.empty());
    CHECK(one.missing.empty());
  }
  CHECK(has(all.paths(), "statistics public.u_b_a_stat"));
  CHECK(has(all.paths(), "statistics public.u_a_expr_stat"));
  CHECK(has(all.paths(), "comment of statistics public.u_a_expr_stat"));
  CHECK_FALSE(has(all.paths(), "statistics public.y"));
  const Object* x = all.schema.find(statistics_kind, all.ids.find(schema_kind, Id(), "public"), "xx");
  REQUIRE(x);
  CHECK(statistics_kind.sql.create(*x).front().sql == "CREATE STATISTICS public.xx ON z, b FROM public.w");
  CHECK(statistics_kind.sql.create(*x).back().sql == "ALTER STATISTICS public.xx SET STATISTICS 9");
  const Replayed gone("create table t (a int, b int); create statistics s on a, b from t; drop table t;");
  CHECK(gone.paths().empty());
}

TEST_CASE("a rename of a type, schema or role follows wherever an object's own name says it") {
  const Replayed all(
      "create schema app; create type app.mood as enum ('sad'); create table app.t (a int);"
      "create function app.f(app.mood, integer, app.mood[]) returns app.mood language sql as 'select $1';"
      "create function app.f(app.t) returns int language sql as 'select 1';"
      "comment on function app.f(app.mood, integer, app.mood[]) is 'why';"
      "grant execute on function app.f(app.mood, integer, app.mood[]) to reader;"
      "grant select on app.t to reader; create table app.kept (a int); alter table app.kept owner to reader;"
      "create policy p on app.t to writer, reader;"
      "alter default privileges in schema app grant select on tables to reader;"
      "alter type app.mood rename to \"Feeling, now\"; alter table app.t rename to u; alter schema app rename to shop;"
      "alter role reader rename to \"Visitor\"; create table shop.v (a int);");
  for (const Effects& one : all.effects) CHECK(one.unknown.empty());
  const List paths = all.paths();
  const Text signature = "(shop.\"Feeling, now\", integer, shop.\"Feeling, now\"[])";
  CHECK(has(paths, concat("function shop.f", signature)));
  CHECK(has(paths, concat("comment of function shop.f", signature)));
  CHECK(has(paths, "grant shop.f.\"Visitor\""));
  CHECK(has(paths, "function shop.f(shop.u)"));
  CHECK(has(paths, "grant shop.u.\"Visitor\""));
  CHECK(has(paths, "grant shop.v.\"Visitor\""));
  CHECK_FALSE(has(paths, "grant shop.u.reader"));
  const Text yaml = write_yaml(all.schema);
  CHECK(yaml.find("reader") == Text::npos);
  CHECK(yaml.find("to \"Visitor\", writer") + yaml.find("to writer, \"Visitor\"") != 2 * Text::npos);
}

TEST_CASE("many routines follow the renames of their types in time that grows with their number") {
  Ids ids;
  Schema schema = empty_database(ids);
  const Id name_space = ids.of(schema_kind, Id(), "public");
  constexpr int many = 20000;
  for (int i = 0; i < many; ++i) {
    const Id type = schema.add(ids.of(enum_kind, name_space, concat("t", std::to_string(i)))).id;
    schema.add(ids.of(function_kind, name_space, "f", concat("(", qualified(type), ")"))).need(type);
  }
  for (int i = 0; i < many; ++i)
    schema.rename(ids.of(enum_kind, name_space, concat("t", std::to_string(i))),
                  ids.of(enum_kind, name_space, concat("u", std::to_string(i))));
  CHECK(schema.find(function_kind, name_space, "f", "(public.u7)"));
  CHECK_FALSE(schema.find(function_kind, name_space, "f", "(public.t7)"));
}
