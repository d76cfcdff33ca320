#include "core/sql/ast.h"

#include "tests/catch.h"

using namespace quoin;
using ast::Node;
using ast::Tree;

namespace {
Text piece(const Tree& tree, std::size_t i) {
  const ast::Statement& s = tree.statements().at(i);
  return Text(tree.text().substr(s.begin, s.end - s.begin));
}
}  // namespace

TEST_CASE("statements lie where their text is, without comments at their ends", "[ast]") {
  Tree tree = Tree::parse("-- head\n/* é */ create table t (a int) -- inside\n ; /* x */ select 1 /* y */ -- z\n; ;");
  REQUIRE(tree.statements().size() == 2);
  CHECK(piece(tree, 0) == "create table t (a int)");
  CHECK(piece(tree, 1) == "select 1");
  Node create = tree.statements()[0].node;
  CHECK(create.is("CreateStmt"));
  CHECK(create["relation"]["relname"].text() == "t");
  CHECK(tree.text().substr(static_cast<std::size_t>(create["relation"].location()), 1) == "t");
}

TEST_CASE("statements around errors are kept and the errors are told", "[ast]") {
  std::vector<Error> errors;
  Tree tree = Tree::parse_all(
      "\\connect x\ncreate table a (b int);\ncreat table;\n"
      "create function f() returns int begin atomic select 1; select case when true then 2 end; end;\n"
      "COPY a (b) FROM stdin;\n1\n2;\n\\.\nselect 'é;' from;\nselect 7;\n",
      errors);
  REQUIRE(tree.statements().size() == 4);
  CHECK(piece(tree, 0) == "create table a (b int)");
  CHECK(piece(tree, 1).ends_with("end; end"));
  CHECK(piece(tree, 3) == "select 7");
  REQUIRE(errors.size() == 4);
  CHECK(errors[0].what() == Text("\\connect is a command of psql, not SQL"));
  CHECK(errors[1].where == Place{"", 3, 1});
  CHECK(errors[2].where.line == 6);
  CHECK(errors[3].where == Place{"", 9, 17});
}

TEST_CASE("an expression and a type stand alone", "[ast]") {
  CHECK(Tree::parse_expression("a + 1").root().is("A_Expr"));
  CHECK(Tree::parse_expression("a + 1").root()["lexpr"].location() == 0);
  CHECK(Tree::parse_type("numeric(10,-2)[]").root()["typmods"].items()[1]["ival"].number() == -2);
  CHECK(Tree::parse_type("a.b%type").root()["pct_type"].flag());
  for (Text bad : {"1; drop table x", "a as b", "*", "1 group by 2", "a from t", "1) or (2", "", "a,b"}) {
    CHECK_THROWS_AS(Tree::parse_expression(bad), Error);
  }
  for (Text bad : {"int + 1", "int as x", "int, 2", "int; select 1", "int from t", ""}) {
    CHECK_THROWS_AS(Tree::parse_type(bad), Error);
  }
}

TEST_CASE("nesting that would take the stack is an error", "[ast]") {
  auto repeat = [](std::string_view part, int times) {
    Text all;
    for (int i = 0; i < times; ++i) all += part;
    return all;
  };
  CHECK_THROWS_AS(Tree::parse("select " + repeat("(", 20000) + "1" + repeat(")", 20000)), Error);
  CHECK_THROWS_AS(Tree::parse("select a" + repeat(" + a", 500000)), Error);
  CHECK_THROWS_AS(Tree::parse("select 1" + repeat(" union select 1", 200000)), Error);
  CHECK(Tree::parse("select a" + repeat(" and a", 50000)).statements().size() == 1);
}

TEST_CASE("the fingerprint is of the tree, not of its layout", "[ast]") {
  auto print = [](std::string_view sql) { return ast::fingerprint(Tree::parse(sql).statements()[0].node); };
  CHECK(print("select  A, 1 -- x") == print("select a,1"));
  CHECK(print("select a, 1") != print("select a, 2"));
  CHECK(print("select 'a'") != print("select a"));
}

TEST_CASE("what the grammars tell in different words reads alike", "[ast]") {
  auto statement = [](const Tree& tree) { return tree.statements().at(0).node; };
  Tree table = Tree::parse(
      "create table t (a int not null, b int generated always as (a) stored, c int check (c > 0) references r, "
      "check (a > -1)) partition by list (a)");
  Node create = statement(table);
  CHECK(create["partspec"]["strategy"].text() == "PARTITION_STRATEGY_LIST");
  Node columns = create["tableElts"];
  CHECK(columns.items()[0]["constraints"].items()[0]["initially_valid"].flag());
  CHECK(columns.items()[1]["constraints"].items()[0]["generated_kind"].text() == "s");
  for (Node constraint : columns.items()[2]["constraints"]) {
    CHECK_FALSE(constraint.has("not_enforced"));
    CHECK_FALSE(constraint.has("is_enforced"));
    CHECK(constraint["initially_valid"].flag());
  }
  CHECK(columns.items()[3]["raw_expr"]["rexpr"]["ival"].number() == -1);

  Tree altered = Tree::parse(
      "alter table t alter a set statistics 5, alter b set statistics - 1, alter constraint c deferrable initially "
      "deferred");
  std::span<const Node> commands = statement(altered)["cmds"].items();
  CHECK(commands[0]["def"].number() == 5);
  CHECK(commands[1]["def"].number() == -1);
  CHECK(commands[2]["def"].is("ATAlterConstraint"));
  CHECK(commands[2]["def"]["conname"].text() == "c");
  CHECK(commands[2]["def"]["alterDeferrability"].flag());
  CHECK(commands[2]["def"]["initdeferred"].flag());
  CHECK_FALSE(commands[2]["def"].has("not_enforced"));

  Tree granted = Tree::parse("grant a to b with admin option; revoke admin option for a from b");
  CHECK(granted.statements()[0].node["opt"].items()[0]["defname"].text() == "admin");
  CHECK(granted.statements()[0].node["opt"].items()[0]["arg"].flag());
  CHECK_FALSE(granted.statements()[1].node["opt"].items()[0]["arg"].flag());

  Tree sequence = Tree::parse("create sequence s increment by -2 minvalue -10 cache 1");
  CHECK(statement(sequence)["options"].items()[0]["arg"].number() == -2);
  CHECK(statement(sequence)["options"].items()[1]["arg"].number() == -10);
  CHECK(statement(Tree::parse("delete from t returning a"))["returningClause"]["exprs"].size() == 1);
  CHECK(statement(Tree::parse("drop operator + (none, int)"))["objects"].items()[0]["objargs"].size() == 2);
  CHECK_FALSE(statement(Tree::parse("drop operator + (none, int)"))["objects"].items()[0]["objargs"].items()[0]);
}

