// What the server prints and what people write, in one spelling.
#include "parser/normal/normal.h"

#include "core/model/kind.h"
#include "core/sql/print.h"
#include "parser/names/fragment.h"
#include "parser/normal/alike.h"
#include "parser/replay/replay.h"
#include "tests/catch.h"

using namespace quoin;

namespace {
struct Fixture {
  Ids ids;
  Schema schema = empty_database(ids);
  Fixture() {
    Findings findings;
    Replay(schema, {"public"})
        .run(
            "create type mood as enum ('sad', 'glad');"
            "create table users (id bigint, name text, email character varying(100), state mood, age integer,"
            "  price numeric(10,2), born date, seen timestamptz, tags text[],"
            "  constraint c check (age > 0));"
            "create table orders (id bigint, user_id bigint, total numeric);"
            "create view v as select id from users;",
            "setup.sql", findings);
    REQUIRE(findings.empty());
  }
  /// As a text of that role in the object with that name.
  Text of(Role role, std::string_view name, std::string_view text) {
    for (const Object* object : std::as_const(schema).objects())
      if (object->id->name == name)
        for (const FieldBase* field : object->id->kind->fields)
          if (field->role == role) return normal(*field, text, *object, schema);
    FAIL("no field of that role");
    return {};
  }
  Text expression(std::string_view text) { return of(Role::expression, "c", text); }
  Text query(std::string_view text) { return of(Role::query, "v", text); }
};
struct Pair {
  const char *server, *person;
};
}  // namespace

TEST_CASE("an expression has one normal form, however it is written") {
  const Pair pairs[] = {
      {"(age > 0)", "age > 0"},
      {"(name = '101'::\"bit\")", "name = B'101'"},
      {"((name)::text = 'a'::text)", "name = 'a'"},
      {"((email)::text = 'a'::text)", "email = 'a'"},
      {"((email)::text ~~ '%@%'::text)", "email like '%@%'"},
      {"(name !~~* 'x%'::text)", "name not ilike 'x%'"},
      {"((state)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
       "(state)::text in ('a', 'b')"},
      {"((email)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
       "email in ('a', 'b')"},
      {"(state = ANY (ARRAY['sad'::public.mood, 'glad'::public.mood]))", "state in ('sad', 'glad')"},
      {"(name <> ALL (ARRAY['a'::text, 'b'::text]))", "name not in ('a', 'b')"},
      {"(name = 'a'::text)", "name in ('a')"},
      {"((age >= 1) AND (age <= 10))", "age between 1 and 10"},
      {"((age < 1) OR (age > 10))", "age not between 1 and 10"},
      {"(((age > 1) AND (age < 9)) AND (id <> 5))", "age > 1 and age < 9 and id != 5"},
      {"(price > (0)::numeric)", "price > 0"},
      {"((price > 0.5) OR ((age)::numeric > 0.5))", "price > 0.5 or age > 0.5"},
      {"((age)::numeric > 0.5)", "users.age > 0.5"},
      {"'-1'::integer", "-1"},
      {"'0'::bigint", "0"},
      {"(born < (seen)::date)", "born < seen::date"},
      {"lower((email)::text)", "lower(email)"},
      {"COALESCE(name, ''::text)", "coalesce(name, '')"},
      {"date_part('year'::text, seen)", "extract(year from seen)"},
      {"timezone('utc'::text, seen)", "seen at time zone 'utc'"},
      {"(seen > (now() - '1 day'::interval))", "seen > now() - interval '1 day'"},
      {"CASE\n    WHEN (age > 1) THEN 'a'::text\n    ELSE NULL::text\nEND", "case when age > 1 then 'a' end"},
      {"(NOT (name IS NULL))", "not name is null"},
      {"true", "'t'::bool"},
      {"'{}'::text[]", "'{}'"},
      {"(id = ((age + 1))::bigint)", "id = (age + 1)::int8"},
      {"\"substring\"(name, 1, 2)", "substring(name from 1 for 2)"},
      {"btrim(name)", "trim(name)"},
      {"(price)::numeric(10,2)", "cast(price as decimal(10, 2))"},
  };
  Fixture fixture;
  for (const Pair& pair : pairs) CHECK(fixture.expression(pair.server) == fixture.expression(pair.person));
}

TEST_CASE("a partition's bound has one normal form, whether or not its numbers stand in quotes") {
  Fixture fixture;
  const auto bound = [&](std::string_view text) { return fixture.of(Role::bound, "users", text); };
  CHECK(bound("from ('10', 'a') to (maxvalue, '-5')") == bound("from (10, 'a') to (maxvalue, -5)"));
  CHECK(bound("in ('007')") != bound("in (7)"));
  CHECK(bound("in ('1 2')") != bound("in (1 2)"));
}

