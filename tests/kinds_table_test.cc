// Tables, columns, constraints and indexes: names as the server chooses them, statements, what a change costs.
#include "core/base/text.h"
#include "core/model/reading.h"
#include "diff/diff.h"
#include "kinds/column/column.h"
#include "kinds/list.h"
#include "parser/replay/replay.h"
#include "tests/catch.h"

using namespace quoin;

namespace {
Schema read(Ids& ids, std::string_view sql) {
  Schema schema = empty_database(ids);
  Findings findings;
  Replay replay(schema, {"public"});
  for (const Effects& effects : replay.run(sql, "test.sql", findings)) {
    CHECK(effects.missing.empty());
    CHECK(effects.duplicates.empty());
    CHECK(effects.unknown.empty());
  }
  REQUIRE(findings.empty());
  return schema;
}

// The statements that lead from one text to another.
Text difference(std::string_view from, std::string_view to) {
  Ids ids;
  const Schema before = read(ids, from), after = read(ids, to);
  const Plan steps = plan(before, after);
  CHECK(steps.errors.empty());
  return emit(steps.steps);
}

// Names of all objects of a kind below public's tables.
Text names(const Schema& schema, const Kind& kind) {
  List all;
  for (const Object* object : schema.objects())
    if (object->id->kind == &kind) all.push_back(object->id->name);
  return join(all, " ");
}

const Object& object(const Schema& schema, std::string_view wanted) {
  for (const Object* one : schema.objects())
    if (path(one->id) == wanted) return *one;
  FAIL("there is no " << wanted);
  throw Error(Code::internal, "unreachable");
}

// Without its schema: "a" of a table, "a.x" of a column.
Text name_of(Id id) { return id->kind == &column_kind ? concat(id->parent->name, ".", id->name) : id->name; }

Text cast(std::string_view from, std::string_view to) { return cast_between(from, to, to); }

Text rules(std::string_view from, std::string_view to) {
  List all;
  for (const Hazard& hazard : retyping_hazards("column public.t.c", from, to)) all.emplace_back(hazard.rule);
  return join(all, " ");
}
}  // namespace

TEST_CASE("objects stay in order whatever is added and removed") {
  Ids ids;
  Schema schema = read(ids, "create table b (z int, a int); create table c (y int);");
  const auto order = [&] {
    List all;
    for (const Object* one : schema.objects())
      if (one->id->kind == &table_kind || one->id->kind == &column_kind) all.push_back(name_of(one->id));
    return join(all, " ");
  };
  CHECK(order() == "b c b.z b.a c.y");
  const Id space = ids.of(schema_kind, Id(), "public"), a = ids.of(table_kind, space, "a");
  schema.add(a);
  CHECK(order() == "a b c b.z b.a c.y");
  schema.add(ids.of(column_kind, a, "x"));
  schema.remove(ids.of(column_kind, ids.of(table_kind, space, "b"), "z"));
  CHECK(order() == "a b c a.x b.a c.y");
  schema.add(ids.of(column_kind, ids.of(table_kind, space, "b"), "z"));
  CHECK(order() == "a b c a.x b.a b.z c.y");
}

// What PostgreSQL 15 and 18 called them.
TEST_CASE("constraints and indexes get the names that the server gives") {
  Ids ids;
  const Schema schema = read(ids, R"(
create table t (
  id serial primary key,
  a int check (a > 0) check (a < 9) unique,
  b int references t (id) references t (a),
  c int generated always as identity,
  check (a > 1), check (a + b > 1), check (1 > 0),
  unique (a, b), unique (b) include (c), foreign key (a, b) references t (a, b),
  exclude using btree (a with =, (b + 1) with =));
create index on t (lower(a::text), b desc);
create index on t ((a + 1), (b + 1));
create index on t (b) include (c, a);
create index on t (b);
create index on t ((a::text));
create index on t (coalesce(a, b), (case when a > 0 then b else 2 end));
create sequence s_x_seq;
create table s (x serial);)");
  CHECK(names(schema, check_kind) == "t_a_check t_a_check1 t_a_check2 t_check t_check1");
  CHECK(names(schema, unique_kind) == "t_a_b_key t_a_key t_b_c_key");
  CHECK(names(schema, foreign_key_kind) == "t_a_b_fkey t_b_fkey t_b_fkey1");
  CHECK(names(schema, exclusion_kind) == "t_a_expr_excl");
  CHECK(names(schema, primary_key_kind) == "t_pkey");
  CHECK(names(schema, index_kind) == "t_a_idx t_b_c_a_idx t_b_idx t_coalesce_case_idx t_expr_expr1_idx t_lower_b_idx");
  CHECK(names(schema, sequence_kind) == "s_x_seq s_x_seq1 t_id_seq");
}

