// What rows hold before and after the types of their columns change: the same, by name, up and down.
#include "core/postgres/shadow.h"
#include "diff/diff.h"
#include "snapshot/catalog/read.h"
#include "tests/catch.h"
#include "tests/server_here.h"

using namespace quoin;

namespace {
struct Sample {
  const char *what, *from, *to, *rows, *query;
  const char* values;  // of the query, before the up, after it, and after the down
};

const Sample samples[] = {
    {"attributes change places, in a column, an array, a domain, another type, with and without values",
     "create type size as (w int, h int); create domain edge as size; create type part as (name text, s size, many "
     "size[]);"
     "create table t (id int, a size, b size[], c edge, d edge[], e part, f part[]);",
     "create type size as (h bigint, d text, w int); create domain edge as size;"
     "create type part as (name text, s size, many size[]);"
     "create table t (id int, a size, b size[], c edge, d edge[], e part, f part[]);",
     "insert into t (id) values (1); insert into t (id, a, e) values (2, row(null, null), row(null, null, null));"
     "insert into t values (3, row(300, 20), '[2:3]={\"(1,2)\",NULL}', row(3, 4), array[row(5, 6)::edge],"
     "  row('p', row(7, 8), array[row(9, 10)::size, null]), array[[row('q', row(11, 12), null)::part], [null::part]]);"
     "insert into t (id, b) values (4, '{}');",
     "select string_agg(concat_ws(' ', id, a is not distinct from null, e is not distinct from null, (a).w, (a).h,"
     "  array_dims(b), (b[2]).w, (b[2]).h, b[3] is not distinct from null, b = '{}', (c).w, (d[1]).h, ((e).s).w,"
     "  (((e).many)[1]).h, ((e).many)[2] is not distinct from null, array_dims(f), ((f[1][1]).s).w,"
     "  f[2][1] is not distinct from null), '; ' order by id) from t",
     "1 t t t t t; 2 f f t t t; 3 f f 300 20 [2:3] 1 2 t f 3 6 7 10 t [1:2][1:1] 11 t; 4 t t t t t t"},
    {"an attribute's type changes two types further down",
     "create type span as (lo int, hi text); create type shelf as (name text, room span); create domain wide as span;"
     "create table t (top shelf, gaps wide[]);",
     "create type span as (lo bigint, hi varchar(3)); create type shelf as (name text, room span);"
     "create domain wide as span; create table t (top shelf, gaps wide[]);",
     "insert into t values (row('a', row(1, 'xyz')), array[row(2, 'z')::wide, null]);",
     "select concat_ws(' ', top, gaps) from t", "(a,\"(1,xyz)\") {\"(2,z)\",NULL}"},
    {"an enum within a domain within a composite type",
     "create type m as enum ('a', 'b', 'c'); create domain dm as m check (value <> 'c'); create type k as (n int, m "
     "dm, s m[]);"
     "create table t (x k, y dm[]);",
     "create type m as enum ('b', 'a'); create domain dm as m; create type k as (n int, m dm, s m[]);"
     "create table t (x k, y dm[]);",
     "insert into t values (row(1, 'a', '{a,b}'), '{a,b}'), (null, null);",
     "select string_agg(concat(x, y), ' ' order by y) from t", "(1,a,\"{a,b}\"){a,b} "},
    {"a domain over another type, with a new condition inside of an array",
     "create domain n as int; create table t (a n, b n[]);",
     "create domain n as bigint check (value > 0); create table t (a n, b n[]);",
     "insert into t values (1, '{2,NULL}');", "select concat(a, b) from t", "1{2,NULL}"},
};

struct Bench {
  Ids ids;
  Schema from, to;
  explicit Bench(const Sample& change) : from(load(change.from)), to(load(change.to)) {}
  Schema load(const char* sql) {
    const Shadow::Database scratch = server().create_database();
    postgres::Connection connection = scratch.connect();
    connection.execute(sql);
    return read_database(connection, ids, {});
  }
};
}  // namespace

TEST_CASE("rows keep their values when types change, up and down", "[proof][live]") {
  if (no_server_here()) return;
  for (const Sample& change : samples) {
    INFO(change.what);
    const Bench bench(change);
    const Plan up = plan(bench.from, bench.to), down = plan(bench.to, bench.from);
    INFO(emit(up.steps) << "----\n" << emit(down.steps));
    CHECK(up.errors == List());
    CHECK(down.errors == List());
    const Shadow::Database scratch = server().create_database();
    postgres::Connection connection = scratch.connect();
    connection.execute(concat(change.from, change.rows));
    CHECK(connection.execute(change.query).text(0, 0) == change.values);
    connection.execute(emit(up.steps));
    CHECK(connection.execute(change.query).text(0, 0) == change.values);
    connection.execute(emit(down.steps));
    CHECK(connection.execute(change.query).text(0, 0) == change.values);
  }
}

TEST_CASE("a text that is too long for an attribute's new type is not cut", "[proof][live]") {
  if (no_server_here()) return;
  const Sample change{"",
                      "create type k as (a text, b int); create table t (x k[]);",
                      "create type k as (b int, a varchar(2)); create table t (x k[]);",
                      "",
                      "",
                      ""};
  const Bench bench(change);
  const Plan up = plan(bench.from, bench.to);
  const Shadow::Database scratch = server().create_database();
  postgres::Connection connection = scratch.connect();
  connection.execute(concat(change.from, "insert into t values (array[row('long', 1)::k]);"));
  CHECK(emit(up.steps).find("WARNING(may-fail): attribute a of composite type public.k from text to "
                            "character varying(2)") != Text::npos);
  CHECK_THROWS_AS(connection.execute(emit(up.steps)), Error);
}

TEST_CASE("what the server refuses where rows of a table lie in another is refused, with their columns",
          "[proof][live]") {
  if (no_server_here()) return;
  const auto errors = [](const char* from, const char* to) {
    const Bench bench({"", from, to, "", "", ""});
    return join(plan(bench.from, bench.to).errors, "\n");
  };
  const char* held = "create table t (id int, m text); create table u (rows t[]);";
  const Text where = "which the server refuses where rows of its table lie in column public.u.rows";
  for (const char* to : {"create table t (id bigint, m text); create table u (rows t[]);",
                         "create table t (id int, m text, n int default 3); create table u (rows t[]);",
                         "create table t (id int, m text, n serial); create table u (rows t[]);",
                         "create table t (id int, m text, n int generated always as (id + 1) stored);"
                         "create table u (rows t[]);"}) {
    INFO(to);
    CHECK(errors(held, to).find(where) != Text::npos);
  }
  CHECK(errors(held, "create table t (id int not null, n int, check (id > 0)); create table u (rows t[]);") == "");
  CHECK(
      errors("create type e as enum ('a', 'b'); create table t (m e); create table u (r t);",
             "create type e as enum ('b', 'a'); create table t (m e); create table u (r t);")
          .find("column public.t.m: it follows enum public.e, which the server refuses where rows of its table lie in "
                "column public.u.r") != Text::npos);
}
