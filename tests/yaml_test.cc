// Desired YAML: what it reads, what it refuses and where, and that what is written reads back the same.
#include <filesystem>

#include "core/base/files.h"
#include "core/model/kind.h"
#include "parser/replay/replay.h"
#include "parser/yaml/scalar.h"
#include "tests/catch.h"
#include "tests/yaml_reading.h"

using namespace quoin;

namespace {
void check_round_trip(const Text& text) {
  Read first(text);
  INFO(text);
  REQUIRE(said(first.findings) == "");
  const Text written = write_yaml(first.schema);
  INFO(written);
  Findings findings;
  const YamlText file{"again.yaml", written};
  const Schema again = read_yaml({&file, 1}, first.ids, usual, findings);
  CHECK(said(findings) == "");
  CHECK(differences(first.schema, again) == List());
  CHECK(write_yaml(again) == written);
}

Text with_table(std::string_view lines) {
  return concat("tables:\n  t:\n    columns: { a: integer, b: text }\n", lines);
}
}  // namespace

TEST_CASE("a document's tables, with shorthands and maps") {
  const Read r(R"yaml(schema: app
comment: The application
extensions: [citext]
tables:
  users:
    comment: People
    columns:
      id: bigint generated always as identity
      email: citext not null
      name: { type: text, renamed_from: title, not_null: true, default: "'x'" }
    primary_key: [id]
    unique: { users_email_key: [email] }
    checks: { users_email_check: "email like '%@%'" }
    indexes: { users_name_idx: { keys: [lower(name) desc], unique: true, where: id > 0 } }
)yaml");
  CHECK(said(r.findings) == "");
  CHECK(r.value("comment of schema app", "text") == "The application");
  CHECK(r.find("extension citext") != nullptr);
  CHECK(r.value("column app.users.id", "type") == "bigint");
  CHECK(r.value("identity of column app.users.id", "when") == "");
  CHECK(r.find("not null of column app.users.id") != nullptr);
  CHECK(r.find("not null of column app.users.name") != nullptr);
  CHECK(r.value("default of column app.users.name", "expression") == "'x'");
  CHECK(r.find("column app.users.name")->renamed_from == "title");
  CHECK(r.value("primary key app.users.users_pkey", "columns") == "id");
  CHECK(r.value("index app.users.users_name_idx", "unique") == "true");
  CHECK(r.find("column app.users.email")->place == Place{"a.yaml", 9, 7});
}

TEST_CASE("a key may be named, a comment of public taken away") {
  const Read r("schema: public\ncomment: ''\n" + with_table("    primary_key: { name: t_key, columns: [a] }\n"));
  CHECK(said(r.findings) == "");
  CHECK(r.find("primary key public.t.t_key") != nullptr);
  CHECK(r.find("comment of schema public") == nullptr);
}

TEST_CASE("routines are known by the types that go in") {
  const Read r(R"yaml(types:
  mood: { enum: [sad, ok] }
functions:
  f(a mood, b numeric(10,2) default 1.5, out c text): { language: sql, body: "select 'x'" }
  f(variadic xs integer[]): { returns: integer, language: sql, body: select 1 }
)yaml");
  CHECK(said(r.findings) == "");
  CHECK(r.value("function public.f(public.mood, numeric)", "arguments") ==
        "a public.mood | b numeric DEFAULT 1.5 | OUT c text");
  CHECK(r.find("function public.f(integer[])") != nullptr);
}

TEST_CASE("names are found in the document's schema, then in public, whatever the order") {
  const Read r(R"yaml(schema: app
views:
  a: select b.x from b
  b: select id as x from people
---
tables:
  people: { columns: { id: integer } }
)yaml");
  CHECK(said(r.findings) == "");
  CHECK(r.value("view app.a", "query").find("app.b") != Text::npos);
  CHECK(r.value("view app.b", "query").find("public.people") != Text::npos);
}

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

