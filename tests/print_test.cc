#include "core/sql/print.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/catch.h"

using namespace quoin;
using ast::Node;
using ast::Tree;

namespace {

// Types are printed by their canonical names, so that two trees are compared with theirs made so.
void canonical_types(const Tree& tree, Node node) {
  for (Node item : node) canonical_types(tree, item);
  if (node["names"].size() > 0 && node.has("typemod")) {
    node.set("names", tree.make_text("", ast::print_type(node)));
    for (std::string_view gone : {"typmods", "arrayBounds"}) node.set(gone, {});
    return;
  }
  for (const auto& [name, value] : node.fields()) canonical_types(tree, value);
}

std::uint64_t canonical(const Tree& tree, Node node) {
  canonical_types(tree, node);
  return ast::fingerprint(node);
}

// What is wrong with printing a statement or expression; empty where it comes back as it was.
enum class Kind { statement, expression };
Text fault(Node node, Kind kind) {
  auto again = [&](const Text& text) {
    Tree tree = kind == Kind::statement ? Tree::parse(text) : Tree::parse_expression(text);
    Node back = kind == Kind::statement ? tree.statements().at(0).node : tree.root();
    return canonical(tree, back);
  };
  Tree scratch;
  std::uint64_t wanted = canonical(scratch, scratch.copy(node));
  Text text;
  try {
    text = ast::print(node);
    if (again(text) != wanted) return "differs: " + text;
    text = ast::print_pretty(node);
    if (again(text) != wanted) return "pretty differs: " + text;
  } catch (const Error& error) { return Text(error.what()) + ": " + text; }
  return {};
}

bool is_query(Node node) {
  for (std::string_view tag : {"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"}) {
    if (node.is(tag)) return true;
  }
  return false;
}

// Checks every query, and every expression that stands outside of one.
void check_all(Node node, int& checked, List& faults) {
  static const List expressions = {"A_Expr",  "FuncCall", "TypeCast",  "BoolExpr",
                                   "A_Const", "CaseExpr", "ColumnRef", "NullTest"};
  bool query = is_query(node);
  if (query || std::find(expressions.begin(), expressions.end(), node.tag()) != expressions.end()) {
    ++checked;
    if (Text wrong = fault(node, query ? Kind::statement : Kind::expression); !wrong.empty()) faults.push_back(wrong);
    return;
  }
  for (Node item : node) check_all(item, checked, faults);
  for (const auto& [name, value] : node.fields()) check_all(value, checked, faults);
}

std::filesystem::path shared_folder() {
  const char* given = std::getenv("QUOIN_SHARED");
  return given != nullptr ? std::filesystem::path(given) : std::filesystem::path(QUOIN_SOURCE_DIR) / ".." / "shared";
}

Text expression(std::string_view sql) { return ast::print(Tree::parse_expression(sql).root()); }
Text statement(std::string_view sql) { return ast::print(Tree::parse(sql).statements().at(0).node); }
Text type(std::string_view sql) { return ast::print_type(Tree::parse_type(sql).root()); }

}  // namespace

