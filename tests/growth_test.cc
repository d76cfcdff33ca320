// Four times as much takes about four times as long, whatever there is much of. Times are of the processor, and the
// bound is far from what is measured, so that only a square can break it.
#include <ctime>

#include "core/base/secret.h"
#include "core/model/kind.h"
#include "core/model/space.h"
#include "parser/migrations/refusals.h"
#include "parser/replay/verify.h"
#include "parser/yaml/yaml.h"
#include "tests/catch.h"

using namespace quoin;

namespace {
using Make = Text (*)(int);

/// One piece for each number, put together: # in it is the number, @ the one before.
Text repeated(int count, std::string_view piece) {
  Text all;
  for (int i = 1; i <= count; ++i)
    for (const char c : piece) {
      if (c == '#' || c == '@') {
        all += std::to_string(c == '#' ? i : i - 1);
      } else {
        all += c;
      }
    }
  return all;
}

void replayed(const Text& sql) {
  Migration migration;
  migration.up = {"1.sql", sql};
  Ids ids;
  Schema schema = empty_database(ids);
  verify({&migration, 1}, schema, {"$user", "public"});
}
void read_as_yaml(const Text& yaml) {
  Ids ids;
  Findings findings;
  const YamlText file{"1.yaml", yaml};
  read_yaml({&file, 1}, ids, {"$user", "public"}, findings);
}

/// A migration for each line, which needs that of the line's own name.
void needed(const Text& names) {
  std::vector<Migration> all;
  for (const Text& name : split(names, '\n')) {
    all.emplace_back().version = name;
    all.back().up.directives.push_back({"depends-on", name, {}});
  }
  unmet_needs(all);
}

double seconds(void (*work)(const Text&), const Text& text) {
  const std::clock_t begin = std::clock();
  work(text);
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

void check_growth(void (*work)(const Text&), int count, Make make) {
  const Text few = make(count), many = make(4 * count);
  double least = 1e9;
  for (int attempt = 0; attempt < 3 && least > 9; ++attempt)
    least = std::min(least, seconds(work, many) / std::max(seconds(work, few), 0.01));
  CHECK(least < 9);
}
}  // namespace

TEST_CASE("replay grows with the statements") {
  const auto [what, count, make] = GENERATE(table<const char*, int, Make>({
      {"unnamed constraints", 300,
       [](int n) {
         return repeated(n, "CREATE TABLE t# (id int PRIMARY KEY, a int UNIQUE REFERENCES t@, CHECK (a > 0));\n");
       }},
      {"unnamed indexes of one table", 500,
       [](int n) { return "CREATE TABLE t (a int);" + repeated(n, "CREATE INDEX ON t (a);\n"); }},
      {"drops, the first made first", 500,
       [](int n) { return repeated(n, "CREATE TABLE t# (a int);\n") + repeated(n, "DROP TABLE t#;\n"); }},
      {"renames", 500,
       [](int n) { return "CREATE TABLE t0 (id int PRIMARY KEY);" + repeated(n, "ALTER TABLE t@ RENAME TO t#;\n"); }},
      {"columns, one by one", 400,
       [](int n) { return "CREATE TABLE t ();" + repeated(n, "ALTER TABLE t ADD c# int DEFAULT # NOT NULL;\n"); }},
      {"columns at once", 1000,
       [](int n) { return "CREATE TABLE t (c0 int" + repeated(n, ", c# int CHECK (c# > 0)") + ");"; }},
      {"overloads", 300,
       [](int n) {
         return repeated(n, "CREATE TYPE y# AS (a int); CREATE FUNCTION f(y#) RETURNS int RETURN 1;\n") +
                repeated(n, "DROP FUNCTION f(y#);\n");
       }},
      {"default privileges", 1000,
       [](int n) { return repeated(n, "ALTER DEFAULT PRIVILEGES FOR ROLE r# GRANT SELECT ON TABLES TO x;\n"); }},
      {"grants on one table", 500,
       [](int n) { return "CREATE TABLE t ();" + repeated(n, "GRANT SELECT ON t TO r#;\n"); }},
      {"strings and names in quotes", 2000,
       [](int n) { return "CREATE TABLE t (a text);" + repeated(n, "INSERT INTO \"t\" VALUES ('${', E'{{#');\n"); }},
      {"schemas", 300, [](int n) { return repeated(n, "CREATE SCHEMA s#; CREATE TABLE s#.t (a s@.t);\n"); }},
      {"names that are not there", 500, [](int n) { return repeated(n, "CREATE VIEW v# AS SELECT a FROM w#;\n"); }},
      {"names that are there twice", 500,
       [](int n) { return repeated(n, "CREATE TABLE t# ();\n") + repeated(n, "CREATE TABLE t# ();\n"); }},
      {"statements that do not parse", 1000, [](int n) { return repeated(n, "CREATE TABEL t#;\n"); }},
      {"indexes that the server names, between drops", 500,
       [](int n) {
         return "CREATE TABLE t (a int);" +
                repeated(n, "CREATE INDEX ON t (a); CREATE TABLE x (); DROP TABLE x;\n");
       }},
      {"columns that one statement lacks", 1000,
       [](int n) { return "CREATE TABLE t (); CREATE VIEW v AS SELECT 1" + repeated(n, ", t.a#") + " FROM t;"; }},
      {"mistakes on one line", 1000, [](int n) { return repeated(n, "CREATE VIEW v# AS SELECT a FROM w#; "); }},
      {"statements on one line", 1000, [](int n) { return repeated(n, "CREATE TABLE t# (); "); }},
  }));
  CAPTURE(what);
  check_growth(replayed, count, make);
}

TEST_CASE("YAML grows with its lines") {
  const auto [what, count, make] = GENERATE(table<const char*, int, Make>({
      {"tables", 200,
       [](int n) {
         return "schema: public\ntables:\n" +
                repeated(n, "  t#:\n    columns: { id: bigint not null, a: text }  # table\n    primary_key: [id]\n");
       }},
      {"tables on one line", 300,
       [](int n) { return "schema: public\ntables: { " + repeated(n, "t#: { columns: { a: text } }, ") + "}\n"; }},
      {"views, each on one that is read later", 100,
       [](int n) {
         Text all = "schema: public\nviews:\n";
         for (int i = 0; i < n; ++i)
           all +=
               concat("  v", std::to_string(100000 + i), ": ",
                      i + 1 < n ? concat("select * from v", std::to_string(100001 + i)) : Text("select 1 as a"), "\n");
         return all;
       }},
      {"findings", 500, [](int n) { return "schema: public\ntables:\n" + repeated(n, "  t#: { colums: {} }\n"); }},
  }));
  CAPTURE(what);
  check_growth(read_as_yaml, count, make);
}

TEST_CASE("what migrations need is found among many") {
  check_growth(needed, 2000, [](int n) { return repeated(n, "1#\n"); });
}

TEST_CASE("passwords are found among many signs of them") {
  const auto [what, make] = GENERATE(table<const char*, Make>({
      {"literals", [](int n) { return repeated(n, "ALTER ROLE r# PASSWORD 'p#';\n"); }},
      {"open literals", [](int n) { return repeated(n, "password '"); }},
      {"open dollars", [](int n) { return repeated(n, "password $# "); }},
      {"comments", [](int n) { return repeated(n, "password --"); }},
      {"formats", [](int n) { return repeated(n, "format('PASSWORD %L', p#);\n"); }},
      {"formats without an end", [](int n) { return repeated(n, "password %L "); }},
      {"pieces", [](int n) { return repeated(n, "EXECUTE 'PASSWORD ' || p# || 'x';\n"); }},
      {"calls", [](int n) { return repeated(n, "crypt("); }},
      {"URLs", [](int n) { return repeated(n, "a://b:c@d/"); }},
      {"keys", [](int n) { return repeated(n, "%61%62"); }},
      {"words", [](int n) { return repeated(n, "password"); }},
      {"roles", [](int n) { return repeated(n, "alter role r password x "); }},
  }));
  CAPTURE(what);
  check_growth([](const Text& text) { masked(text); }, 2000, make);
}