TEST_CASE("what means something else keeps another normal form") {
  const Pair pairs[] = {
      {"age > 0", "age >= 0"},
      {"now()", "CURRENT_TIMESTAMP"},
      {"(state)::text = 'sad'", "state = 'sad'"},
      {"age / 2", "age::numeric / 2"},
      {"name = 'A'", "name = 'a'"},
      {"f('a'::json)", "f('a'::jsonb)"},
      {"(a and b) or c", "a and (b or c)"},
      {"email::varchar(5) = 'a'", "email = 'a'"},
  };
  Fixture fixture;
  for (const Pair& pair : pairs) CHECK(fixture.expression(pair.server) != fixture.expression(pair.person));
}

TEST_CASE("a query has one normal form, however it is written") {
  const Pair pairs[] = {
      {" SELECT users.id,\n    users.name\n   FROM public.users;", "select id, name from public.users"},
      {"SELECT u.id FROM public.users u", "select id from public.users u"},
      {"SELECT count(*) AS count FROM public.users", "select count(*) from public.users"},
      {"SELECT 'x'::text AS \"?column?\" FROM public.users", "select 'x' from public.users"},
      {"SELECT users.id AS user_id FROM public.users", "select id as user_id from public.users"},
      {"SELECT u.id, o.total FROM (public.users u JOIN public.orders o ON ((o.user_id = u.id)))",
       "select u.id, total from public.users u inner join public.orders o on user_id = u.id"},
      {"SELECT id, user_id, total FROM public.orders", "select * from public.orders"},
      {"SELECT o.id, o.user_id, o.total FROM (public.users u JOIN public.orders o USING (id))",
       "select o.* from public.users u join public.orders o using (id)"},
      {"SELECT users.name, count(*) AS count FROM public.users GROUP BY users.name ORDER BY (count(*)) DESC",
       "select name, count(*) from public.users group by 1 order by 2 desc nulls first"},
      {"SELECT lower(users.name) AS low FROM public.users ORDER BY (lower(users.name))",
       "select lower(name) as low from public.users order by low asc"},
      {"SELECT o.id FROM public.orders o WHERE (EXISTS ( SELECT 1 FROM public.users u WHERE (u.id = o.user_id)))",
       "select o.id from public.orders o where exists (select 1 from public.users u where u.id = user_id)"},
      {"WITH x AS ( SELECT users.id FROM public.users ) SELECT x.id FROM x",
       "with x as (select id from public.users) select id from x"},
  };
  Fixture fixture;
  for (const Pair& pair : pairs) CHECK(fixture.query(pair.server) == fixture.query(pair.person));
}

TEST_CASE("a call in FROM has the columns that the server writes out") {
  const Pair pairs[] = {
      {"SELECT g.g FROM generate_series(1, 2) g(g)", "select * from generate_series(1, 2) g"},
      {"SELECT u.id, e.v, e.n FROM public.users u, LATERAL jsonb_array_elements('[]'::jsonb) WITH ORDINALITY e(v, n)",
       "select u.id, e.* from public.users u, jsonb_array_elements('[]'::jsonb) with ordinality as e(v, n)"},
      {"SELECT jsonb_each.key, jsonb_each.value FROM jsonb_each('{}'::jsonb) jsonb_each(key, value)",
       "select * from jsonb_each('{}'::jsonb)"},
      {"SELECT q.a, q.b FROM ROWS FROM(generate_series(1, 3), unnest(ARRAY[1, 2])) q(a, b)",
       "select * from rows from (generate_series(1, 3), unnest(array[1, 2])) as q(a, b)"},
      {"SELECT f.a, f.b FROM jsonb_to_record('{}'::jsonb) f(a integer, b text)",
       "select * from jsonb_to_record('{}'::jsonb) as f(a int, b text)"},
      {"SELECT \"xmltable\".id, \"xmltable\".n FROM public.users, LATERAL XMLTABLE(('/a'::text) PASSING (users.name) "
       "COLUMNS id integer PATH ('@id'::text), n text)",
       "select xmltable.* from public.users, xmltable('/a' passing name columns id int path '@id', n text)"},
  };
  Fixture fixture;
  for (const Pair& pair : pairs) CHECK(fixture.query(pair.server) == fixture.query(pair.person));
  CHECK(fixture.query("select q.a from rows from (generate_series(1, 3)) q(a)") !=
        fixture.query("select q.b from rows from (generate_series(1, 3)) q(b)"));
}

TEST_CASE("text that does not parse stays as it is") {
  Fixture fixture;
  CHECK(fixture.expression("age >") == "age >");
}

TEST_CASE("a text is one fragment, and does not leave its parentheses") {
  const std::pair<Role, const char*> refused[] = {
      {Role::query, "\f"},
      {Role::query, "-- nothing"},
      {Role::query, "select 1; drop table t"},
      {Role::key, "a) where (b"},
      {Role::key, "a) include (b"},
      {Role::key, "a, b"},
      {Role::key, "a); drop table t; --"},
      {Role::key, "a with =) where (b"},
      {Role::key, ""},
      {Role::member, "a integer, b integer"},
      {Role::member, "a integer); drop table t; --"},
      {Role::member, ""},
      {Role::argument, "a integer, b integer"},
      {Role::argument, "a integer) transform for type numeric(10"},
      {Role::argument, "a integer) language sql as ''; --"},
      {Role::argument, ""},
  };
  for (const auto& [role, text] : refused) {
    INFO(text);
    try {
      parse_fragment(role, text);
      FAIL_CHECK("read all the same");
    } catch (const Error& error) { CHECK(error.code == Code::input); }
  }
  CHECK(print_fragment(Role::key, parse_fragment(Role::key, "a desc -- last")) == "a DESC");
  CHECK(print_fragment(Role::member, parse_fragment(Role::member, "a integer")) == "a integer");
}