TEST_CASE("expressions keep just the parentheses that they need", "[print]") {
  const std::pair<Text, Text> cases[] = {
      {"((a)) + (b * c)", "a + b * c"},
      {"(a + b) * c", "(a + b) * c"},
      {"a - (b - c)", "a - (b - c)"},
      {"(a - b) - c", "a - b - c"},
      {"a or (b and c)", "a OR b AND c"},
      {"(a or b) and not (c or d)", "(a OR b) AND NOT (c OR d)"},
      {"not (a = b)", "NOT a = b"},
      {"(not a) = b", "(NOT a) = b"},
      {"(a is null) is not null", "(a IS NULL) IS NOT NULL"},
      {"(a = b) = c", "(a = b) = c"},
      {"(-5)::int", "(-5)::integer"},
      {"-5::int", "-5::integer"},
      {"- a", "-a"},
      {"- (- a)", "- -a"},
      {"-(a + b)", "-(a + b)"},
      {"@ (a + b)", "@ a + b"},
      {"(@ a) + b", "(@ a) + b"},
      {"2 ^ (-3)", "2 ^ -3"},
      {"(a || b)::text collate \"C\"", "(a || b)::text COLLATE \"C\""},
      {"a between (b or c) and d + 1", "a BETWEEN (b OR c) AND d + 1"},
      {"a between (b at time zone 'x') and c", "a BETWEEN (b AT TIME ZONE 'x') AND c"},
      {"a not between symmetric 1 and 2", "a NOT BETWEEN SYMMETRIC 1 AND 2"},
      {"a in (1, 2) and b not in (3)", "a IN (1, 2) AND b NOT IN (3)"},
      {"a in (select 1)", "a IN (SELECT 1)"},
      {"a not in (select 1)", "a NOT IN (SELECT 1)"},
      {"not a in (select 1)", "a NOT IN (SELECT 1)"},
      {"a = any (b) and a <> all (array[1, 2])", "a = ANY (b) AND a <> ALL (ARRAY[1, 2])"},
      {"a = any ((select b)::int[])", "a = ANY ((SELECT b)::integer[])"},
      {"a = any (select b)", "a = ANY (SELECT b)"},
      {"a operator(pg_catalog.+) b * c", "a OPERATOR(pg_catalog.+) b * c"},
      {"a like 'x%' escape '!'", "a LIKE 'x%' ESCAPE '!'"},
      {"a not ilike b || 'x'", "a NOT ILIKE b || 'x'"},
      {"a similar to 'b'", "a SIMILAR TO 'b'"},
      {"a is not distinct from b", "a IS NOT DISTINCT FROM b"},
      {"nullif(a, b) is unknown", "NULLIF(a, b) IS UNKNOWN"},
      {"E'a\\\\b' || 'it''s'", "E'a\\\\b' || 'it''s'"},
      {"x'1F' || b'01'", "X'1F' || B'01'"},
      {"\"Mixed\".\"select\" + a.b.c", "\"Mixed\".\"select\" + a.b.c"},
      {"(a.b).c + (f(x)).y + a[1][2:3] + (array[1])[1]", "(a.b).c + (f(x)).y + a[1][2:3] + (ARRAY[1])[1]"},
      {"date '2020-01-01' + interval '1 day'", "'2020-01-01'::date + '1 day'::interval"},
      {"cast(a as varchar(3))", "a::character varying(3)"},
      {"current_date - current_timestamp(3)", "CURRENT_DATE - CURRENT_TIMESTAMP(3)"},
      {"now() at time zone 'utc'", "now() AT TIME ZONE 'utc'"},
      {"(a, b) overlaps (c, d)", "(a, b) OVERLAPS (c, d)"},
      {"row(a) = row(b, c)", "ROW(a) = ROW(b, c)"},
      {"(a, b) = (c, d)", "(a, b) = (c, d)"},
      {"extract(year from a)", "EXTRACT(year FROM a)"},
      {"substring(a from 1 for 2)", "SUBSTRING(a FROM 1 FOR 2)"},
      {"substring(a, 1)", "\"substring\"(a, 1)"},
      {"overlay(a placing b from 1)", "OVERLAY(a PLACING b FROM 1)"},
      {"position('a' in b)", "POSITION('a' IN b)"},
      {"trim(leading 'x' from y) || trim(z)", "TRIM(LEADING 'x' FROM y) || TRIM(BOTH FROM z)"},
      {"a is nfc normalized", "a IS NFC NORMALIZED"},
      {"coalesce(a, 1) + greatest(b, least(c, d))", "COALESCE(a, 1) + GREATEST(b, LEAST(c, d))"},
      {"case a when 1 then 'x' else null end", "CASE a WHEN 1 THEN 'x' ELSE NULL END"},
      {"count(distinct a order by b desc nulls last) filter (where c)",
       "count(DISTINCT a ORDER BY b DESC NULLS LAST) FILTER (WHERE c)"},
      {"percentile_cont(0.5) within group (order by a)", "percentile_cont(0.5) WITHIN GROUP (ORDER BY a)"},
      {"sum(a) over (partition by b order by c rows between 1 preceding and current row exclude ties)",
       "sum(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES)"},
      {"f(a => 1, variadic b => c)", "f(a => 1, VARIADIC b => c)"},
      {"left(a, 1)", "\"left\"(a, 1)"},
      {"exists (select) and array(select 1) = '{}'", "EXISTS (SELECT) AND ARRAY(SELECT 1) = '{}'"},
      {"$1 + count(*)", "$1 + count(*)"},
      {"a is document", "a IS DOCUMENT"},
  };
  for (const auto& [sql, wanted] : cases) {
    INFO(sql);
    CHECK(expression(sql) == wanted);
    Tree tree = Tree::parse_expression(sql);
    CHECK(fault(tree.root(), Kind::expression) == "");
  }
}

