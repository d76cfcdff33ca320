// Comments that quoin writes: whatever a name holds, it stays inside of them.
#include "core/base/comment.h"

#include "core/sql/ast.h"
#include "parser/migrations/migration.h"
#include "parser/migrations/text.h"
#include "tests/catch.h"
#include "tests/hostile.h"

using namespace quoin;

TEST_CASE("a comment holds any text, and no line of it is more than a comment", "[comment]") {
  const auto sql = [](std::string_view text) { return comment(comment_sign::sql, "WARNING(lock)", text); };
  CHECK(sql("drops x") == "-- WARNING(lock): drops x\n");
  CHECK(sql("") == "-- WARNING(lock):\n");
  CHECK(sql("a\nDROP TABLE b;") == "-- WARNING(lock): a\n-- … DROP TABLE b;\n");
  CHECK(sql("a\r\nb\rc\n\nd\n") == "-- WARNING(lock): a\n-- … b\n-- … c\n-- … \n-- … d\n");
  CHECK(sql("a\n-- Down Migration") == "-- WARNING(lock): a\n-- … -- Down Migration\n");
  CHECK(sql("\x1B[2J\x7F\tx") == "-- WARNING(lock): \\x1B[2J\\x7F\tx\n");
  CHECK(sql("a\xE2\x80\xA8"
            "b\xE2\x80\xAE"
            "c\xC2\x85"
            "d") == "-- WARNING(lock): a\\xE2\\x80\\xA8b\\xE2\\x80\\xAEc\\xC2\\x85d\n");
  CHECK(sql("größer → 漢字 \xF0\x9F\x98\x80") == "-- WARNING(lock): größer → 漢字 \xF0\x9F\x98\x80\n");
  CHECK(comment(comment_sign::yaml, "not in this file", "x\ny: 1") == "# not in this file: x\n# … y: 1\n");
}

TEST_CASE("statements without a carriage return say what they said", "[comment]") {
  const auto same = [](std::string_view sql, std::string_view expected) {
    INFO(sql);
    CHECK(ast::without_carriage_returns(sql) == expected);
    const ast::Tree before = ast::Tree::parse(sql), after = ast::Tree::parse(expected);
    CHECK(ast::fingerprint(before.statements()[0].node) == ast::fingerprint(after.statements()[0].node));
  };
  same("select 1", "select 1");
  same("select\r\n 1\r, 2", "select\n 1\n, 2");
  same("select 'a\r\nit''s\\'", "select E'a\\r\nit''s\\\\'");
  same("select E'a\r\\n'", "select E'a\\r\\n'");
  same("select \"a\r\"\"b\\\"", "select U&\"a\\000D\"\"b\\\\\"");
  same("select U&'a\r\\0041'", "select U&'a\\000D\\0041'");
  same("select $q$a'\r\n\\$q$", "select E'a''\\r\n\\\\'");
  same("select /* a\r\n */ 1 -- b\r\n + 2", "select /* a\n */ 1 -- b\n + 2");
}

TEST_CASE("no text in the head of a file changes what a runner reads in it", "[comment][migration]") {
  Dice dice(20);
  const Migration plain = read_migration("x.sql", to_text({"", "x", "select 1;\n", "select 2;\n"}));
  for (int i = 0; i < 500; ++i) {
    MigrationText text{"", dice.hostile_text(), "select 1;\n", "select 2;\n"};
    text.remarks = {{"Unproven", dice.hostile_text()}, {"Unproven", dice.hostile_text()}};
    const Text file = to_text(text);
    INFO(file);
    const Migration read = read_migration("x.sql", file);
    CHECK(read.up.text == plain.up.text);
    CHECK(read.down->text == plain.down->text);
    CHECK(read.up.directives.empty());
  }
}
