// The proof has rows: a migration that is right on empty tables may still swap values, lose them, or fail.
#include "project/trial.h"
#include "snapshot/catalog/read.h"
#include "tests/catch.h"
#include "tests/server_here.h"

using namespace quoin;

namespace {
struct Bench {
  Ids ids;
  Schema current, desired;
  Steps up, down;

  Bench(const Text& old_sql, const Text& new_sql) : current(load(old_sql)), desired(load(new_sql)) {
    up = plan(current, desired).steps;
    down = plan(desired, current).steps;
  }
  Schema load(const Text& sql) {
    const Shadow::Database scratch = server().create_database();
    postgres::Connection connection = scratch.connect();
    connection.execute(sql);
    return read_database(connection, ids, {});
  }
  Verdict verdict() {
    const MigrationFile file = write_migration(up, down);
    return try_file(server(), {file, up, down, current, desired}, Settings());
  }
  /// Puts another text in place of one that stands in a step.
  void alter(Steps& steps, const Text& text, const Text& other) {
    for (Step& step : steps)
      if (const std::size_t at = step.sql.find(text); at != Text::npos) {
        step.sql.replace(at, text.size(), other);
        return;
      }
    FAIL("no step says " << text);
  }
};

List texts(const std::vector<UnannouncedHazard>& unannounced) {
  List all;
  for (const UnannouncedHazard& found : unannounced) all.push_back(concat(found.hazard.rule, ": ", found.hazard.text));
  return all;
}

void check_proven(Bench& bench, const List& with_rows) {
  INFO(emit(bench.up) << "----\n" << emit(bench.down));
  const Verdict verdict = bench.verdict();
  INFO(verdict.proof.why);
  CHECK(verdict.proof.outcome == Outcome::proven);
  CHECK(verdict.basis.stopped_by.empty());
  CHECK(verdict.basis.with_rows == with_rows);
  CHECK(verdict.basis.without_rows == List());
  CHECK(texts(verdict.unannounced) == List());
}

const char* const boxes = "create type size as (width int, height int); create table boxes (id int primary key, s size";
const char* const turned =
    "create type size as (height int, width int); create table boxes (id int primary key, s size";
}  // namespace

TEST_CASE("attributes that change places keep their values, and a plan that carries by place is disproven",
          "[live][rows]") {
  if (no_server_here()) return;
  for (const Text more : {");", ", many size[]);"}) {
    INFO(more);
    Bench right(boxes + more, turned + more);
    check_proven(right, {"public.boxes"});
    Bench wrong(boxes + more, turned + more);
    wrong.alter(wrong.up, "($1).height, ($1).width", "($1).width, ($1).height");
    wrong.alter(wrong.down, "($1).width, ($1).height", "($1).height, ($1).width");
    const Proof proof = wrong.verdict().proof;
    CHECK(proof.outcome == Outcome::disproven);
    CHECK(proof.why.find("after the up rows do not hold what they held:\ncolumn s of public.boxes: ") == 0);
  }
}

TEST_CASE("a plan that changes values on the way, or loses rows, is disproven", "[live][rows]") {
  if (no_server_here()) return;
  const char* plain = "create table t (id int primary key, a int, b int);";
  const char* wider = "create table t (id int primary key, a bigint, b bigint);";
  for (const auto& [text, other] :
       {std::pair{"a TYPE bigint", "a TYPE bigint USING b"}, {"a TYPE bigint", "a TYPE bigint USING 0"}}) {
    INFO(other);
    Bench bench(plain, wider);
    bench.alter(bench.up, text, other);
    const Verdict verdict = bench.verdict();
    CHECK(verdict.proof.outcome == Outcome::proven);  // since the type was to change
    REQUIRE(verdict.unannounced.size() == 1);
    CHECK(verdict.unannounced[0].hazard.rule.text() == "data-loss");
    CHECK(verdict.unannounced[0].hazard.text.find("column a of public.t: ") != Text::npos);
  }
  for (const Text statement : {"UPDATE public.t SET id = -id", "DELETE FROM public.t WHERE b < 0",
                               "ALTER TABLE public.t DROP COLUMN b, ADD COLUMN b integer"}) {
    INFO(statement);
    Bench bench(plain, "create table t (id int primary key, a bigint, b int);");
    bench.up.insert(bench.up.begin(), Step{.sql = statement});
    const Proof proof = bench.verdict().proof;
    CHECK(proof.outcome == Outcome::disproven);
    CHECK(proof.why.find("after the up rows do not hold what they held:\n") == 0);
  }
  Bench moved(plain, wider);
  moved.up.insert(moved.up.begin(), Step{.sql = "UPDATE public.t SET a = a"});
  check_proven(moved, {"public.t"});
}

