// Plans between real databases, proven on a throw-away server; and plans broken on purpose, which the proof refuses.
#include "core/postgres/shadow.h"
#include "diff/proof.h"
#include "parser/yaml/yaml.h"
#include "project/migration_file.h"
#include "runner/execute.h"
#include "snapshot/catalog/read.h"
#include "snapshot/documents/documents.h"
#include "tests/catch.h"
#include "tests/server_here.h"

using namespace quoin;

namespace {
struct Case {
  const char *what, *old_sql, *new_sql;
};

struct Bench {
  Ids ids;
  Schema from, to;
  Plan up, down;

  explicit Bench(const Case& given) : from(load(given.old_sql)), to(load(given.new_sql)) {
    up = plan(from, to);
    down = plan(to, from);
  }
  Schema load(const char* sql) {
    const Shadow::Database scratch = server().create_database();
    postgres::Connection connection = scratch.connect();
    connection.execute(sql);
    return read_database(connection, ids, {});
  }
  Proof proof() {
    const Shadow::Database scratch = server().create_database();
    postgres::Connection connection = scratch.connect();
    const ProofDatabase database{.run = [&](const Text& sql) { connection.execute(sql); },
                                 .read = [&] { return read_database(connection, ids, {}); },
                                 .migrate =
                                     [&](Direction direction) {
                                       const Migration file = write_migration(up.steps, down.steps).read;
                                       const Section& section = direction == Direction::up ? file.up : *file.down;
                                       runner::run_section(connection, section, runner::wrapping_of(section));
                                     },
                                 .is_environment = [](const Error&) { return false; }};
    return prove(database, {from, to});
  }
};

const Case cases[] = {
    {"tables that refer to each other", "",
     "create table a (id int primary key, b int); create table b (id int primary key, a int references a);"
     "alter table a add foreign key (b) references b;"},
    {"a column widened under views, a default and an index",
     "create table t (id int primary key, n int default 1, m int); create index on t (n);"
     "create view v as select n + 1 as k from t; create view w as select k from v; comment on view w is 'kept';"
     "create view bystander as select m from t;",
     "create table t (id int primary key, n bigint default 1, m int); create index on t (n);"
     "create view v as select n + 1 as k from t; create view w as select k from v; comment on view w is 'kept';"
     "create view bystander as select m from t;"},
    {"enum labels added, one of them used at once",
     "create type mood as enum ('sad', 'fine'); create table t (m mood);",
     "create type mood as enum ('sad', 'so so', 'fine', 'great'); create table t (m mood default 'great');"},
    {"enum labels taken away under a column, its default, an array and a view",
     "create type mood as enum ('sad', 'fine', 'great'); create table t (id int, m mood default 'fine', all_of mood[]);"
     "create view v as select m from t where m <> 'sad';",
     "create type mood as enum ('fine', 'sad'); create table t (id int, m mood default 'fine', all_of mood[]);"
     "create view v as select m from t where m <> 'sad';"},
    {"a default by a function, a check by another", "create table t (id int);",
     "create function f() returns int language sql as 'select 1';"
     "create function ok(int) returns bool language sql immutable as 'select $1 > 0';"
     "create table t (id int default f(), constraint fine check (ok(id)));"},
    {"a function with other arguments under a view and a trigger's function replaced",
     "create function f(int) returns int language sql immutable as 'select 1'; create table t (id int);"
     "create view v as select f(id) as x from t;"
     "create function touch() returns trigger language plpgsql as 'begin return new; end';"
     "create trigger touched before update on t for each row execute function touch();",
     "create function f(bigint) returns int language sql immutable as 'select 1'; create table t (id int);"
     "create view v as select f(id) as x from t;"
     "create function touch() returns trigger language plpgsql as 'begin new.id := 1; return new; end';"
     "create trigger touched before update on t for each row execute function touch();"},
    {"serial, identity and a sequence of one's own",
     "create table t (id serial primary key, k int not null); create sequence s increment 2;",
     "create table t (id int primary key, k int generated always as identity); create sequence s increment 3 cycle;"},
    {"a materialized view with an index, replaced with its comment",
     "create table t (id int, n int); create materialized view m as select id from t; create unique index on m (id);"
     "comment on materialized view m is 'cached';",
     "create table t (id int, n int); create materialized view m as select id, n from t; create unique index on m (id);"
     "comment on materialized view m is 'cached';"},
    {"a table becomes a view and a view a table", "create table a (id int); create view b as select 1 as id;",
     "create table b (id int); create view a as select id from b;"},
    {"keys replaced under a foreign key",
     "create table a (id int, k int, constraint a_key unique (id)); create table b (a int references a (id));",
     "create table a (id int primary key, k int); create table b (a int references a (id));"},
    {"a domain with another check, used by a column", "create domain d as int check (value > 0); create table t (x d);",
     "create domain d as bigint check (value > 1) check (value < 10); create table t (x d);"},
    {"all dropped",
     "create schema s; create table s.a (id serial primary key, p int references s.a);"
     "create table s.b (a int references s.a); create view s.v as select a.id from s.a, s.b;"
     "create type s.c as (x int); comment on table s.a is 'x'; create function s.g(s.c) returns s.a language sql as "
     "'select null::s.a';",
     ""},
};
}  // namespace