TEST_CASE("a default stands in parentheses where the grammar asks for them", "[print]") {
  auto print = [](std::string_view sql) { return ast::print_default(Tree::parse_expression(sql).root()); };
  CHECK(print("now()") == "now()");
  CHECK(print("-1") == "-1");
  CHECK(print("1 + 2 * 3") == "1 + 2 * 3");
  CHECK(print("a and b") == "(a AND b)");
  CHECK(print("now() at time zone 'utc'") == "(now() AT TIME ZONE 'utc')");
  CHECK(print("'{}'::text[]") == "'{}'::text[]");
  CHECK(print("a is null") == "(a IS NULL)");
}

TEST_CASE("types have the server's canonical names", "[print]") {
  const std::pair<Text, Text> cases[] = {
      {"int2", "smallint"},
      {"INT", "integer"},
      {"int8[][]", "bigint[]"},
      {"int[3]", "integer[]"},
      {"float(20)", "real"},
      {"float", "double precision"},
      {"bool", "boolean"},
      {"decimal(10,-2)", "numeric(10,-2)"},
      {"varchar(20)", "character varying(20)"},
      {"character varying", "character varying"},
      {"char(3)", "character(3)"},
      {"char", "character(1)"},
      {"bpchar", "bpchar"},
      {"\"char\"", "\"char\""},
      {"bit(4)", "bit(4)"},
      {"bit varying(4)", "bit varying(4)"},
      {"varbit", "bit varying"},
      {"timestamptz(3)", "timestamp(3) with time zone"},
      {"timestamp", "timestamp without time zone"},
      {"time with time zone", "time with time zone"},
      {"timetz(2)[]", "time(2) with time zone[]"},
      {"interval day to second(3)", "interval day to second(3)"},
      {"interval(3)", "interval(3)"},
      {"interval year", "interval year"},
      {"pg_catalog.text", "text"},
      {"pg_catalog.timestamptz", "timestamp with time zone"},
      {"public.\"Mood\"[]", "public.\"Mood\"[]"},
      {"geometry(Point,4326)", "geometry(point,4326)"},
      {"a.b%type", "a.b%TYPE"},
  };
  for (const auto& [sql, wanted] : cases) CHECK(type(sql) == wanted);
}