TEST_CASE("a loss that nothing says is a hazard, one that is said is none", "[live][rows]") {
  if (no_server_here()) return;
  Bench bench("create table t (id int, code text);", "create table t (id int, code int);");
  check_proven(bench, {"public.t"});
  for (Step& step : bench.up) step.hazards = {{"rewrite", ""}};
  const Verdict verdict = bench.verdict();
  CHECK(verdict.proof.outcome == Outcome::proven);
  CHECK(texts(verdict.unannounced) ==
        List{"data-loss: values do not come back as they were: column code of public.t: \"007\" became \"7\""});
}

TEST_CASE("rows satisfy what they are to satisfy afterwards", "[live][rows]") {
  if (no_server_here()) return;
  const std::pair<const char*, const char*> cases[] = {
      {"create table t (id int, a text, b text);",
       "create table t (id int primary key, a text not null check (a in ('x', 'yy')), b text unique);"},
      {"create table t (code char(4), n int);",
       "create table t (code char(4) check (length(code) = 4), n int check (n between 100 and 200));"},
      {"create table t (a int, b int);", "create table t (a int, b int, check (a < b));"},
      {"create table t (a date, b date, check (a < b));", "create table t (a timestamp, b date, check (a < b));"},
      {"create type e as enum ('a', 'b', 'c'); create table t (x e, y e[]);",
       "create type e as enum ('c', 'a'); create table t (x e, y e[]);"},
      {"create table t (x text);", "create type e as enum ('sad', 'ok'); create table t (x e);"},
      {"create domain d as text; create table t (x d);",
       "create domain d as text check (value ~ '^[a-z]+$'); create table t (x d);"},
      {"create type c as (x int, y text); create domain d as c; create table t (v d);",
       "create type c as (x int, y text); create domain d as c check ((value).x > 0); create table t (v d);"},
      {"create table t (n bigint, m numeric(10,2));", "create table t (n smallint, m numeric(10,0));"},
      {"create table t (a timestamp, b timestamptz, c date);",
       "create table t (a timestamptz, b timestamp, c timestamptz);"},
      {"create table t (a varchar(20));", "create table t (a varchar(3));"},
      {"create table t (a jsonb, b text[], c int[], d json);",
       "create table t (a text, b text, c varchar(3), d jsonb);"},
      {"create table t (a timestamp, b numeric, c integer, d name);",
       "create table t (a timestamp(0), b numeric(8,2), c numeric(6,-2), d integer);"},
      {"create table t (id int, during tsrange);",
       "create table t (id int, during tsrange, exclude using gist (during with &&));"}};
  for (const auto& [old_sql, new_sql] : cases) {
    INFO(new_sql);
    Bench bench(old_sql, new_sql);
    check_proven(bench, {"public.t"});
  }
}

TEST_CASE("rows go into tables of every sort", "[live][rows]") {
  if (no_server_here()) return;
  const std::pair<Text, List> cases[] = {
      {"create table a (id int primary key, b int); create table b (id int primary key, a int not null references a, x "
       "$);"
       "alter table a add foreign key (b) references b;",
       {"public.b"}},
      {"create table a (id int primary key); create table t (id int primary key references a, up int not null "
       "references "
       "t, x $);",
       {"public.t"}},
      {"create table t (id int generated always as identity, k bigserial, twice int generated always as (k * 2) "
       "stored, "
       "x $);",
       {"public.t"}},
      {"create function no() returns trigger language plpgsql as 'begin raise exception ''no''; end';"
       "create table t (id int, x $); create trigger no before insert or truncate on t execute function no();",
       {"public.t"}},
      {"create table t (id int, x $); alter table t enable row level security, force row level security;",
       {"public.t"}},
      {"create table \"T \"\"x\" (\"a b\" text, \"#\" text, x $, check (\"a b\" <> \"#\"));", {"public.\"T \"\"x\""}},
      {"create table t (a point, b xml, c bytea, d inet, e interval, f int4range, g money, h bit(3), i uuid, j jsonb,"
       " k name, l \"char\", m oid, n tsvector, o date[], p circle, q time, r macaddr, x $);",
       {"public.t"}}};
  for (const auto& [pattern, with_rows] : cases) {
    Text old_sql = pattern, new_sql = pattern;
    INFO(pattern);
    old_sql.replace(old_sql.find('$'), 1, "int");
    new_sql.replace(new_sql.find('$'), 1, "bigint not null");
    Bench bench(old_sql, new_sql);
    check_proven(bench, with_rows);
  }
}

