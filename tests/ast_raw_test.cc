// The parser's own tree, read as it is, and its JSON are the same nodes.
#include <filesystem>

#include "core/base/files.h"
#include "core/sql/ast_parse.h"
#include "tests/catch.h"

using namespace quoin;
using namespace quoin::ast;

namespace {
/// Where two trees differ, as a path of fields; empty: nowhere.
Text difference(Node one, Node other) {
  if (bool(one) != bool(other)) return " is in one alone";
  if (!one) return {};
  if (one.tag() != other.tag()) return concat(" is a ", one.tag(), " and a ", other.tag());
  if (one.size() != other.size() || one.fields().size() != other.fields().size()) return " has more in one";
  if (one.size() + one.fields().size() == 0 &&
      (one.text() != other.text() || one.number() != other.number() || one.flag() != other.flag()))
    return concat(" is ", one.text(), std::to_string(one.number()), " and ", other.text(),
                  std::to_string(other.number()));
  for (std::size_t i = 0; i < one.size(); ++i)
    if (const Text inner = difference(one.items()[i], other.items()[i]); !inner.empty())
      return concat(".", std::to_string(i), inner);
  for (std::size_t i = 0; i < one.fields().size(); ++i) {
    const auto& [name, value] = one.fields()[i];
    const auto& [other_name, other_value] = other.fields()[i];
    if (name != other_name) return concat(" has ", name, " and ", other_name);
    if (const Text inner = difference(value, other_value); !inner.empty()) return concat(".", name, inner);
  }
  return {};
}

Text error_of(std::vector<Statement> (*parse)(detail::Arena&, const detail::Input&), detail::Arena& arena,
              const detail::Input& input, std::vector<Statement>& statements) {
  try {
    statements = parse(arena, input);
    return {};
  } catch (const Error& error) {
    return concat(std::to_string(error.where.line), ":", std::to_string(error.where.column), " ", error.what());
  }
}

Text difference_in(std::string_view sql) {
  detail::Arena arena;
  const detail::Input input{Text(sql), sql};
  std::vector<Statement> raw, json;
  const Text failed = error_of(detail::parse_by_raw_tree, arena, input, raw);
  const Text other = error_of(detail::parse_by_json, arena, input, json);
  if (failed != other) return concat("fails with ", failed, " and with ", other);
  if (raw.size() != json.size()) return "has more statements in one";
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i].begin != json[i].begin || raw[i].end != json[i].end) return "has its statements elsewhere";
    if (const Text found = difference(raw[i].node, json[i].node); !found.empty())
      return concat("statement ", std::to_string(i + 1), found);
  }
  return {};
}
}  // namespace

namespace {
// One of many kinds, with clauses that few write.
constexpr std::string_view statements =
    R"(reindex database x; reindex (verbose) index concurrently i; create database d; vacuum full; cluster; analyze
t(a); lock t; load 'x'; move all in c; fetch 3 from c; declare c cursor for select 1; security label on table t
is 'x'; create statistics s on a,b from t; import foreign schema a from server b into c; create conversion a for
'x' to 'y' from f; drop owned by a; create access method a type index handler h; alter default privileges grant
select on tables to x; create transform for int language sql (from sql with function f(internal)); alter system
set a = 1; create rule r as on insert to t do instead nothing; comment on cast (int as text) is 'x'; prepare
transaction 'a'; commit prepared 'a'; savepoint a; release a; set transaction isolation level serializable;
alter table t attach partition p for values in (1,2), replica identity using index i, set (a=1), enable trigger
all; create policy p on t to current_user using (true); create event trigger e on ddl_command_start when tag in
('x') execute function f(); alter operator family f using btree add operator 1 < (int,int); create operator
class c for type int using btree as operator 1 <, function 1 f(int,int), storage int; create aggregate a(int)
(sfunc=f, stype=int); create type r as range (subtype=int); create domain d as int check (value>0) not null;
alter domain d drop constraint c; refresh materialized view concurrently m with no data; create table a as
select 1 with no data; create table b (like c including all); create table of_t of ty; select into x from y;
truncate a, b restart identity cascade; revoke grant option for all on t from public granted by x; drop function
f(int), g cascade; alter function f(int) rename to g; alter type t add value 'x' before 'y'; alter type t rename
value 'a' to 'b'; do 'x' language sql; call p(); select * from rows from (f(1), g(2)) with ordinality as t(a
int); select * from t tablesample bernoulli (10) repeatable (1); select xmltable.* from xmltable('/x' passing a
columns b int path 'c'); select json_object('a': 1), json_array(1), json_value(a, '$.b'), json_query(a, '$' with
wrapper), json_exists(a,'$'), json_scalar(1), json_serialize(a), a is json; select count(*) filter (where true)
over (partition by a order by b range between unbounded preceding and current row exclude ties); select
grouping(a) from t group by rollup(a), cube(b), grouping sets ((a),()); values (1),(2); table t; insert into t
values (default) on conflict on constraint c do update set a=1 where true returning with (old as o) o.*; update
t set (a,b)=(1,2) where current of c; delete from t using u; select a collate "C", a at time zone 'utc', a
between 1 and 2, a like 'x' escape 'y', a similar to 'b', nullif(1,2), coalesce(1), greatest(1), current_date,
current_user, array(select 1), exists(select 1), a = any(b), interval '1' day, cast(a as int), case a when 1
then 2 else 3 end, $1, (a).b, a[1], not a, a isnull, overlay(a placing b from 1), extract(year from a),
trim(both a from b), position(a in b), normalize(a), treat(a as b);)";
}  // namespace

TEST_CASE("the parser's tree and its JSON are the same nodes") {
  if (!detail::has_raw_trees()) {
    WARN("skipped: libpg_query came without PostgreSQL's headers");
    return;
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(QUOIN_SOURCE_DIR "/tests/cases")) {
    if (entry.path().extension() != ".sql") continue;
    ++files;
    INFO(entry.path());
    CHECK(difference_in(read_file(entry.path())).empty());
  }
  CHECK(files > 100);
  const std::string_view odd =
      "select 1, 0, -1, 1.5, true, false, null, b'01', x'ff', '', 2147483648, array[]::int[], row(), '{}'::int[3][];"
      "create foreign table f (a int options (x 'y')) server s options (n ''); call p(1, b => 2);"
      "copy t from stdin; set statistics to 1; alter table t alter a set statistics -1, drop column b cascade;"
      "create table p partition of q for values from (minvalue) to (1); grant all on all tables in schema s to r;"
      "select * from json_table('[]', '$' columns (a int path '$.a', nested path '$[*]' columns (b text)));"
      "merge into t using u on t.a = u.a when matched then delete when not matched then insert values (1);"
      "with recursive c as (select 1) cycle a set b using d select sum(x) over w from c window w as (rows 1 preceding);"
      "select xmlserialize(document a as text), a is not document, f(variadic a), t.*, (r).f[1:2] from t for update;"
      "checkpoint; reassign owned by a to b; listen x; do $$ begin end $$; create publication p for all tables;"
      "reindex database x; reindex (verbose) index concurrently i; alter function f() depends on extension x;"
      "explain (analyze, costs off) select 1; prepare a (int) as select $1; discard all; close all; notify x, '';";
  CHECK(difference_in(odd) == "");
  CHECK(difference_in(statements) == "");
  CHECK(difference_in("select 'é', from") == "");
  CHECK(difference_in(concat("select ", Text(3000, '('), "1", Text(3000, ')'))) == "");
}