TEST_CASE("a date without quotes is no sum, a word is one of those that the field knows") {
  const std::pair<Text, Text> cases[] = {
      {"tables:\n  t:\n    columns:\n      a: { type: date, default: 2024-01-31 }\n",
       "4:33 yaml-value: SQL takes 2024-01-31 for a subtraction (quote it: '2024-01-31' (as a value of its own in "
       "YAML: "
       "\"'2024-01-31'\"))\n"},
      {"tables:\n  t:\n    columns:\n      a: date default 2024-01-31 not null\n",
       "4:10 yaml-value: SQL takes 2024-01-31 for a subtraction (quote it: '2024-01-31' (as a value of its own in "
       "YAML: "
       "\"'2024-01-31'\"))\n"},
      {"tables:\n  t:\n    columns: { a: integer default 2024-1 }\n", ""},
      {"tables:\n  t: { columns: { a: text }, grants: { app: [selct] } }\n",
       "2:46 yaml-value: \"selct\" is not known for privileges of a table (did you mean select?)\n"},
      {"tables:\n  t: { columns: { a: text }, grants: { app: [SELECT, update with grant option] } }\n", ""},
      {"functions:\n  f(): { returns: integer, language: sql, volatility: steady, body: select 1 }\n",
       "2:55 yaml-value: \"steady\" is not known for volatility (one of: immutable, stable, volatile)\n"},
      {"types:\n  e: { enum: [a, { name: b, old: c }] }\n",
       "2:29 yaml-key: \"old\" says nothing of a name in this list (write { name: …, renamed_from: … })\n"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(said(Read(text).findings) == expected);
  }
}

TEST_CASE("a label's former name is read and written") {
  const Read r("types:\n  e: { enum: [a, { name: b, renamed_from: c }] }\n");
  CHECK(r.findings.empty());
  REQUIRE(r.find("enum public.e"));
  CHECK(r.value("enum public.e", "enum") == "a | b");
  using Parts = std::vector<std::pair<Text, Text>>;
  CHECK(r.find("enum public.e")->renamed_parts == Parts{{"c", "b"}});
  CHECK(Read(write_yaml(r.schema)).find("enum public.e")->renamed_parts == Parts{{"c", "b"}});
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
       "… })\n"},
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
  CHECK(r.findings[0].rule == "missing");
  CHECK(r.findings[0].object == "column public.t.a");
  CHECK(r.findings[0].hint == "did you mean mood?");
  CHECK(r.findings[1].place.line == 5);
}

TEST_CASE("the example is written and read back as it is, one file or many") {
  namespace fs = std::filesystem;
  std::vector<YamlText> files;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(QUOIN_SOURCE_DIR) / "schemas"))
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const fs::path& path : paths) files.push_back({path.filename().string(), read_file(path)});
  Ids ids;
  Findings findings;
  const Schema schema = read_yaml(files, ids, usual, findings);
  CHECK(said(findings) == "");
  CHECK(schema.size() > 200);
  const YamlText again{"again.yaml", write_yaml(schema)};
  const Schema read_again = read_yaml({&again, 1}, ids, usual, findings);
  CHECK(said(findings) == "");
  CHECK(differences(schema, read_again) == List());
  CHECK(write_yaml(read_again) == again.text);
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

