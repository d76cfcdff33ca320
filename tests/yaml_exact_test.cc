// Nothing of a YAML text is passed over: what is not taken as it stands is an error with its line.
#include "tests/catch.h"
#include "tests/yaml_reading.h"

using namespace quoin;

namespace {
struct Case {
  Text text, expected;
};
void check_all(std::span<const Case> cases) {
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(said(Read(text).findings) == expected);
  }
}
const Text indentation = " (check the indentation, and quote values that hold signs of YAML)\n";
}  // namespace

TEST_CASE("an open quote or bracket swallows nothing") {
  const Text rest = "views:\n  v: select 1 as a\n";
  check_all(std::vector<Case>{
      {"comment: \"never closed\n" + rest,
       "1:10 yaml: the quote that begins here is not closed (close it, or, where it is a part of the text, quote all: "
       "'\"never closed')\n"},
      {"comment: 'never closed\n" + rest,
       "1:10 yaml: the quote that begins here is not closed (close it, or, where it is a part of the text, quote all: "
       "\"'never closed\")\n"},
      {"tables:\n  \"t:\n    columns: { a: text }\n",
       "2:3 yaml: the quote that begins here is not closed (close it, or, where it is a part of the text, quote all: "
       "'\"t:')\n"},
      {"tables:\n  t:\n    columns: { a: text }\n    comment: \"one\n  u:\n    columns: { a: text }\n    "
       "comment: two\"\n",
       "4:14 yaml: the quote that begins here is not closed (close it, or, where it is a part of the text, quote all: "
       "'\"one')\n"},
      {"comment: \"two\nlines\"\n",
       "1:10 yaml: the quote that begins here is not closed (close it, or, where it is a part of the text, quote all: "
       "'\"two')\n"},
      {"extensions: [citext\n" + rest,
       "1:13 yaml: the [ that begins here is not closed (close it, or indent the lines that belong to it deeper than "
       "its key)\n"},
      {"tables: { t: { columns: { a: text }\n" + rest,
       "1:14 yaml: the { that begins here is not closed (close it, or indent the lines that belong to it deeper than "
       "its key)\n"},
      {"{schema: a}\n" + rest, "2:1 yaml: this belongs to nothing before it" + indentation},
  });
  const Read folded("comment: \"two\n  lines \\\n  more\n\n  and \\N one\"\nschema: a\n");
  CHECK(said(folded.findings) == "");
  CHECK(folded.value("comment of schema a", "text") == "two lines more\nand \u0085 one");
}

TEST_CASE("what no text of PostgreSQL can hold, and what is no escape") {
  check_all(std::vector<Case>{
      {"comment: \"a\\0b\"\n", "1:12 yaml: no text of PostgreSQL can hold the character U+0000 (leave it out)\n"},
      {"comment: \"a\\u0000b\"\n", "1:12 yaml: no text of PostgreSQL can hold the character U+0000 (leave it out)\n"},
      {"comment: \"a\\ud83d\\ude00\"\n",
       "1:12 yaml: \\ud83d is no character (write the character itself, or \\U and eight hexadecimal digits)\n"},
      {"comment: \"a\\q\"\n",
       "1:12 yaml: \\q means nothing in double quotes (write \\\\ for a backslash, or use single quotes)\n"},
      {"comment: \"a\\x1\"\n", "1:12 yaml: \\x wants 2 hexadecimal digits (fill up with zeros in front)\n"},
  });
}

TEST_CASE("keys are names with a colon") {
  check_all(std::vector<Case>{
      {"tables:\n  \"\": { columns: { a: text } }\n",
       "2:3 yaml-key: a name is missing before this colon (write one between the quotes)\n"},
      {"schema: a\ncomment\n", "2:8 yaml: a colon and a blank are missing after this key" + indentation},
      {"tables:\n  t: { columns: { a: text } }\n  ---\n",
       "3:6 yaml: a colon and a blank are missing after this key" + indentation},
      {"tables: { ? t : { columns: { a: text } } }\n",
       "1:11 yaml: YAML takes this ? for the beginning of a key" + indentation},
      {"tables: { t: { columns: { a: text }, comment: Is it lit? } }\n",
       "1:47 yaml: inside { } and [ ] readers of YAML take this ? each in another way (quote it: \"Is it lit?\")\n"},
      {"extensions: [a: b]\n", "1:14 yaml: a key with a value stands in a list" + indentation},
  });
  const Text long_key = "f(" + Text(1100, 'x') + " text)";
  CHECK(said(Read("functions:\n  ? " + long_key + "\n  : { returns: text, language: sql, body: select 'a' }\n")
                 .findings) == "");
}