TEST_CASE("plans between real databases are proven, both ways", "[proof][live]") {
  if (no_server_here()) return;
  for (const Case& given : cases) {
    INFO(given.what);
    Bench bench(given);
    CHECK(bench.up.errors == List());
    CHECK(bench.down.errors == List());
    CHECK_FALSE(bench.up.steps.empty());
    INFO(emit(bench.up.steps) << "----\n" << emit(bench.down.steps));
    const Proof proof = bench.proof();
    INFO(proof.why);
    CHECK(proof.outcome == Outcome::proven);
  }
}

TEST_CASE("an unrelated view stays where it is when a column is retyped", "[proof][live]") {
  if (no_server_here()) return;
  const Bench bench(cases[1]);
  CHECK(emit(bench.up.steps).find("bystander") == Text::npos);
}

TEST_CASE("the proof refuses a plan that lacks any one of its steps", "[proof][live]") {
  if (no_server_here()) return;
  Bench bench(
      {"", "create table t (id int, n int); create view v as select n from t; create view w as select n from v;",
       "create table t (id int, n bigint); create view v as select n from t; create view w as select n from v;"});
  const Steps up = bench.up.steps, down = bench.down.steps;
  REQUIRE(up.size() > 3);
  for (std::size_t i = 0; i < up.size(); ++i) {
    bench.up.steps = up;
    bench.up.steps.erase(bench.up.steps.begin() + static_cast<std::ptrdiff_t>(i));
    INFO("without " << statements(up)[i]);
    const Proof proof = bench.proof();
    CHECK(proof.outcome == Outcome::disproven);
    CHECK_FALSE(proof.why.empty());
  }
  bench.up.steps = up;
  bench.down.steps.pop_back();
  CHECK(bench.proof().outcome == Outcome::disproven);
}

TEST_CASE("the proof names the statement that failed, and the difference that is left", "[proof][live]") {
  if (no_server_here()) return;
  Bench bench({"", "create table t (id int);", "create table t (id int, n int); create view v as select n from t;"});
  const Steps up = bench.up.steps;
  std::ranges::reverse(bench.up.steps);
  Proof proof = bench.proof();
  CHECK(proof.outcome == Outcome::disproven);
  CHECK(proof.why.find("CREATE VIEW public.v") != Text::npos);
  bench.up.steps = up;
  bench.up.steps.pop_back();
  proof = bench.proof();
  CHECK(proof.outcome == Outcome::disproven);
  CHECK(proof.why.find("view public.v is missing") != Text::npos);
}

