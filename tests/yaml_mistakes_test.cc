// Desired YAML: what is refused, in which words, and at which place.
#include "core/model/kind.h"
#include "tests/catch.h"
#include "tests/yaml_reading.h"

using namespace quoin;

TEST_CASE("what YAML does to SQL is said, with its place and the way out") {
  const std::pair<Text, Text> cases[] = {
      {with_table("    checks:\n      c: a > 1 # not zero\n"),
       "5:16 yaml-comment: YAML takes everything from this # on for a comment (quote it: \"a > 1 # not zero\"; or put "
       "a "
       "comment on a line of its own)\n"},
      {"tables:\n  t:\n    columns: { id: numeric(10,2) not null, b: text }\n",
       "3:20 yaml-cut: YAML cuts this value at the comma, after \"numeric(10\" (quote it: \"numeric(10,2) not "
       "null\")\n"},
      {"views: { v: select a, c from tt }\n",
       "1:13 yaml-cut: YAML cuts this value at the comma, after \"select a\" (quote it: \"select a, c from tt\")\n"},
      {"tables:\n  t:\n    columns: { id: text[], b: text }\n",
       "3:20 yaml: YAML cuts this value at the bracket (quote it: \"text[]\")\n"},
      {with_table("    indexes:\n      i:\n        - \"Col\" desc\n"),
       "6:11 yaml: YAML ends this value at the closing quote, and more follows (quote it: '\"Col\" desc')\n"},
      {with_table("    checks: { c: 'x'::text = b }\n"),
       "4:18 yaml: YAML ends this value at the closing quote, and more follows (quote it: \"'x'::text = b\")\n"},
      {"views:\n  v: *\n", "2:6 yaml: YAML gives a value that begins with * a meaning of its own (quote it: \"*\")\n"},
      {with_table("    checks: { c: !a }\n"),
       "4:18 yaml-sign: YAML takes this for a tag, which quoin does not read (quote it: \"!a\")\n"},
      {"tables:\n  t: &x\n    columns: { a: text }\n",
       "2:6 yaml-sign: YAML takes this for an anchor, which quoin does not read (quote it: \"&x\")\n"},
      {with_table("    checks:\n      c: %a\n"),
       "5:10 yaml: YAML gives a value that begins with % a meaning of its own (quote it: \"%a\")\n"},
      {with_table("    checks:\n      c: [1,2] = a\n"),
       "5:10 yaml: YAML ends this value at the closing bracket, and more follows (quote it: \"[1,2] = a\")\n"},
      {concat("tables:\n  ", Text(64, 'x'), ":\n    columns: { a: text }\n"),
       concat("2:3 yaml-sql: table public.", Text(64, 'x'),
              " is a name of 64 bytes, and PostgreSQL keeps 63 of them (give it a shorter one)\n")},
      {with_table("    comment: note: this\n"),
       "4:18 yaml: YAML takes this colon for the end of a key (quote it: \"note: this\")\n"},
      {"domains:\n  d: { type: text, default: null }\n",
       "2:29 yaml-null: YAML reads null as nothing (quote it: \"null\")\n"},
      {"views:\n  v: select 1 -- one\n    as a\n",
       "2:6 yaml-comment: YAML joins these lines, so that the -- comment swallows those after it (begin the value with "
       "| "
       "on a line of its own, which keeps line ends)\n"},
      {"tables:\n\tt: x\n", "2:2 yaml: this line is indented by a tab, which YAML does not count (indent by spaces)\n"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(said(Read(text).findings) == expected);
  }
}

TEST_CASE("mistakes of the format are all said, each at its place") {
  const std::pair<Text, Text> cases[] = {
      {"tables:\n  t:\n    colums: { a: text }\nviewz: {}\n",
       "3:5 yaml-key: \"colums\" is no key of a table (did you mean \"columns\"?)\n"
       "4:1 yaml-key: \"viewz\" is no key of a document (did you mean \"views\"?)\n"},
      {"tables:\n  t:\n    columns: { a: text }\n    columns: { b: text }\n",
       "4:5 yaml-duplicate: the key \"columns\" is there twice, first at a.yaml:3:5 (keep one of them)\n"},
      {"tables:\n  t: { columns: { a: text } }\n---\ntables:\n  t: { columns: { a: text } }\n",
       "5:3 yaml-duplicate: table public.t is there twice, first at a.yaml:2:3 (keep one of them)\n"},
      {"tables:\n  t: { columns: { a: text } }\nviews:\n  t: select 1 as a\n",
       "4:3 yaml-duplicate: view public.t takes a name that table public.t at a.yaml:2:3 has (give one of them another "
       "name)\n"},
      {"tables:\n  t: { unlogged: yes }\n",
       "2:18 yaml-value: true or false belongs here (write one of them, without quotes)\n"},
      {"sequences: { s: { start: one } }\n", "1:26 yaml-value: a whole number belongs here (write its digits alone)\n"},
      {"functions:\n  f: { returns: integer, language: sql, body: select 1 }\n",
       "2:3 yaml-key: function f has no list of arguments (write f())\n"},
      {"types:\n  a: [x, y]\n",
       "2:6 yaml-value: which kind of thing this is cannot be told (write { enum: … } or { composite: … } or { range: "
       "… } or { base: … })\n"},
      {"- a\n",
       "1:1 yaml-value: a document is a map, which begins with the name of its schema (write schema: public)\n"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(said(Read(text).findings) == expected);
  }
}

TEST_CASE("what a mistake leaves without a value is a finding, also to what stands on it") {
  const Text table = "tables:\n  a:\n    columns: { id: integer }\n    foreign_keys: { f: (id) references a (id) }\n";
  for (const Text& text :
       {table + "    indexes: { i: { unique: true } }\n",
        table + "    indexes:\n      i: { unique: true, keys: {id] }\n",
        table + "    indexes: { i: { unique: true, keys: { id: 1 } } }\n",
        Text("materialized_views:\n  m: { query: [], indexes: { i: { unique: true, keys: [a] } } }\n"),
        Text("materialized_views:\n  m: { indexes: { i: { unique: true, keys: [a] } } }\n"),
        Text("domains:\n  d: { type: [] }\n  e: d\ntables:\n  t: { columns: { a: d, b: 'e[]' } }\n")}) {
    INFO(text);
    CHECK_FALSE(Read(text).findings.empty());
  }
}

TEST_CASE("broken SQL is found where it stands, in plain text, quotes and blocks") {
  CHECK(
      said(Read("views:\n  v: |\n    select a\n      frm t\n").findings).starts_with("4:11 yaml-sql: view public.v: "));
  CHECK(said(Read(with_table("    checks: { c: a >> }\n")).findings).starts_with("4:22 yaml-sql: check public.t.c: "));
  CHECK(said(Read(with_table("    checks: { c: \"a = = 1\" }\n")).findings).starts_with("4:23 yaml-sql: "));
  CHECK(said(Read("tables:\n  t:\n    columns:\n      a: text not null defaul 1\n").findings)
            .starts_with("4:24 yaml-sql: column public.t.a: "));
}

TEST_CASE("a shorthand says one thing") {
  const Read r("tables:\n  t:\n    columns:\n      a: integer, add column b text\n      c: integer; drop table t\n");
  CHECK(r.find("column public.t.b") == nullptr);
  CHECK(r.find("table public.t") != nullptr);
  CHECK(r.findings.size() == 2);
}

TEST_CASE("what is missing is said with the nearest name") {
  const Read r("types: { mood: { enum: [a] } }\ntables:\n  t:\n    columns: { a: moood }\n    primary_key: [aa]\n");
  REQUIRE(r.findings.size() == 2);
  CHECK(r.findings[0].rule.text() == "missing");
  CHECK(r.findings[0].object == "column public.t.a");
  CHECK(r.findings[0].hint == "did you mean mood?");
  CHECK(r.findings[1].place.line == 5);
}

TEST_CASE("a query that names a column which is not there is told of, in a view as in a policy") {
  const Read read(R"(schema: public
tables:
  t: { columns: { a: integer not null } }
views:
  good: { query: "select a, count(*) from t group by a order by count" }
  bad: { query: select b from t }
)");
  CHECK(said(read.findings) ==
        "6:3 missing: view public.bad needs column public.t.b, which is not there (write it down too, or mend the "
        "name)\n");
}

TEST_CASE("a list or a map where the other belongs is told, never taken for nothing") {
  const auto told = [](const Text& lines, bool in_table = true) {
    return said(Read(in_table ? with_table(lines) : lines).findings);
  };
  CHECK(told("    grants: [reader]\n") ==
        "4:13 yaml-value: grants are a map by name, not a list (write each on a line of its own, without a dash: "
        "reader: [select])\n");
  CHECK(told("    grants: { reader: }\n") ==
        "4:15 yaml-value: a value is missing here (write it after the colon, or take the key away)\n");
  CHECK_THAT(told("    grants: { reader: {} }\n"), Catch::Contains("says nothing of its privileges"));
  CHECK(told("    grants: { reader: { privileges: { select: true } } }\n") ==
        "4:37 yaml-value: privileges takes a list, not a map (write [one, another])\n");
  CHECK(told("    grants: { reader: [] }\n").empty());
  CHECK(told("    primary_key: []\n") ==
        "4:18 yaml-value: columns names nothing (write at least one: what identifies a row)\n");
  CHECK_THAT(told("    foreign_keys: { k: [a] }\n"), Catch::Contains("says nothing of its references"));
  CHECK_THAT(told("    triggers: [touch]\n"), Catch::Contains("triggers are a map by name"));
  CHECK_THAT(told("    triggers: { touch: }\n"), Catch::Contains("a value is missing here"));
  CHECK_THAT(told("    policies: { p: { using: a > 0, roles: { app: true } } }\n"),
             Catch::Contains("roles takes a list, not a map"));
  CHECK(told("    policies: { p: { using: a > 0, roles: \"app, staff\" } }\n") ==
        "4:43 yaml-value: this is one text, with a comma in it (write [app, staff], or [\"app, staff\"] where one is "
        "meant)\n");
  CHECK_THAT(told("    with: [fillfactor]\n"), Catch::Contains("\"fillfactor\" is not a name with its value"));
  CHECK(told("    with: { fillfactor: 70 }\n").empty());
  CHECK_THAT(told("    replica_identity: ful\n"), Catch::Contains("did you mean full?"));
  CHECK_THAT(told("    tablespace: ''\n"), Catch::Contains("tablespace is empty"));
  CHECK_THAT(told("    renamed_from: ''\n"), Catch::Contains("renamed_from is empty"));
  CHECK_THAT(told("    comment:\n"), Catch::Contains("a value is missing here"));
  CHECK_THAT(told("    comment: ''\n"), Catch::Contains("text is empty"));
  CHECK_THAT(told("tables: { t: true }\n", false), Catch::Contains("takes no value of its own"));
  CHECK_THAT(told("types: { e: { enum: { a: b } } }\n", false), Catch::Contains("enum takes a list, not a map"));
  CHECK_THAT(told("procedures: [p]\n", false), Catch::Contains("procedures are a map by name"));
  CHECK_THAT(told("views: { v: { query: select 1 as one, columns: [one] } }\n", false),
             Catch::Contains("\"columns\" is no key of a view"));
}

TEST_CASE("what a kind cannot have is no key of it, and its words are those of where it lies") {
  const auto told = [](const Text& lines) { return said(Read(lines).findings); };
  CHECK_THAT(told("procedures: { p(): { language: sql, body: select 1, returns: integer } }\n"),
             Catch::Contains("\"returns\" is no key of a procedure"));
  CHECK_THAT(told(with_table("    primary_key: { columns: [a], nulls_not_distinct: true }\n")),
             Catch::Contains("\"nulls_not_distinct\" is no key of a primary key"));
  CHECK_THAT(told(with_table("    grants: { app: [execute] }\n")),
             Catch::Contains("\"execute\" is not known for privileges of a table"));
  CHECK_THAT(told(with_table("    grants: { app: [selects] }\n")), Catch::Contains("did you mean select?"));
  CHECK_THAT(
      told("functions: { f(): { returns: integer, language: sql, body: select 1, grants: { app: [select] } } }\n"),
      Catch::Contains("one of: execute, all, execute with grant option"));
  CHECK_THAT(told("views: { v: { query: select 1 as one, triggers: { t: { timing: instead of x, events: [insert], "
                  "function: f } } } }\n"),
             Catch::Contains("\"instead of x\" is not known for timing"));
  const Read r(with_table("    grants: { app: [SELECT, insert with grant option] }\n"));
  CHECK(said(r.findings).empty());
  CHECK(r.value("grant of table public.t to app", "privileges") != "");
}