TEST_CASE("queries come back as they were", "[print]") {
  const Text cases[] = {
      "select",
      "select distinct on (a) a b, * from t order by a using <, b limit 1 offset 2 for update of t skip locked",
      "select distinct a from only x y(p, q), lateral (select 1) z where a group by distinct rollup (a, b), "
      "grouping sets ((), (a), cube (b)), c having d window w as (partition by e), v as (w order by f) order by 1 desc",
      "select a from (b join c using (x, y) as j) k left join (d cross join e) on true natural full join f",
      "with recursive a(x) as materialized (values (1), (2)), b as not materialized (select 1) select 1",
      "with recursive t(n) as (select 1 union all select n from t) search depth first by n set o cycle n set c using p "
      "select 1",
      "with t(n) as (select 1 union all select n from t) cycle n set c to 'a' default date 'b' using p select 1",
      "(select 1 limit 1) union all (select 2 except select 3) intersect select 4 order by 1",
      "select 1 union (select 2 union select 3)",
      "(with a as (select 1) select 2) union select 3",
      "select * from f(1) with ordinality as g(a, b), rows from (f(1), g(2) as (x int, y text)) h, "
      "k() as l(m int collate \"C\")",
      "select * from t tablesample bernoulli (10) repeatable (1) order by 1 fetch first 2 rows with ties",
      "select a into temporary b from c",
      "select xmlelement(name a, xmlattributes(b as c), d), xmlparse(document a preserve whitespace), "
      "xmlroot(a, version no value, standalone yes), xmlserialize(content a as text), xmlforest(a as b), "
      "xmlpi(name x, 'a'), xmlconcat(a, b), xmlexists('/a' passing b) from xmltable(xmlnamespaces('x' as y, "
      "default 'z'), '/a' passing b columns c int path 'x' default 1 not null, o for ordinality) as t",
      "insert into a as b (c, d.e, f[1]) overriding system value select 1 on conflict (lower(c), (d + 1) collate "
      "\"C\") "
      "where x do update set (c, d) = (select 1, 2), e = excluded.e where b.c returning *, 1 as z",
      "insert into a default values on conflict on constraint b do nothing",
      "update only a b set c = default, (d, e) = row(1, 2), f[1] = 3 from g where current of h",
      "delete from a using b, c where d returning e",
      "merge into a x using b on a.x = b.x when matched and c then update set d = 1 when not matched then insert (d) "
      "values (1) when matched then delete when not matched then do nothing",
      "select count(*) filter (where a) over w, f(a, variadic b) from c where (a, b) in (select 1, 2)",
  };
  for (const Text& sql : cases) {
    INFO(sql);
    Tree tree = Tree::parse(sql);
    CHECK(fault(tree.statements()[0].node, Kind::statement) == "");
  }
  CHECK(statement("SELECT a AS b FROM  t  WHERE x=1") == "SELECT a AS b FROM t WHERE x = 1");
}

TEST_CASE("SQL/JSON comes back as it was", "[print]") {
  if (ast::grammar() < 17) SUCCEED("the grammar linked does not know SQL/JSON");
  if (ast::grammar() < 17) return;
  const Text cases[] = {
      "select json_object('a': 1, 'b' value 2 format json null on null with unique keys returning jsonb), "
      "json_array(1, 2 null on null returning jsonb), json_array(select 1), json_array(), json_object()",
      "select json_objectagg(a: b absent on null with unique) filter (where true), "
      "json_arrayagg(a order by b null on null returning jsonb) over w from c window w as ()",
      "select x is json object with unique keys, x is not json array, json('a' with unique keys), json_scalar(1), "
      "json_serialize(a returning bytea format json encoding utf8)",
      "select json_exists(a, '$' passing 1 as x true on error), json_value(a, '$' returning int default 1 on empty "
      "error on error), json_query(a, '$' with unconditional wrapper), json_query(a, '$' omit quotes null on empty)",
      "select * from json_table(a, '$' as p passing 1 as x columns (o for ordinality, b int path '$.b' null on empty "
      "error on error, c jsonb format json path '$' with wrapper keep quotes, e int exists path '$' true on error, "
      "nested path '$.x' as n columns (z int)) error on error) as jt, lateral json_table(b, '$' columns (c int)) k",
      "merge into a using b on true when not matched by source then delete returning merge_action(), a.*",
  };
  for (const Text& sql : cases) {
    INFO(sql);
    Tree tree = Tree::parse(sql);
    CHECK(fault(tree.statements()[0].node, Kind::statement) == "");
  }
}