TEST_CASE("SQL of a newer PostgreSQL is named", "[ast]") {
  auto hint = [](std::string_view sql) {
    std::vector<Error> errors;
    Tree::parse_all(sql, errors);
    return errors.empty() ? Text() : errors[0].hint;
  };
  auto names = [&](int since, std::string_view sql, std::string_view word) {
    Text said = hint(sql);
    INFO(sql);
    CHECK(said.empty() == (ast::grammar() >= since));
    if (said.empty()) return;
    CHECK(said.find(concat("PostgreSQL ", std::to_string(since))) != Text::npos);
    CHECK(said.find(word) != Text::npos);
  };
  names(18, "create table t (a int, b int generated always as (a) virtual)", "VIRTUAL");
  names(18, "alter table t add constraint c check (a > 0) not enforced", "NOT ENFORCED");
  names(18, "create table t (a int, b daterange, primary key (a, b without overlaps))", "WITHOUT OVERLAPS");
  names(17, "merge into a using b on true when matched then delete returning *", "MERGE");
  names(17, "select * from json_table(a, '$' columns (b int))", "JSON_TABLE");
  CHECK(hint("select from where").find("PostgreSQL") != Text::npos);
}

TEST_CASE("any bytes are refused or read, with their place", "[ast]") {
  auto place = [](std::string_view sql) {
    try {
      Tree::parse(sql);
    } catch (const Error& error) { return error.where; }
    return Place{};
  };
  CHECK(place("select\n 'é' \xff") == Place{"", 2, 6});
  CHECK(place(std::string_view("a\0b", 3)) == Place{"", 1, 2});
  CHECK(place("select 'é' froom x y") == Place{"", 1, 18});
  std::vector<Error> errors;
  for (Text broken :
       {"'", "\"", "$$", "/*", "$a$ $b$", "\\", "E'\\", "((((", "begin atomic", "U&'", "create rule a ("}) {
    Tree::parse_all(broken + "\n;", errors);
  }
  CHECK(errors.size() >= 11);
}

TEST_CASE("comments are found where they are, and nowhere else", "[ast]") {
  Text sql = "a -- b\n'--' /* c /* d */ */ $x$ -- $x$ \"/*\" e'\\'--' -- f\nab$$ -- g\n$1 ne'\\' -- h";
  List found;
  for (ast::Comment c : ast::comments(sql)) found.push_back(sql.substr(c.begin, c.end - c.begin));
  CHECK(found == List{"-- b", "/* c /* d */ */", "-- f", "-- g", "-- h"});
}

TEST_CASE("a PL/pgSQL function shows its statements", "[ast]") {
  Tree tree = Tree::parse_plpgsql(
      "create function f() returns void language plpgsql as $$ begin perform g(); update t set a = 1; end $$");
  Text json;
  auto walk = [&](auto& self, Node node) -> void {
    if (node.has("query")) json += Text(node["query"].text()) + "|";
    for (Node item : node) self(self, item);
    for (const auto& [name, value] : node.fields()) self(self, value);
  };
  walk(walk, tree.root());
  CHECK(json == "SELECT g()|update t set a = 1|");
  CHECK_THROWS_AS(Tree::parse_plpgsql("create function f() returns void language plpgsql as 'begin if end'"), Error);
}

TEST_CASE("nodes can be made, copied and changed", "[ast]") {
  Tree tree = Tree::parse("select a from b");
  Node select = tree.statements()[0].node;
  Node target = select["targetList"].items()[0];
  Tree other;
  Node copy = other.copy(select);
  CHECK(ast::fingerprint(copy) == ast::fingerprint(select));
  target.set("name", tree.make_text("", "x"));
  CHECK(target["name"].text() == "x");
  CHECK(ast::fingerprint(copy) != ast::fingerprint(select));
  target.set("name", {});
  CHECK(ast::fingerprint(copy) == ast::fingerprint(select));
  Node string = tree.make_text("String", "c");
  target["val"]["fields"].set_items(std::vector<Node>{string, tree.make_text("String", "d")});
  CHECK(target["val"]["fields"].texts() == List{"c", "d"});
  target["val"].become(tree.make("SetToDefault"));
  CHECK(target["val"].is("SetToDefault"));
  CHECK(tree.make_number(0).number() == 0);
  CHECK(tree.make_number(7).number() == 7);
}