TEST_CASE("long names are cut where the server cuts them") {
  const Text table = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffff", column(49, 'g');
  CHECK(object_name(table, column, "check") == "aaaaaaaaaabbbbbbbbbbcccccccc_gggggggggggggggggggggggggggg_check");
  CHECK(object_name(table, column, "idx") == "aaaaaaaaaabbbbbbbbbbccccccccc_ggggggggggggggggggggggggggggg_idx");
  CHECK(object_name(table, "ééééééééééééééééééééééééééé", "key") == "aaaaaaaaaabbbbbbbbbbccccccccc_éééééééééééééé_key");
  CHECK(object_name(table, {}, "pkey") == table + "_pkey");
  CHECK(object_name("t", "a", "seq") == "t_a_seq");
}

TEST_CASE("a table is made in one statement, with what may stand in it") {
  CHECK(difference("", R"(create table users (
      id bigint generated always as identity primary key, name text collate "C" not null default 'x',
      twice int generated always as (1 + 1) stored, constraint named check (name <> '') no inherit)
      with (fillfactor = 70);)") == R"(CREATE TABLE public.users (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    name text COLLATE pg_catalog."C" DEFAULT 'x' NOT NULL,
    twice integer GENERATED ALWAYS AS (1 + 1) STORED,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT named CHECK (name <> '') NO INHERIT
) WITH (fillfactor=70);
)");
}

TEST_CASE("tables that refer to each other are made before their foreign keys") {
  const Text sql = difference("", R"(create table a (id int primary key, b_id int); create table b (id int primary key,
      a_id int references a on delete cascade); alter table a add foreign key (b_id) references b;)");
  CHECK(sql.find("ALTER TABLE public.a ADD CONSTRAINT a_b_id_fkey FOREIGN KEY (b_id) REFERENCES public.b (id)") >
        sql.find("CREATE TABLE public.b"));
  CHECK(sql.find("a_id_fkey FOREIGN KEY (a_id) REFERENCES public.a (id) ON DELETE CASCADE") != Text::npos);
}

TEST_CASE("a column that changes its type takes its default and what looks at it along") {
  const Text before =
      "create table t (a text default '1', b int); create index lowered on t (lower(a));"
      "create index plain on t (b);";
  const Text sql = difference(before,
                              "create table t (a integer default 1, b bigint); create index lowered on t ((a + 1));"
                              "create index plain on t (b);");
  const auto at = [&](std::string_view words) {
    const auto found = sql.find(words);
    INFO(words << " in\n" << sql);
    REQUIRE(found != Text::npos);
    return found;
  };
  CHECK(at("DROP INDEX public.lowered") < at("ALTER COLUMN a TYPE integer USING a::integer"));
  CHECK(at("ALTER COLUMN a DROP DEFAULT") < at("ALTER COLUMN a TYPE"));
  CHECK(at("ALTER COLUMN a TYPE") < at("ALTER COLUMN a SET DEFAULT 1"));
  CHECK(at("ALTER COLUMN a TYPE") < at("CREATE INDEX lowered ON public.t"));
  CHECK(at("ALTER COLUMN b TYPE bigint;") != Text::npos);
  CHECK(sql.find("plain") == Text::npos);  // the server rebuilds it
}

TEST_CASE("a type's rewrite is followed by the columns that have it") {
  const Text sql = difference("create type m as enum ('a', 'b'); create table t (x m default 'a', y m[]);",
                              "create type m as enum ('b', 'c'); create table t (x m default 'b', y m[]);");
  INFO(sql);
  CHECK(sql.find("ALTER COLUMN x TYPE public.m USING x::text::public.m") != Text::npos);
  CHECK(sql.find("ALTER COLUMN y TYPE public.m[] USING y::text[]::public.m[]") < sql.find("DROP TYPE"));
}

