#include "core/base/text.h"

#include "core/base/error.h"
#include "tests/catch.h"

using namespace quoin;

TEST_CASE("identifiers are quoted as the server quotes them", "[text]") {
  CHECK(quote_ident("abc_1") == "abc_1");
  CHECK(quote_ident("Abc") == "\"Abc\"");
  CHECK(quote_ident("1a") == "\"1a\"");
  CHECK(quote_ident("a$b") == "\"a$b\"");
  CHECK(quote_ident("") == "\"\"");
  CHECK(quote_ident("a\"b") == "\"a\"\"b\"");
  CHECK(quote_ident("é") == "\"é\"");
  CHECK(quote_ident("select") == "\"select\"");
  CHECK(quote_ident("left") == "\"left\"");
  CHECK(quote_ident("json_table") == "\"json_table\"");
  CHECK(quote_ident("name") == "name");
  for (const char* name : {"abc_1", "Abc", "a\"b", "\"", "", "select", "a.b"})
    CHECK(unquote_ident(quote_ident(name)) == name);
  CHECK(quote_qualified("", "user") == "\"user\"");
  CHECK(quote_qualified("a", "B") == "a.\"B\"");
}

TEST_CASE("constants and bodies survive quoting", "[text]") {
  CHECK(quote_literal("it's") == "'it''s'");
  CHECK(quote_literal("a\\b'") == "E'a\\\\b'''");
  CHECK(dollar_quote("x") == "$$x$$");
  CHECK(dollar_quote("$$ x") == "$body$$$ x$body$");
  CHECK(dollar_quote("x$") == "$body$x$$body$");
  CHECK(dollar_quote("$$ $body$ x") == "$body1$$$ $body$ x$body1$");
}

TEST_CASE("names are cut at 63 bytes, between characters", "[text]") {
  CHECK(truncate_identifier(Text(70, 'a')).size() == 63);
  CHECK(truncate_identifier(Text(62, 'a') + "é") == Text(62, 'a'));
  CHECK(truncate_identifier("a") == "a");
}

TEST_CASE("text is split, joined and measured", "[text]") {
  CHECK(split("a,,b", ',') == List{"a", "", "b"});
  CHECK(split("", ',') == List{""});
  CHECK(join(List{"a", "b"}, ", ") == "a, b");
  CHECK(quoted_list(List{"a", "B"}) == "a, \"B\"");
  CHECK(trim(" \n a b\t") == "a b");
  CHECK(trim(" ").empty());
  CHECK(lower("ÀB") == "Àb");
  CHECK(characters("é1€") == 3);
  CHECK(concat("a", Text("b"), std::string_view("c")) == "abc");
}

TEST_CASE("UTF-8 is told from other bytes", "[text]") {
  for (Text good : {"", "a", "é", "€", "\xF0\x9F\x98\x80", "\xED\x9F\xBF"}) CHECK(is_utf8(good));
  for (Text bad :
       {"\x80", "\xC0\xAF", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5", "\xE2\x82"}) {
    CHECK_FALSE(is_utf8(bad));
  }
  CHECK_FALSE(is_utf8(std::string_view("a\0", 2)));
}

TEST_CASE("the nearest name is one that a slip explains", "[text]") {
  const List names = {"primary_key", "columns", "comment"};
  CHECK(nearest("colums", names) == "columns");
  CHECK(nearest("Primary_Key", names) == "primary_key");
  CHECK(nearest("commnet", names) == "comment");
  CHECK_FALSE(nearest("indexes", names));
  CHECK_FALSE(nearest("x", names));
}

TEST_CASE("places and digests", "[text]") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Text text = "ab\r\nécd\n";
  CHECK(line_column(text, 0).line == 1);
  CHECK(line_column(text, 6).line == 2);
  CHECK(line_column(text, 6).column == 2);
  CHECK(line_column(text, 99).line == 3);
  CHECK(line_at(text, 1) == "ab");
  CHECK(line_at(text, 5) == "écd");
  CHECK(line_at(text, 8) == "écd");
  CHECK(line_at(text, 9).empty());
  const Text narrow(1500, 'x'), wide(5000, 'y');
  const Text both = concat(narrow, "\r\n", wide, "\nz");
  CHECK(shown_line(both, 700) == narrow);
  CHECK(shown_line(both, narrow.size()) == narrow);
  for (const std::size_t inside : {0, 1, 1999, 2000, 2001, 3000, 4999}) CHECK(shown_line(both, 1502 + inside).empty());
  CHECK(shown_line(both, both.size()) == "z");
  CHECK(shown_line("", 3).empty());
  CHECK(to_string(Place{"f", 2, 3}) == "f:2:3");
  CHECK(to_string(Place{"f"}) == "f");
  CHECK(to_string(Place{}).empty());
  CHECK(exit_code(Code::refused) == 3);
  CHECK(exit_code(Code::usage) == 64);
  CHECK(exit_code(Code::input) == 2);
}