TEST_CASE("what is assumed may be named in documents, and is none of theirs") {
  const YamlText file{"a.yaml", R"(schema: public
tables:
  t:
    columns:
      owner: uuid not null default auth.uid()
      feeling: mood
      other: gloom
    foreign_keys:
      t_owner_fkey: { columns: [owner], references: auth.users }
    policies:
      own: { using: owner = auth.uid() and seen(feeling) }
)"};
  const Assumed assumed{{"auth"}, {{"pre.sql", R"(
create type mood as enum ('sad', 'ok');
create function seen(mood) returns boolean language sql as 'select true';
)"}}};
  Ids ids;
  Findings findings;
  const Schema schema = read_yaml({&file, 1}, ids, Surroundings{usual, assumed}, findings);
  CHECK(said(findings).find("gloom") != Text::npos);
  CHECK(findings.size() == 1);
  CHECK(write_yaml(schema).find("create") == Text::npos);
  schema.each([](const Object& object) { CHECK(path(object.id).find("mood") == Text::npos); });
}

TEST_CASE("which index tells old rows apart, the index says") {
  const Text head = "schema: public\ntables:\n  t:\n    replica_identity: ",
             rest = "    columns: { a: integer not null }\n";
  const Text marked = "    unique: { t_a_key: { columns: [a], replica_identity: true } }\n";
  const auto identity = [&](const Text& text) { return Read(text).value("table public.t", "replica_identity"); };
  CHECK(identity(head + "index\n" + rest + marked) == "index");
  CHECK(identity(head + "index\n" + rest) == "");
  CHECK(identity(head + "full\n" + rest + marked) == "index");
}

TEST_CASE("a policy in SQL's own short form") {
  const Text head = with_table("    row_security: true\n    policies:\n");
  const Read r(
      head +
      "      own: a > 0\n      seen: for select to app, \"Admin\" using (a > 1)\n"
      "      kept: as restrictive for update using (a > 2) with check (a > 3)\n      made: with check (a > 4)\n");
  CHECK(said(r.findings) == "");
  CHECK(r.value("policy public.t.own", "using") == "a > 0");
  CHECK(r.value("policy public.t.seen", "roles") == "Admin | app");
  CHECK(r.value("policy public.t.seen", "command") == "select");
  CHECK(r.value("policy public.t.kept", "restrictive") == "true");
  CHECK(r.value("policy public.t.kept", "check") == "a > 3");
  CHECK(r.value("policy public.t.made", "check") == "a > 4");
  const Text written = write_yaml(r.schema);
  CHECK(written.find("own: a > 0\n") != Text::npos);
  CHECK(written.find("seen: for select to \"Admin\", app using (a > 1)\n") != Text::npos);
  CHECK(written.find("kept: as restrictive for update using (a > 2) with check (a > 3)\n") != Text::npos);
  check_round_trip(written);
  CHECK(said(Read(head + "      own: for selec using (a > 0)\n").findings).starts_with("6:16 yaml-sql: "));
}

TEST_CASE("odd names and texts come back as they were") {
  check_round_trip(R"yaml(schema: "no"
comment: "on\n  # two lines\n\ttab "
types:
  "yes": { enum: ["no", on, "", " x ", "a: b", "a #b", "1.0", "~", "null", "- x", "ä€𝄞", "'", "\"", "\\", "a,b", "{", "x\ny"] }
tables:
  "Odd Name":
    columns:
      "1.0": { type: text, comment: "null" }
      "a b": text not null default ''
      "y": { type: integer, renamed_from: "n" }
      "q\"q": "text[] default '{}'"
    indexes: { "no": ["\"a b\" desc", "(lower(\"1.0\"))"] }
)yaml");
  check_round_trip(
      "functions:\n  f():\n    returns: trigger\n    language: plpgsql\n    body: \"\\nbegin\\n\\n   return "
      "new;\\n  end;\\n\\n\"\n  g(): { returns: void, language: plpgsql, body: \"  begin\\n end\" }\n"
      "  h(): { returns: void, language: plpgsql, body: \"begin\\r\\nend\" }\n");
}

TEST_CASE("scalars are plain only where every YAML reads them as they are") {
  using namespace yaml;
  for (const char* text : {"no",   "Yes", "on",    "y",   "~",    "null",       "",    " a",   "a ",   "1",   "1.0",
                           "0x1f", "1e3", "12:30", "-1",  ".5",   "2001-01-01", "- a", "a: b", "a #b", "a:",  "#a",
                           "&a",   "*a",  "!a",    "%a",  "@a",   "`a",         "'a",  "\"a",  "[a",   "{a",  "|",
                           ">",    "? a", ", a",   "---", "a\tb", "a\nb",       "=",   "<<",   "true", "Null"}) {
    INFO(text);
    CHECK_FALSE(is_plain(text, Context::block));
  }
  for (const char* text : {"a", "a b", "-w", "a::text", "now()", "(a, b) references t", "a,b", "x[1]", "it's", "a#b"})
    CHECK(is_plain(text, Context::block));
  for (const char* text : {"a,b", "x[1]", "numeric(10,2)", "{a", ":x"}) CHECK_FALSE(is_plain(text, Context::flow));
  CHECK(quoted("a\"b") == "'a\"b'");
  CHECK(quoted("a'b") == "\"a'b\"");
  CHECK(quoted("a\u2028b") == "\"a\\Lb\"");
}

TEST_CASE("long lines fold, blocks keep what they can") {
  using namespace yaml;
  CHECK(literal_block("a\nb", 0) == "|-\n  a\n  b");
  CHECK(literal_block("a\nb\n", 2) == "|\n    a\n    b");
  CHECK(literal_block(" a\nb", 0) == "|2-\n   a\n  b");
  CHECK(literal_block("a\nb\n\n", 0) == "");
  CHECK(literal_block("a\r\nb", 0) == "");
  CHECK(folded_block("aa bb cc", 0, 5) == ">-\n  aa bb\n  cc");
  CHECK(folded_block("aa  bb", 0, 3) == "");
}

TEST_CASE("the editors' schema is current") {
  const Text file = concat(QUOIN_SOURCE_DIR, "/schemas/quoin.schema.json");
  if (std::getenv("QUOIN_UPDATE")) write_file(file, yaml_json_schema());
  const bool current = read_file(file) == yaml_json_schema();
  INFO("write it anew with QUOIN_UPDATE=1");
  CHECK(current);
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
      Catch::Contains("one of: execute, execute with grant option"));
  CHECK_THAT(told("views: { v: { query: select 1 as one, triggers: { t: { timing: instead of x, events: [insert], "
                  "function: f } } } }\n"),
             Catch::Contains("\"instead of x\" is not known for timing"));
  const Read r(with_table("    grants: { app: [SELECT, insert with grant option] }\n"));
  CHECK(said(r.findings).empty());
  CHECK(r.value("grant of table public.t to app", "privileges") != "");
}

TEST_CASE("tables that would be partitions of themselves are read to an end") {
  const Read r(R"(schema: public
tables:
  a: { partition_by: range (at), partition_of: public.b, bound: from (1) to (2), columns: { at: integer default 3 },
       indexes: { i: [at] }, primary_key: [at] }
  b: { partition_by: range (at), partition_of: public.a, bound: from (1) to (2), columns: { at: integer } }
  c: { partition_of: public.a, bound: from (1) to (2) }
  d: { partition_of: public.d, bound: from (1) to (2), columns: { at: integer not null } }
)");
  CHECK(
      said(r.findings) ==
      "3:3 yaml-value: table public.a would be part of itself, by way of table public.b (let it be part of another, or "
      "of none)\n"
      "5:3 yaml-value: table public.b would be part of itself, by way of table public.a (let it be part of another, or "
      "of none)\n"
      "7:3 yaml-value: table public.d would be part of itself (let it be part of another, or of none)\n");
}