TEST_CASE("casts are written where the server would not find the way by itself") {
  CHECK(cast("integer", "bigint").empty());
  CHECK(cast("text", "character varying(5)").empty());  // an explicit cast would cut in silence
  CHECK(cast("public.mood", "text").empty());
  CHECK(cast("text", "integer") == "::integer");
  CHECK(cast("boolean", "integer") == "::integer");
  CHECK(cast("int4range", "int8range") == "::text::int8range");
  CHECK(cast("int4range", "int4multirange") == "::int4multirange");
  CHECK(cast("int4range[]", "int8range[]") == "::text[]::int8range[]");
  CHECK(cast("jsonb", "text[]") == "::text::text[]");
  CHECK(cast("jsonb", "integer") == "::integer");
  CHECK(cast("json", "integer") == "::text::integer");
  CHECK(cast("text[]", "integer") == "::text::integer");
  CHECK(cast("polygon", "point") == "::point");
  CHECK(cast("point", "polygon") == "::text::polygon");
  CHECK(cast("regclass", "oid").empty());
  CHECK(cast("integer", "\"char\"") == "::\"char\"");  // by way of text 65 would be 6 instead of A
  CHECK(cast("\"char\"", "integer") == "::integer");
  CHECK(cast("text", "public.mood") == "::public.mood");
  CHECK(cast("public.mood", "public.other") == "::text::public.other");
  CHECK(cast("public.mood[]", "public.other[]") == "::text[]::public.other[]");
}

TEST_CASE("hazards of a new type") {
  CHECK(rules("character varying(10)", "character varying(20)").empty());
  CHECK(rules("character varying(10)", "text").empty());
  CHECK(rules("numeric(10,2)", "numeric(12,2)").empty());
  CHECK(rules("integer", "bigint") == "rewrite");
  CHECK(rules("bigint", "integer") == "may-fail rewrite");
  CHECK(rules("text", "character varying(20)") == "may-fail data-loss rewrite");
  CHECK(rules("numeric(10,4)", "numeric(10,2)") == "data-loss rewrite");
  CHECK(rules("double precision", "integer") == "may-fail data-loss rewrite");
  CHECK(rules("timestamp without time zone", "date") == "data-loss rewrite");
  CHECK(rules("timestamp without time zone", "timestamp(0) with time zone") == "data-loss settings rewrite");
  CHECK(rules("bit(5)", "bit(3)") == "may-fail rewrite");
  CHECK(rules("bit(3)", "bit(5)") == "may-fail rewrite");  // not padded either
  CHECK(rules("bit varying(5)", "bit varying(3)") == "may-fail rewrite");
  CHECK(rules("bit varying(3)", "bit varying(5)").empty());
  CHECK(rules("text", "character(9)") == "may-fail data-loss rewrite");
  CHECK(rules("jsonb", "json") == "rewrite");
  CHECK(rules("int4range", "int8range") == "rewrite");
  CHECK(rules("int8range", "int4range") == "may-fail data-loss rewrite");
  CHECK(rules("regclass", "oid").empty());
  CHECK(rules("oid", "regtype").empty());
  CHECK(rules("json", "jsonb") == "data-loss rewrite");
  CHECK(rules("polygon", "circle") == "may-fail data-loss rewrite");
  CHECK(rules("character varying(3)[]", "text[]") == "rewrite");  // arrays are always made anew
}

TEST_CASE("a setting of the session that decides what values become is a hazard") {
  CHECK(rules("timestamp without time zone", "timestamp with time zone") == "settings rewrite");
  CHECK(rules("timestamp with time zone", "timestamp without time zone") == "data-loss settings rewrite");
  CHECK(rules("time without time zone", "time with time zone") == "settings rewrite");
  CHECK(rules("time with time zone", "time without time zone") == "data-loss rewrite");
  CHECK(rules("tsrange", "tstzrange") == "may-fail data-loss settings rewrite");
  CHECK(rules("text", "date") == "may-fail data-loss settings rewrite");
  CHECK(rules("date", "text") == "settings rewrite");
  CHECK(rules("money", "numeric") == "settings rewrite");
  CHECK(rules("interval", "text") == "settings rewrite");
  CHECK(rules("bytea", "text") == "settings rewrite");
  CHECK(rules("integer", "text") == "rewrite");
}

