#include "base/ast.h"

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
