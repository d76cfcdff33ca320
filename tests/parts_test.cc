// A long file is read in parts, and nobody can tell.
#include "core/sql/ast.h"
#include "core/sql/first_statements.h"
#include "parser/replay/verify.h"
#include "tests/catch.h"

using namespace quoin;

namespace {
/// Statements of many kinds, some with semicolons inside, of `bytes` in all.
Text long_text(std::size_t bytes) {
  Text all;
  for (int i = 0; all.size() < bytes; ++i) {
    const Text n = std::to_string(i);
    all += concat("create table t", n, " (a int, b text default 'x;y' /* ; */); -- ; of ", n, "\n");
    all += concat("create function f", n, "() returns int language plpgsql as $body$ begin; perform 1; end; $body$;\n");
    all +=
        concat("create function g", n, "() returns int begin atomic select 1; select case when true then 2 end; end;");
    all += concat("create rule r", n, " as on delete to t", n, " do also (select 1; select 2);\n\n");
  }
  return all;
}
}  // namespace

TEST_CASE("the first statements of a text end where a statement does", "[parts]") {
  const Text text = long_text(20'000);
  const ast::Tree whole = ast::Tree::parse(text);
  for (std::size_t least = 1; least < text.size(); least += 97) {
    const std::size_t size = ast::first_statements(text, least);
    CHECK(size >= std::min(least, text.size()));
    const auto& all = whole.statements();
    const auto next = std::ranges::find_if(all, [&](const ast::Statement& one) { return one.begin >= size; });
    if (next != all.begin()) CHECK(std::prev(next)->end <= size);
    CHECK(ast::Tree::parse(text.substr(0, size)).statements().size() == static_cast<std::size_t>(next - all.begin()));
  }
  CHECK(ast::first_statements("select 1;\n\\connect x\nselect 2;", 10) == 30);
}

TEST_CASE("what a long file does stands where it stands in the file", "[parts]") {
  const Text text =
      concat(long_text(150'000), "  create view v as select nope from t1;\ncreate tabel x ();\nselect 1;\n");
  const ast::Tree whole = ast::Tree::parse(text.substr(0, text.find("create tabel")));
  Migration migration;
  migration.up = {"1.sql", text};
  Ids ids;
  Schema schema = empty_database(ids);
  const Verified verified = verify({&migration, 1}, schema, {"public"});
  REQUIRE(verified.statements.size() == whole.statements().size() + 1);
  for (std::size_t i = 0; i < whole.statements().size(); ++i) {
    CHECK(verified.statements[i].effects.begin == whole.statements()[i].begin);
    CHECK(verified.statements[i].effects.end == whole.statements()[i].end);
  }
  REQUIRE(verified.findings.size() == 2);
  const int line = static_cast<int>(std::ranges::count(text, '\n')) - 2;
  CHECK(verified.findings[0].place == Place{"1.sql", line, 27});
  CHECK(verified.findings[0].rule.text() == "missing");
  CHECK(verified.findings[1].place == Place{"1.sql", line + 1, 8});
  CHECK(verified.findings[1].rule.text() == "syntax");
  const Object* last =
      schema.find(schema.holder({"relation", schema.holder({"schema", Id(), "public", {}}), "t5", {}}));
  REQUIRE(last);
  CHECK(last->place.line > 10);
}