TEST_CASE("what is not null, and what it risks") {
  const Text set = difference("create table t (a int);", "create table t (a int not null);");
  CHECK(set.find("WARNING(may-fail)") != Text::npos);
  CHECK(set.find("ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;") != Text::npos);
  const Text added = difference("create table t (a int);", "create table t (a int, b int not null);");
  CHECK(added.find("WARNING(may-fail)") != Text::npos);
  const Text filled = difference("create table t (a int);", "create table t (a int, b int not null default 0);");
  CHECK(filled == "ALTER TABLE public.t ADD COLUMN b integer DEFAULT 0 NOT NULL;\n");
  CHECK(difference("", "create table t (a int not null);").find("WARNING") == Text::npos);
}

TEST_CASE("constraints are validated in place, deferred in place, and replaced for the rest") {
  const Text tables = "create table r (id int primary key); create table t (a int); ";
  const auto with = [&](std::string_view constraint) {
    return tables + "alter table t add constraint n " + Text(constraint);
  };
  const Text plain = with("foreign key (a) references r");
  CHECK(difference(plain + " not valid", plain).find("ALTER TABLE public.t VALIDATE CONSTRAINT n;") != Text::npos);
  CHECK(difference(plain, plain + " deferrable") ==
        "ALTER TABLE public.t ALTER CONSTRAINT n DEFERRABLE INITIALLY IMMEDIATE;\n");
  CHECK(difference(plain + " deferrable initially deferred", plain) ==
        "ALTER TABLE public.t ALTER CONSTRAINT n NOT DEFERRABLE;\n");
  const Text cascading = difference(plain, plain + " on delete cascade");
  CHECK(cascading.find("DROP CONSTRAINT n;") < cascading.find("ON DELETE CASCADE"));
  CHECK(difference(with("check (a > 0) not valid"), with("check (a > 0)")).find("VALIDATE CONSTRAINT n") != Text::npos);
}

TEST_CASE("ALTER TABLE changes what CREATE TABLE said") {
  Ids ids;
  const Schema schema = read(ids, R"(
create table t (a int not null default 1, b text storage external, c int, constraint k unique (c));
alter table t alter a drop not null, alter a drop default, alter a type bigint, alter b set storage extended,
  alter b set not null, add d int generated by default as identity (start 5), drop constraint k, set (fillfactor = 50),
  enable row level security, replica identity full, add primary key (a);
alter table t alter d set generated always set increment 3;)");
  const auto value = [&](std::string_view wanted, std::string_view field) {
    const Object& one = object(schema, wanted);
    return one.value(*one.id->kind->fields.find(field));
  };
  CHECK(value("column public.t.a", "type") == Value("bigint"));
  CHECK(value("column public.t.b", "storage") == Value());
  CHECK(value("identity of column public.t.d", "start") == Value(std::int64_t{5}));
  CHECK(value("identity of column public.t.d", "increment") == Value(std::int64_t{3}));
  CHECK(value("identity of column public.t.d", "when") == Value());
  CHECK(value("table public.t", "with") == Value(List{"fillfactor=50"}));
  CHECK(value("table public.t", "row_security") == Value(true));
  CHECK(value("table public.t", "replica_identity") == Value("full"));
  CHECK(names(schema, unique_kind).empty());
  CHECK(names(schema, default_kind).empty());
  object(schema, "not null of column public.t.a");  // the primary key asks for it
  object(schema, "not null of column public.t.b");
}

TEST_CASE("LIKE copies columns, and of their parts what it is told to") {
  Ids ids;
  const Schema schema = read(ids, R"(
create table t (a int not null default 1 check (a > 0), b int generated always as (a + 1) stored);
create table plain (like t);
create table whole (like t including defaults including constraints including generated);)");
  CHECK(names(schema, check_kind) == "t_a_check t_a_check");
  CHECK(names(schema, default_kind) == " ");
  CHECK(object(schema, "column public.whole.b").has(*column_kind.fields.find("generated")));
  CHECK_FALSE(object(schema, "column public.plain.b").has(*column_kind.fields.find("generated")));
}

TEST_CASE("a unique index becomes a constraint") {
  Ids ids;
  const Schema schema = read(ids,
                             "create table t (a int, b int); create unique index i on t (a, b);"
                             "alter table t add constraint c unique using index i deferrable;");
  CHECK(names(schema, index_kind).empty());
  const Object& unique = object(schema, "unique public.t.c");
  CHECK(unique.value(*unique_kind.fields.find("columns")) == Value(List{"a", "b"}));
  CHECK(unique.value(*unique_kind.fields.find("deferrable")) == Value(true));
}