TEST_CASE("directives, marks of documents, tabs and comments in odd places") {
  check_all(std::vector<Case>{
      {"%FOO bar\n---\nschema: a\n", "1:1 yaml: quoin does not follow the directive %FOO bar (take the line away)\n"},
      {"schema: a\n%FOO bar\n---\nschema: b\n",
       "2:1 yaml: quoin does not follow the directive %FOO bar (take the line away)\n"},
      {"%YAML 1.2\nschema: a\n", "2:1 yaml: a --- belongs after a directive (put it on a line of its own)\n"},
      {"%YAML 1.2\n---\nschema: a\n...\nschema: b\n---\n", ""},
      {"tables:\n  t: { columns: {\n\ta: text } }\n",
       "3:2 yaml: this line is indented by a tab, which YAML does not count (indent by spaces)\n"},
      {"comment: \"a\"#b\n",
       "1:13 yaml: YAML wants a blank before the # of a comment (put one there, or quote the value with the #)\n"},
      {"extensions: [a,#b\n  c]\n",
       "1:16 yaml: YAML wants a blank before the # of a comment (put one there, or quote the value with the #)\n"},
      {"extensions:\t[a, # why\n  b]\n# the end\n", ""},
  });
}

TEST_CASE("blocks hold the lines that are indented deeper") {
  const Text deeper = " (indent it as deep, or say the depth after the | (as |2))\n";
  check_all(std::vector<Case>{
      {"comment: |\n    one\n  two\n",
       "3:3 yaml: this line is indented less than those of the block before it" + deeper},
      {"comment: |# why\n  one\n", "1:11 yaml: YAML wants a blank before the # of a comment (put one there)\n"},
      {"comment: |\nschema: a\n",
       "1:10 yaml: no line belongs to this block (indent its lines deeper than the key; for an empty text write "
       "\"\")\n"},
  });
  const std::pair<Text, Text> values[] = {{"|\n  a\n   b\n\n  c\n\n", "a\n b\n\nc\n"},
                                          {"|-\n  a\n", "a"},
                                          {"|+\n  a\n\n", "a\n\n"},
                                          {"|2\n   a\n", " a\n"},
                                          {">\n  a\n  b\n\n  c\n   d\n  e\n", "a b\nc\n d\ne\n"},
                                          {"| # why\n  a", "a"},
                                          {">-\n  a\n\n\n  b", "a\n\nb"}};
  for (const auto& [block, value] : values) {
    INFO(block);
    const Read r("comment: " + block);
    CHECK(said(r.findings) == "");
    CHECK(r.value("comment of schema public", "text") == value);
  }
}

TEST_CASE("what other YAML takes for true is no name, unless it stands in quotes") {
  for (const char* word : {"yes", "No", "on", "y", "TRUE", "0"}) {
    const Read r(concat("tables:\n  t: { columns: { a: { type: integer, not_null: ", word, " } } }\n"));
    CHECK(said(r.findings) == concat("2:49 yaml-value: \"", word,
                                     "\" is true or false in other YAML, and a name here (write true or false; quote it"
                                     " if it is a name)\n"));
  }
  CHECK(said(Read("tables:\n  t: { columns: { a: { type: integer, not_null: \"yes\" } } }\n").findings) == "");
}

TEST_CASE("things by name are a map") {
  const auto hint = [](std::string_view first) {
    return concat(" (write each on a line of its own, without a dash: ", first, ": …)\n");
  };
  check_all(std::vector<Case>{
      {"tables: [a, b]\n", "1:9 yaml-value: tables are a map by name, not a list" + hint("a")},
      {"tables:\n  - t:\n      columns: { a: text }\n",
       "2:3 yaml-value: tables are a map by name, not a list" + hint("name")},
      {"tables:\n  t:\n    columns:\n      - a: text\n",
       "4:7 yaml-value: columns are a map by name, not a list" + hint("name")},
      {"extensions: [citext, pg_trgm]\n", ""},
  });
}
