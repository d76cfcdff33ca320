// Desired YAML: what it reads, and that what is written reads back the same.
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

TEST_CASE("several words are no name that need not be said, unless they are quoted") {
  const auto findings_of = [](const Text& value) {
    return Read(concat("tables: { t: { columns: { a: { type: integer, not_null: ", value, " } } } }\n")).findings;
  };
  for (const char* value : {"true", "false", "its_name", "'its name'", "{ constraint: its name }"})
    CHECK(findings_of(value).empty());
  const Findings findings = findings_of("yes please");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule.text() == "yaml-value");
  CHECK(findings[0].hint.find("\"yes please\"") != Text::npos);
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

TEST_CASE("a grant of all is what the server makes of it") {
  const Read r(
      with_table("    grants: { app: [all], web: [all, select with grant option], own: all with grant option }\n"));
  CHECK(said(r.findings) == "");
  const Text rest = "delete | insert | maintain | references | ", last = "trigger | truncate | update";
  CHECK(r.value("grant public.t.app", "privileges") == rest + "select | " + last);
  CHECK(r.value("grant public.t.web", "privileges") == rest + "select with grant option | " + last);
  CHECK(r.value("grant public.t.own", "privileges").starts_with("delete with grant option | insert with"));
}