TEST_CASE("a query for people has a line a clause", "[print]") {
  Tree tree = Tree::parse(
      "with recent as (select id, created_at, customer_id, total_in_cents from orders where created_at > now() - "
      "interval '1 day') select c.name, count(*) n from customers c join recent r on r.customer_id = c.id left join x "
      "using (id) where c.active and not exists (select 1 from blocked b where b.id = c.id) group by c.name order by "
      "2");
  CHECK(ast::print_pretty(tree.statements()[0].node) ==
        "WITH recent AS (\n"
        "  SELECT\n"
        "    id,\n"
        "    created_at,\n"
        "    customer_id,\n"
        "    total_in_cents\n"
        "  FROM orders\n"
        "  WHERE created_at > now() - '1 day'::interval\n"
        ")\n"
        "SELECT\n"
        "  c.name,\n"
        "  count(*) AS n\n"
        "FROM customers c\n"
        "JOIN recent r ON r.customer_id = c.id\n"
        "LEFT JOIN x USING (id)\n"
        "WHERE c.active\n"
        "  AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.id = c.id)\n"
        "GROUP BY c.name\n"
        "ORDER BY 2");
}

TEST_CASE("a function's body of statements is printed whole", "[print]") {
  Tree tree = Tree::parse(
      "create function f(a int) returns int begin atomic insert into t values (a); select $1; end; "
      "create function g(a int) returns int return a + 1");
  CHECK(ast::print(tree.statements()[0].node["sql_body"]) == "BEGIN ATOMIC INSERT INTO t VALUES (a); SELECT $1; END");
  CHECK(ast::print_pretty(tree.statements()[0].node["sql_body"]) ==
        "BEGIN ATOMIC\n  INSERT INTO t\n  VALUES\n    (a);\n  SELECT $1;\nEND");
  CHECK(ast::print(tree.statements()[1].node["sql_body"]) == "RETURN a + 1");
  Tree rule = Tree::parse("create rule r as on insert to t do also notify x, 'y'");
  CHECK(ast::print(rule.statements()[0].node["actions"].items()[0]) == "NOTIFY x, 'y'");
}

TEST_CASE("what the printer does not know is an error", "[print]") {
  Tree tree = Tree::parse("create table t (a int)");
  CHECK_THROWS_AS(ast::print(tree.statements()[0].node), Error);
  CHECK_THROWS_AS(ast::print(tree.statements()[0].node["relation"]["relname"]), Error);
}

TEST_CASE("as deep as a tree may be, it can be printed", "[print]") {
  Text sum = "a", nested = "1", either = "a = 1";
  for (int i = 0; i < 1000; ++i) sum += " + a";
  for (int i = 0; i < 200; ++i) nested = "(select " + nested + ")";
  CHECK(expression(sum) == sum);
  Tree tree = Tree::parse("select " + nested);
  CHECK(fault(tree.statements()[0].node, Kind::statement) == "");
}

TEST_CASE("every query and expression of real schemas comes back as it was", "[print][corpus]") {
  const std::filesystem::path corpus = shared_folder() / "corpus" / "diff";
  if (!std::filesystem::exists(corpus)) {
    WARN("skipped: no corpus beside the repository (QUOIN_SHARED names another folder)");
    return;
  }
  int checked = 0;
  List faults;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    if (entry.path().extension() != ".sql") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    Text sql{std::istreambuf_iterator<char>(file), {}};
    std::vector<Error> errors;
    Tree tree = Tree::parse_all(sql, errors);
    for (const ast::Statement& s : tree.statements()) check_all(s.node, checked, faults);
  }
  INFO(join(faults, "\n"));
  CHECK(faults.empty());
  CHECK(checked > 1000);
}