TEST_CASE("a type has one spelling, with the scale that the server adds") {
  const auto printed = [](std::string_view type) { return ast::print_type(ast::Tree::parse_type(type).root()); };
  CHECK(printed("numeric(20)") == "numeric(20,0)");
  CHECK(printed("decimal(20, 0)") == "numeric(20,0)");
  CHECK(printed("numeric(20)[]") == "numeric(20,0)[]");
  CHECK(printed("numeric") == "numeric");
}

TEST_CASE("a star that quoin could not expand may be whatever columns the server names, and nothing else") {
  const auto alike = [](std::string_view read, std::string_view written) {
    return may_be_made_of(Role::query, read, written);
  };
  CHECK(alike("SELECT v.a, v.b FROM v", "SELECT * FROM v"));
  CHECK(alike("SELECT q.d, q.x FROM t, unnest(t.c) q(d, x)", "SELECT q.* FROM t, unnest(c) q"));
  CHECK(alike("SELECT 1, v.a, v.b, t.x, 2 FROM v, t", "SELECT 1, v.*, x, 2 FROM v, t"));
  CHECK_FALSE(alike("SELECT v.a, t.b FROM v, t", "SELECT v.* FROM v, t"));
  CHECK_FALSE(alike("SELECT v.a, v.b FROM v", "SELECT a FROM v"));
  CHECK_FALSE(alike("SELECT a + 1 FROM v", "SELECT * FROM v"));
}

TEST_CASE("what a server may have made of a text is told from what it cannot") {
  const auto alike = [](std::string_view read, std::string_view written) {
    return may_be_made_of(Role::expression, read, written);
  };
  CHECK(alike("f((a)::bigint) > (1)::numeric", "f(a) > 1"));
  CHECK(alike("(x -> 'k')::numeric = (n)::numeric", "((x -> 'k')::jsonb)::numeric = n"));
  CHECK(alike("f() = a", "f()::inet = a"));
  CHECK(alike("'''b'' ''a'''::tsvector", "'a b'"));
  CHECK_FALSE(alike("'''b'' ''a'''::tsvector", "'a c'"));
  CHECK_FALSE(alike("'2024-01-31'::date", "'2024-01-30'"));
  CHECK_FALSE(alike("f(a) > 1", "f(a) > 2"));
  CHECK_FALSE(alike("f(a) > 1", "f(b) > 1"));
  CHECK_FALSE(alike("f(a) > 1", "g(a) > 1"));
  CHECK_FALSE(alike("a > 1", "a::integer > 1"));
  CHECK_FALSE(alike("a OPERATOR(app.=) 1", "a = 1"));
  const auto query = [](std::string_view read, std::string_view written) {
    return may_be_made_of(Role::query, read, written);
  };
  CHECK(query("SELECT c.oid::regclass::text AS t FROM pg_class c", "SELECT oid::regclass::text AS t FROM pg_class c"));
  CHECK(query("SELECT a.x FROM (SELECT a_1.x FROM t a_1) a", "SELECT a.x FROM (SELECT a.x FROM t a) a"));
  CHECK(query("SELECT f.x FROM app.f() f(x)", "SELECT f.x FROM app.f()"));
  CHECK_FALSE(query("SELECT g.x FROM app.g() g(x)", "SELECT g.x FROM app.f()"));
  CHECK_FALSE(query("SELECT a.x FROM t a, t b", "SELECT b.x FROM t a, t b"));
  CHECK_FALSE(query("SELECT x FROM t", "SELECT x FROM t WHERE x > 1"));
  CHECK_FALSE(query("SELECT x FROM t ORDER BY x DESC", "SELECT x FROM t ORDER BY x"));
}

TEST_CASE("a cast's function is found where its name and types say, and compared however its name is quoted") {
  Ids ids;
  Schema schema = empty_database(ids);
  Findings findings;
  Replay(schema, {"public"})
      .run(
          "create schema app; create domain app.shade as integer;"
          "create function app.\"json\"(app.shade) returns json language sql as 'select null::json';"
          "set search_path = app; create cast (shade as json) with function \"json\"(shade);",
          "setup.sql", findings);
  CHECK(findings.empty());
  const Object* cast = nullptr;
  for (const Object* object : std::as_const(schema).objects())
    if (object->id->kind->name == "cast") cast = object;
  REQUIRE(cast);
  const FieldBase& function = *cast->id->kind->fields.find("function");
  const Text written = std::get<Text>(cast->value(function));
  CHECK(normal(function, written, *cast, schema) == normal(function, "app.json", *cast, schema));
  CHECK(normal(function, "app.\"json\"", *cast, schema) == normal(function, "app.json", *cast, schema));
}
