// What diff says in words: its summary for a pull request, and each reason once.
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "tests/catch.h"
#include "tests/program.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
struct Pair {
  fs::path folder = fs::temp_directory_path() / concat("quoin-summary-", std::to_string(getpid()));
  explicit Pair(const Text& old_sql, const Text& new_text, const char* new_name = "new.sql") : to(new_name) {
    fs::create_directories(folder);
    write_file(folder / "old.sql", old_sql);
    write_file(folder / to, new_text);
  }
  ~Pair() { fs::remove_all(folder); }
  Ran diff(List more) const {
    List all{"diff", "--from", "old.sql", "--to", to};
    all.insert(all.end(), more.begin(), more.end());
    return run_quoin(all, folder);
  }
  Text to;
};

bool holds(const Text& text, std::string_view part) { return text.find(part) != Text::npos; }
std::size_t count(const Text& text, std::string_view part) {
  std::size_t all = 0;
  for (std::size_t at = text.find(part); at != Text::npos; at = text.find(part, at + 1)) ++all;
  return all;
}
}  // namespace

TEST_CASE("a summary says what changes object by object, what to look at, and whether it was proven", "[live]") {
  const Pair pair(
      "create table person (id int, town text, \"a`b\" int);"
      "create view seen as select id from person; create function f() returns int language sql as 'select 1';",
      "create table person (id bigint, place_id int, \"a`b\" bigint); create table place (id int primary key, town "
      "text);create view seen as select id, place_id from person;"
      "create function f() returns int language sql as 'select 2';");
  const Text offline = pair.diff({"--format", "summary", "--shadow", "off"}).out;
  CHECK(holds(offline, "**Unproven**: no shadow server, so the migration was not run anywhere\n"));
  CHECK(holds(offline, "- **`table public.place`**\n  - made: `columns id, town; primary key place_pkey`\n"));
  CHECK(holds(offline, "  - `column town` dropped\n"));
  CHECK(holds(offline, "- **`function public.f()`**\n  - changed\n"));
  CHECK(holds(offline, "`` column a`b `` changed"));
  CHECK(holds(offline, "#### To look at twice\n"));
  CHECK(holds(offline, "- **data-loss** drops column public.person.town and the data in it\n"));
  CHECK(holds(offline, "#### To look at twice on the way back\n"));
  CHECK(pair.diff({"--format", "summary", "--to", "old.sql", "--shadow", "off"}).out.empty());
  if (no_server_here()) return;
  CHECK(holds(pair.diff({"--format", "summary"}).out, "Proven: up and down on PostgreSQL "));
}

TEST_CASE("what a plan leaves out is told once, and as JSON where nothing was tried", "[live]") {
  const Pair offline("create table t (a int); create type p; create table q of p;",
                     "create table t (b int); create type p;");
  CHECK(holds(offline.diff({"--json", "--shadow", "off"}).out, "\"left_out\""));
  const char* of_an_extension = "create type p as (x int); alter extension plpgsql add type p;";
  const Pair pair(concat("create table t (a int);", of_an_extension, "create table q of p;"),
                  concat("create table t (b int);", of_an_extension));
  if (no_server_here()) return;
  CHECK(count(pair.diff({}).err,
              "left as it is, being of a kind that quoin does not compare yet: typed table public.q") == 1);
}

TEST_CASE("what stands in the way of a function that has to be built anew is said, with what to do", "[live]") {
  if (no_server_here()) return;
  const Pair pair(
      "create function same(int, int) returns boolean language sql as 'select $1 = $2';create type pair as (a int);"
      "alter extension plpgsql add type pair;"
      "create table distant of pair (check (same(a, a)));",
      "create function same(int, int) returns int language sql as 'select 1';");
  const Ran ran = pair.diff({});
  CHECK(ran.code == 2);
  CHECK(holds(ran.err,
              "function public.same(integer, integer) has to be built anew, but quoin could not make typed table "
              "public.distant"));
  CHECK(holds(ran.err, "drop that by hand first"));
}

TEST_CASE("a label's old name that is no label is said") {
  const auto told = [](const char* labels) {
    const Pair pair("create type mood as enum ('sad', 'fine');", concat("types: { mood: { enum: [", labels, "] } }\n"),
                    "new.yaml");
    return pair.diff({"--shadow", "off"}).err;
  };
  CHECK(holds(told("sad, fine, { name: glad, renamed_from: gald }"),
              "'glad' of enum public.mood says renamed_from: gald, but nothing is called that; it is made anew"));
  CHECK(holds(told("sad, { name: fine, renamed_from: sad }"), "both are there; it is left as it is"));
  CHECK(!holds(told("sad, { name: fine, renamed_from: well }"), "renamed_from"));  // renamed before
  CHECK(!holds(told("sad, { name: well, renamed_from: fine }"), "says renamed_from"));
}

TEST_CASE("a plan as JSON says of each step what it is about, why it is there and what it locks") {
  const Pair pair(
      "create table t (id bigint primary key, a integer); create table u (id bigint primary key);",
      "create table t (id bigint primary key, a bigint); create table u (id bigint primary key, t bigint references t);"
      " create index t_a on t (a); create table n (x integer);");
  const Text json = pair.diff({"--format", "json", "--shadow", "off"}).out;
  CHECK(holds(json, R"("object": "column public.t.a")"));
  CHECK(holds(json, R"("field": "type")"));
  CHECK(holds(json, R"("from": "integer")"));
  CHECK(holds(json, R"("to": "bigint")"));
  CHECK(count(json, R"("action": "made")") == 4);
  CHECK(count(json, R"("mode": "SHARE ROW EXCLUSIVE")") == 1);
  CHECK(count(json, R"("mode": "SHARE")") == 1);
  CHECK(count(json, R"("mode": "")") >= 1);  // of the new table
}