TEST_CASE("a column in one line, and back") {
  for (const char* line :
       {"bigint not null default 0", "text collate pg_catalog.\"C\"", "bigint generated always as identity",
        "integer generated by default as identity (start with 5 cache 10)",
        "integer generated always as (1 + 1) stored", "text default 'It''s'"}) {
    Ids ids;
    const Id table = ids.of(table_kind, ids.of(schema_kind, Id(), "public"), "t");
    const Schema schema = read(ids, "create table t (); " + column_statement(ids.of(column_kind, table, "c"), line));
    const Object& column = object(schema, "column public.t.c");
    CHECK(column_shorthand(column, schema.children(column.id)) == line);
  }
}

TEST_CASE("a view is replaced in place only where its columns stay of their types") {
  const Text table = "create table t (a int, b int, c bigint);";
  CHECK(difference(table + "create view v as select a from t", table + "create view v as select a from t where b > 1")
            .starts_with("CREATE OR REPLACE VIEW"));
  CHECK(difference(table + "create view v as select a from t", table + "create view v as select a, c from t")
            .starts_with("CREATE OR REPLACE VIEW"));
  CHECK(difference(table + "create view v as select a from t", table + "create view v as select c as a from t")
            .starts_with("DROP VIEW"));
  CHECK(difference(table + "create view v as select 1 as a", table + "create view v as select 'a' as a")
            .starts_with("DROP VIEW"));
}

TEST_CASE("a view that shows what its GROUP BY does not name needs the key") {
  const Text rest = ";create view v as select t.a, t.b, count(*) from t group by t.a";
  const Text before = "create table t (a int, b int, constraint k primary key (a))",
             after = "create table t (a int, b int, constraint k primary key (a) include (b))";
  const Text rebuilt = difference(before + rest, after + rest);
  CHECK(rebuilt.find("DROP VIEW public.v") < rebuilt.find("DROP CONSTRAINT k"));
  CHECK(rebuilt.find("CREATE VIEW public.v") != Text::npos);
  const Text only_key = ";create view v as select t.a, max(t.b) from t group by t.a";
  CHECK(difference(before + only_key, after + only_key).find("VIEW") == Text::npos);
}

TEST_CASE("what goes and comes again in the same shape is asked about") {
  const auto asked = [](std::string_view from, std::string_view to) {
    Ids ids;
    List notes;
    for (const Text& note : plan(read(ids, from), read(ids, to)).notes)
      if (note.starts_with("possibly renamed")) notes.push_back(note);
    return join(notes, "; ");
  };
  CHECK(asked("create table t (email text)", "create table t (e_mail text)") ==
        "possibly renamed: column public.t.email to e_mail; if so, add renamed_from: email");
  CHECK(asked("create table t (id int primary key, b text)", "create table u (id int primary key, b text)") ==
        "possibly renamed: table public.t to u; if so, add renamed_from: t");
  CHECK(asked("create table t (a int)", "create schema s; create table s.t (a int)") ==
        "possibly renamed: table public.t to s.t; if so, add renamed_from: public.t");
  CHECK(asked("create table t (a int)", "create schema s; create table s.t (a int); create table u (a int)").empty());
  CHECK(asked("create table t (a int, b int)", "create table t (c int, d int)").empty());
  CHECK(asked("create table t (a int)", "create table t (b text)").empty());
}

TEST_CASE("a sequence that begins or ends at 0 is not one of which nothing is said") {
  CHECK(difference("create sequence s; create sequence d increment -1;",
                   "create sequence s minvalue 0 start 0; create sequence d increment -1 maxvalue 0;") ==
        "ALTER SEQUENCE public.d MAXVALUE 0 START WITH 0;\n\nALTER SEQUENCE public.s MINVALUE 0 START WITH 0;\n");
  CHECK(difference("create table t (a int generated always as identity);",
                   "create table t (a int generated always as identity (minvalue -5 start 0));") ==
        "ALTER TABLE public.t ALTER COLUMN a SET MINVALUE -5 SET START WITH 0;\n");
}