TEST_CASE("a column that gets a numbering goes on after the rows that it has", "[proof][live]") {
  if (no_server_here()) return;
  const char* plain = "create table t (id int not null);";
  const char* identity = "create table t (id int generated by default as identity);";
  for (const Case& given : {Case{"identity", plain, identity}, Case{"serial", plain, "create table t (id serial);"},
                            Case{"serial from identity", identity, "create table t (id serial);"}}) {
    INFO(given.what);
    Bench bench(given);
    const Shadow::Database scratch = server().create_database();
    postgres::Connection connection = scratch.connect();
    connection.execute(concat(given.old_sql, "insert into t values (1), (41)"));
    connection.execute(emit(bench.up.steps));
    CHECK(connection.execute("insert into t default values returning id").text(0, 0) == "42");
  }
}

TEST_CASE("a sequence that has been used keeps its place when its bounds move", "[proof][live]") {
  if (no_server_here()) return;
  Bench bench(
      {"", "create sequence s minvalue 1 maxvalue 100;", "create sequence s minvalue 10 maxvalue 50 start 10;"});
  for (const auto& [before, after] : {std::pair{"select setval('s', 20)", "21"}, std::pair{"select 1", "10"}}) {
    const Shadow::Database scratch = server().create_database();
    postgres::Connection connection = scratch.connect();
    connection.execute(concat("create sequence s minvalue 1 maxvalue 100;", before));
    connection.execute(emit(bench.up.steps));
    CHECK(connection.execute("select nextval('s')").text(0, 0) == after);
  }
}

namespace {
/// Whether a new database that is made as quoin writes this one has each NOT NULL as it has it.
void check_not_nulls(const char* sql) {
  const Shadow::Database as_it_is = server().create_database();
  postgres::Connection one = as_it_is.connect();
  one.execute(sql);
  Ids ids;
  const Schema wanted = read_database(one, ids, {});
  Findings findings;
  const YamlText file{"s.yaml", write_yaml(wanted)};
  const Schema written = read_yaml({&file, 1}, ids, {"public"}, findings);
  CHECK(findings.empty());
  const auto rows = [](postgres::Connection& connection) {
    return Text(
        connection
            .execute("select string_agg(concat_ws(' ', conrelid::regclass::text, conname, convalidated, "
                     "conislocal, obj_description(oid, 'pg_constraint')), ', ' order by conrelid::regclass::text, "
                     "conname) from pg_constraint where contype in ('n', 'p')")
            .text(0, 0));
  };
  for (const Schema* form : {&wanted, &written}) {
    const Shadow::Database made = server().create_database();
    postgres::Connection other = made.connect();
    const Plan making = plan(read_database(other, ids, {}), *form);
    REQUIRE(making.errors == List());
    other.execute(emit(making.steps));
    CHECK(rows(other) == rows(one));
    CHECK(plan(read_database(other, ids, {}), wanted).steps.empty());
  }
}
}  // namespace

TEST_CASE("a NOT NULL of a partition or an heir is called, valid and said of as it was", "[proof][live]") {
  if (no_server_here()) return;
  if (server().create_database().connect().server_version() < 180000) {
    WARN("skipped: a NOT NULL has a name from PostgreSQL 18 on");
    return;
  }
  check_not_nulls(
      "create table pk (a int primary key, b int) partition by range (a); alter table pk add not null b not valid;"
      "create table part (a int not null, b int) partition by range (a); alter table part add not null b not valid;"
      "create table below (a int not null, b int not null); create table like_its_parent partition of part for values "
      "from (0) to (4); alter table part attach partition below for values from (5) to (9); create index on pk (b);"
      "alter table pk attach partition part for values from (0) to (9);");
  check_not_nulls(
      "create table p2 (a int); alter table p2 add constraint p2_nn not null a not valid; create table c2 () inherits "
      "(p2); create table p3 (a int not null); create table c3 () inherits (p2, p3); comment on constraint p2_nn on c2 "
      "is 'valid'; create table t4 (a int primary key); create table t4_other (constraint t4_other_a_not_null not null "
      "a, primary key (a)) inherits (t4); create table t4_more (primary key (a), constraint a_nn not null a) inherits "
      "(t4);");
}