TEST_CASE("where no rows can be made, the proof says so and stands", "[live][rows]") {
  if (no_server_here()) return;
  const char* never = "create function no(int) returns bool language sql immutable as 'select false';";
  Bench bench(concat(never, "create table t (x int check (no(x)));"),
              concat(never, "create table t (x bigint check (no(x::int)));"));
  const Verdict verdict = bench.verdict();
  CHECK(verdict.proof.outcome == Outcome::proven);
  CHECK(verdict.basis.without_rows == List{"public.t"});
  CHECK(to_text(verdict.basis).find(", without rows") != Text::npos);
  CHECK(to_text(verdict.basis).starts_with(concat("PostgreSQL ", std::to_string(server().major()), ".")));
}

TEST_CASE("the verdict says how many tables had rows, and names those that had none", "[rows]") {
  CHECK(to_text({.server = "15.8", .with_rows = {"public.a"}}) == "PostgreSQL 15.8, with rows in 1 table");
  CHECK(to_text({.server = "15.8", .with_rows = {"a", "b"}, .without_rows = {"c"}}) ==
        "PostgreSQL 15.8, with rows in 2 tables, none in c");
  CHECK(to_text({.server = "15.8", .with_rows = {"a"}, .without_rows = {"b", "c", "d", "e", "f", "g"}}) ==
        "PostgreSQL 15.8, with rows in 1 table, none in 6 tables");
  CHECK(to_text({.server = "15.8", .without_rows = {"a"}}) == "PostgreSQL 15.8, without rows");
  CHECK(to_text({.server = "15.8", .with_rows = {"a"}, .stopped_by = "no"}) ==
        "PostgreSQL 15.8, on empty tables; with rows the trial ended: no");
  CHECK(verdict_of({.server = "15.8", .stopped_by = "no"}) ==
        " on empty tables only, up and down on PostgreSQL 15.8; unproven for rows, with which the trial ended: no");
  CHECK(verdict_of({.server = "15.8", .without_rows = {"a"}}) == ": up and down on PostgreSQL 15.8, without rows");
}

TEST_CASE("what fails on rows is no disproof; unsaid it is a hazard", "[live][rows]") {
  if (no_server_here()) return;
  const char* never = "create function no(int) returns bool language sql immutable as 'select $1 = 77777';";
  Bench bench(concat(never, "create table t (x int); create table u (x int);"),
              concat(never, "create table t (x int check (no(x))); create table u (x bigint);"));
  Verdict verdict = bench.verdict();
  CHECK(verdict.proof.outcome == Outcome::proven);
  CHECK(verdict.basis.with_rows == List{"public.u"});
  CHECK(verdict.basis.without_rows == List{"public.t"});
  CHECK(verdict.unannounced.empty());
  for (Step& step : bench.up) {
    step.for_rows = true;
    step.hazards.clear();
  }
  verdict = bench.verdict();
  CHECK(verdict.proof.outcome == Outcome::proven);
  CHECK(texts(verdict.unannounced) ==
        List{"may-fail: failed on rows: check constraint \"t_x_check\" of relation \"t\" is violated by some row"});
}

TEST_CASE("what fails without rows is disproven before any are made", "[live][rows]") {
  if (no_server_here()) return;
  Bench bench("create table t (x int);", "create table t (x bigint);");
  bench.alter(bench.up, "bigint", "no_such_type");
  const Verdict verdict = bench.verdict();
  CHECK(verdict.proof.outcome == Outcome::disproven);
  CHECK(verdict.proof.why.starts_with("the up failed: "));
  CHECK(verdict.basis.with_rows == List());
}

TEST_CASE("what is not one transaction is tried with rows too", "[live][rows]") {
  if (no_server_here()) return;
  Bench bench("create type mood as enum ('sad'); create table t (id int, m mood);",
              "create type mood as enum ('sad', 'ok'); create table t (id bigint, m mood default 'ok');");
  CHECK_FALSE(runs_in_transaction(bench.up));
  check_proven(bench, {"public.t"});
}

TEST_CASE("an attribute that goes is told of, though all others of a value are null, and in other composite types",
          "[live][rows]") {
  if (no_server_here()) return;
  Bench bench(
      "create type size as (width int, name text); create type box as (s size, height int);"
      "create table boxes (id int primary key, s size, b box)",
      "create type size as (width int); create type box as (s size); create table boxes (id int primary key, s size, b "
      "box)");
  check_proven(bench, {"public.boxes"});
}

TEST_CASE("rows of a partition are tried by way of the whole", "[live][rows]") {
  if (no_server_here()) return;
  const Text old =
      "create table t (id int not null, kind int) partition by range (id);"
      "create table part partition of t default;";
  Bench bench(old, old + "alter table part add constraint positive check (kind > 0);");
  check_proven(bench, {"public.t"});
}
