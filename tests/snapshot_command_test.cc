// quoin snapshot with a folder of pages, and how diff and snapshot tell of mistakes in a desired schema.
#include <unistd.h>

#include "core/base/files.h"
#include "core/postgres/shadow_server.h"
#include "tests/catch.h"
#include "tests/program.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
struct Folder {
  fs::path path = fs::temp_directory_path() / concat("quoin-snapshot-", std::to_string(getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  void add(const Text& name, std::string_view content) const {
    fs::create_directories((path / name).parent_path());
    write_file(path / name, content);
  }
  /// The file with one text in place of another.
  Text with(const Text& name, const Text& old, const Text& now) const {
    Text content = read_file(path / name);
    REQUIRE(content.find(old) != Text::npos);
    return content.replace(content.find(old), old.size(), now);
  }
  Ran run(const List& arguments) const { return run_quoin(arguments, path); }
};
const Text shop =
    "schema: public\ntables:\n  customers: { columns: { id: bigint not null }, primary_key: [id] }\n"
    "  orders:\n    columns: { id: bigint, customer: bigint }\n"
    "    foreign_keys: { orders_fk: (customer) references customers (id) }\n"
    "views:\n  open_orders: select id from orders\n";
// Where no server answers: whoever asks it fails.
const Text nowhere = "postgres://nobody@/none?host=/nonexistent";
}  // namespace

TEST_CASE("a folder of pages: each table has one, and what is stale, missing or too much is named", "[commands]") {
  const Folder folder;
  folder.add("shop.yaml", shop);
  const List write{"snapshot", "shop.yaml", "-o", "docs/"}, check{"snapshot", "shop.yaml", "-o", "docs/", "--check"};
  REQUIRE(folder.run(write).code == 0);
  for (const char* name : {"README.md", "public.customers.md", "public.orders.md", "public-views.md"})
    CHECK(fs::exists(folder.path / "docs" / name));
  CHECK(folder.run(check).code == 0);

  folder.add("docs/public.orders.md", "<!-- quoin snapshot writes this page anew -->\n\nold\n");
  folder.add("docs/public.gone.md", "<!-- quoin snapshot writes this page anew -->\n\n# gone\n");
  folder.add("docs/mine.md", "# Notes of a person\n");
  fs::remove(folder.path / "docs/public-views.md");
  const Ran checked = folder.run(check);
  INFO(checked.err);
  CHECK(checked.code == 1);
  CHECK(holds(checked.err, "docs/public.orders.md is stale from line 3"));
  CHECK(holds(checked.err, "docs/public-views.md is not there"));
  CHECK(holds(checked.err, "docs/public.gone.md is about something that is no more"));
  CHECK_FALSE(holds(checked.err, "mine.md"));

  const Ran written = folder.run(write);
  CHECK(holds(written.err, "4 pages, 2 of them new or changed; removed public.gone.md"));
  CHECK_FALSE(fs::exists(folder.path / "docs/public.gone.md"));
  CHECK(fs::exists(folder.path / "docs/mine.md"));
  CHECK(folder.run(check).code == 0);
}

TEST_CASE("each file of a schema folder is read, or named once", "[commands]") {
  const Folder folder;
  folder.add("schemas/a.YAML", "tables: { a: { columns: { id: bigint } } }\n");
  folder.add("schemas/below/b.Yml", "tables: { b: { columns: { id: bigint } } }\n");
  folder.add("shared/c.yaml", "tables: { c: { columns: { id: bigint } } }\n");
  fs::create_directory_symlink("../shared", folder.path / "schemas/link");
  fs::create_directory_symlink("..", folder.path / "schemas/below/circle");
  for (const char* name : {"schemas/d.yaml~", "schemas/.#a.YAML", "schemas/.e.yaml.swp"}) folder.add(name, "{");
  folder.add("schemas/f.yaml.bak", "{");
  folder.add("schemas/g.yml.txt", "{");
  const Ran ran = folder.run({"snapshot", "schemas", "--format", "sql"});
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  for (const char* table : {"public.a", "public.b", "public.c"})
    CHECK(holds(ran.out, concat("CREATE TABLE ", table, " (")));
  CHECK(ran.err ==
        "schemas/f.yaml.bak: note: left out: its name does not end in .yaml or .yml\n"
        "schemas/g.yml.txt: note: left out: its name does not end in .yaml or .yml\n");
}

TEST_CASE("mistakes of YAML are told before any server is asked, and equal sources need none", "[commands]") {
  const Folder folder;
  folder.add("a.yaml", shop);
  folder.add("b.yaml", "# the same\n" + shop);
  folder.add("wrong.yaml", shop + "tabels: {}\n");
  const Ran wrong = folder.run({"diff", "--from", "a.yaml", "--to", "wrong.yaml", "--shadow", nowhere});
  CHECK(wrong.code == 2);
  CHECK(holds(wrong.err, "wrong.yaml:9:1: error: \"tabels\" is no key of a document"));
  const Ran equal = folder.run({"diff", "--from", "a.yaml", "--to", "b.yaml", "--shadow", nowhere});
  INFO(equal.err);
  CHECK(equal.code == 0);
  CHECK(holds(equal.err, "no difference"));
  folder.add("other.yaml", shop + "  more: select 1 as a\n");
  CHECK(folder.run({"diff", "--from", "a.yaml", "--to", "other.yaml", "--shadow", nowhere}).code == 2);
}

TEST_CASE("what the shadow server refuses is told with the object and its place in the YAML", "[commands][live]") {
  if (!shadow::find_binaries({})) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  const Folder folder;
  folder.add("a.yaml", shop + "  wrong: |\n    select id,\n      lower(id) as name\n    from orders\n");
  const Ran ran = folder.run({"diff", "--from", "empty:", "--to", "a.yaml"});
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK(holds(ran.err, "a.yaml:9:3: error: view public.wrong: function lower(bigint) does not exist"));
  CHECK(holds(ran.err, "    wrong: |\n    ^\n"));
  const Ran json = folder.run({"--json", "diff", "--from", "empty:", "--to", "a.yaml"});
  CHECK(holds(json.err, "\"object\": \"view public.wrong\""));
  CHECK(holds(json.err, "\"line\": 9"));

  folder.add("a.yaml",
             "tables:\n  t:\n    columns:\n      a: integer default 7\n      b: integer default 'x'\n      c: text "
             "default 'x'\n");
  const Ran value = folder.run({"diff", "--from", "empty:", "--to", "a.yaml"});
  INFO(value.err);
  CHECK(holds(value.err, "a.yaml:5:7: error: default of column public.t.b: invalid input syntax for type integer"));

  folder.add("a.sql", "create table t (a integer);\n\ncreate view v as\n  select lower(a) from t;\n");
  const Ran sql = folder.run({"diff", "--from", "empty:", "--to", "a.sql"});
  INFO(sql.err);
  CHECK(holds(sql.err, "a.sql:4:10: error: function lower(integer) does not exist"));
}

TEST_CASE("a text without quotes as a default is told how to be written", "[commands]") {
  const Folder folder;
  folder.add("a.yaml", "tables:\n  t:\n    columns:\n      a: text default abc\n");
  const Ran ran = folder.run({"snapshot", "a.yaml", "--format", "json"});
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK(holds(ran.err, "a.yaml:4:7: error: default of column public.t.a cannot read a column, and abc is none"));
  CHECK(holds(ran.err, "hint: quote it: 'abc'"));
}

TEST_CASE("what a person wrote is not written over", "[commands]") {
  const Folder folder;
  write_file(folder.path / "shop.yaml", "schema: shop\ntables: { a: { columns: { id: bigint } } }\n");
  const auto run = [&](List arguments, const List& more = {}) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_quoin(arguments, folder.path);
  };
  const std::pair<const char*, List> cases[] = {
      {"DATABASE.md", {"snapshot", "shop.yaml"}},
      {"docs/README.md", {"snapshot", "shop.yaml", "-o", "docs/"}},
      {"docs/shop.a.md", {"snapshot", "shop.yaml", "-o", "docs/"}},
      {"a.yaml", {"snapshot", "shop.yaml", "--format", "yaml", "-o", "a.yaml"}},
      {"a.sql", {"snapshot", "shop.yaml", "--format", "sql", "-o", "a.sql"}},
      {"a.json", {"snapshot", "shop.yaml", "--format", "json", "-o", "a.json"}},
      {"a.mmd", {"snapshot", "shop.yaml", "--format", "mermaid", "-o", "a.mmd"}},
      {"up.sql",
       {"diff", "--from", "empty:", "--to", "shop.yaml", "--shadow", "off", "--section", "up", "-o", "up.sql"}},
  };
  fs::create_directories(folder.path / "docs");
  for (const auto& [name, arguments] : cases) {
    INFO(name);
    const fs::path file = folder.path / name;
    write_file(file, "by hand\n");
    const Ran refused = run(arguments);
    INFO(refused.err);
    CHECK(refused.code == 3);
    CHECK(holds(refused.err, "--overwrite"));
    CHECK(read_file(file) == "by hand\n");
    CHECK(run(arguments, {"--overwrite"}).code == 0);
    CHECK_FALSE(holds(read_file(file), "by hand"));
    CHECK(run(arguments).code == 0);  // its own
    fs::remove(file);
    CHECK(run(arguments).code == 0);
  }
  write_file(folder.path / "DATABASE.md", "# Database\n\n7 tables in 2 schemas.\n\nAs an older quoin began them.\n");
  CHECK(run({"snapshot", "shop.yaml"}).code == 0);
}

TEST_CASE("a database with what quoin does not write is written but for that, and comes to rest", "[commands][live]") {
  if (no_server_here()) return;
  const Folder folder;
  const Shadow::Database database = server().create_database();
  database.connect().execute(
      "create type day_row as (at date, n int); alter extension plpgsql add type day_row; create table day of day_row "
      "(primary key (at, n));"
      "create table trip (id int primary key, at date, n int, takes day, foreign key (at, n) references day);"
      "create view days as select at from day; create view later as select at from days;"
      "create function first_day() returns date language sql begin atomic select min(at) from day; end;"
      "create table apart (a int);");
  for (const char* format : {"sql", "yaml"}) {
    INFO(format);
    const Text file = concat("written.", format);
    const Ran ran = folder.run({"snapshot", database.url(), "--format", format, "-o", file, "--strict"});
    INFO(ran.err);
    CHECK(ran.code == 1);
    CHECK(holds(ran.err, "typed table public.day"));
    const Text written = read_file(folder.path / file);
    for (const char* hanging : {"view public.days", "view public.later", "column public.trip.takes",
                                "foreign key public.trip.trip_at_n_fkey", "function public.first_day()"}) {
      CHECK(holds(ran.err, hanging));
      CHECK(holds(written, concat("not in this file, since it needs one of these: ", hanging)));
    }
    CHECK(holds(written, "apart"));
    const Ran diff = folder.run({"diff", "--from", database.url(), "--to", file, "--exit-code"});
    INFO(diff.out << diff.err);
    CHECK(diff.code == 0);
    CHECK(holds(diff.err, "left as it is, since it needs what quoin does not follow yet: column public.trip.takes"));
  }
  CHECK(folder.run({"snapshot", database.url(), "--format", "sql", "-o", "w.sql"}).code == 0);
}

TEST_CASE("a body that the server would refuse today is no obstacle where the database has it", "[commands][live]") {
  if (no_server_here()) return;
  const Folder folder;
  const Shadow::Database database = server().create_database();
  database.connect().execute(
      "SET check_function_bodies = off; CREATE SCHEMA app; CREATE TABLE app.t (a integer); "
      "CREATE FUNCTION app.f(a text) RETURNS text LANGUAGE sql AS 'SELECT lost(a::nowhere)'");
  for (const char* form : {"yaml", "sql"}) {
    INFO(form);
    const Text file = concat("app.", form);
    REQUIRE(folder.run({"snapshot", database.url(), "-o", file}).code == 0);
    const Ran same = folder.run({"diff", "--from", database.url(), "--to", file});
    INFO(same.err);
    CHECK(same.out == "");
    CHECK(holds(same.err, "no difference"));
  }
  SECTION("another change is planned and proven beside it") {
    folder.add("app.yaml", folder.with("app.yaml", "a: integer", "a: integer, b: integer"));
    const Ran more = folder.run({"diff", "--from", database.url(), "--to", "app.yaml"});
    INFO(more.err);
    CHECK(holds(more.out, "ADD COLUMN b integer"));
    CHECK(holds(more.err, "proven: up and down"));
  }
  SECTION("it goes, and the down puts it back unchecked") {
    folder.add("gone.yaml", "schema: app\ntables:\n  t: { columns: { a: integer } }\n");
    const Ran gone = folder.run({"diff", "--from", database.url(), "--to", "gone.yaml"});
    INFO(gone.err);
    CHECK(holds(gone.out, "SET check_function_bodies = off;\nCREATE FUNCTION app.f"));
    CHECK(holds(gone.err, "proven: up and down"));
  }
  SECTION("a new one is checked") {
    folder.add("new.yaml", folder.with("app.yaml", "f(a text)", "g(a text)"));
    const Ran refused = folder.run({"diff", "--from", database.url(), "--to", "new.yaml"});
    CHECK(refused.code == 2);
    CHECK(holds(refused.err, "function app.g(text): type \"nowhere\" does not exist"));
  }
}

TEST_CASE("a state that the server does not make at one go, and a database has, can be desired", "[commands][live]") {
  if (no_server_here()) return;
  const Folder folder;
  const Shadow::Database database = server().create_database();
  database.connect().execute(
      "CREATE TABLE t (a integer); CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'; "
      "CREATE TRIGGER seen BEFORE UPDATE ON t FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION "
      "seen(); "
      "ALTER TABLE t ADD b integer GENERATED ALWAYS AS (a + 1) STORED; CREATE TABLE x (a integer PRIMARY KEY); CREATE "
      "TABLE y (a integer REFERENCES x);");
  REQUIRE(folder.run({"snapshot", database.url(), "-o", "t.yaml"}).code == 0);
  const Ran same = folder.run({"diff", "--from", database.url(), "--to", "t.yaml"});
  INFO(same.err);
  CHECK(same.code == 0);
  CHECK(holds(same.err, "no difference"));
  folder.add("more.yaml", folder.with("t.yaml", "a: integer\n", "a: integer\n      c: text\n"));
  const Ran more = folder.run({"diff", "--from", database.url(), "--to", "more.yaml"});
  INFO(more.err);
  CHECK(holds(more.out, "ADD COLUMN c text"));
  CHECK(holds(more.out, "-- Unproven: more.yaml could not be built on the shadow server"));
  folder.add("less.yaml",
             "schema: public\ntables:\n  x: { columns: { a: integer not null } }\n"
             "  y: { columns: { a: integer }, foreign_keys: { y_a_fkey: (a) references x (a) } }\n");
  const Ran less = folder.run({"diff", "--from", database.url(), "--to", "less.yaml"});
  CHECK(less.code == 2);
  CHECK(holds(less.err, "no unique constraint matching given keys"));
}

TEST_CASE("a view that reads itself, as a database has it, can be desired", "[commands][live]") {
  if (no_server_here()) return;
  const Folder folder;
  const Shadow::Database database = server().create_database();
  database.connect().execute("CREATE VIEW v AS SELECT 1 AS a; CREATE OR REPLACE VIEW v AS SELECT a FROM v;");
  REQUIRE(folder.run({"snapshot", database.url(), "-o", "v.yaml"}).code == 0);
  const Ran same = folder.run({"diff", "--from", database.url(), "--to", "v.yaml"});
  INFO(same.err);
  CHECK(same.code == 0);
  CHECK(holds(same.err, "no difference"));
}

TEST_CASE("a file that was changed since quoin wrote it is not written over", "[commands]") {
  const Folder folder;
  folder.add("shop.yaml", shop);
  for (const char* format : {"yaml", "sql", "mermaid"}) {
    const Text file = concat("copy.", format);
    const List write{"snapshot", "shop.yaml", "--format", format, "-o", file};
    REQUIRE(folder.run(write).code == 0);
    const Text written = read_file((folder.path / file).string());
    CHECK(folder.run(write).code == 0);
    folder.add(file, concat(written, "\n"));
    const Ran refused = folder.run(write);
    CHECK(refused.code == 3);
    CHECK(holds(refused.err, concat(file, " was changed by hand since quoin wrote it")));
    CHECK(read_file((folder.path / file).string()) == concat(written, "\n"));
    folder.add(file, concat("\r\n", written).substr(2));
    folder.add("shop.yaml", concat(shop, "  more: select 1 as a\n"));
    CHECK(folder.run(write).code == 0);  // stale, and as it was written
    folder.add("shop.yaml", shop);
    folder.add(file, concat(written, "\n"));
    List over = write;
    over.emplace_back("--overwrite");
    CHECK(folder.run(over).code == 0);
    CHECK(read_file((folder.path / file).string()) == written);
  }
}

TEST_CASE("a hint to run a command again has the options that were given", "[commands]") {
  const Folder folder;
  folder.add("shop.yaml", shop);
  folder.add("other.yaml", "schemas: desired\n");
  const Ran stale = folder.run({"--config", "other.yaml", "snapshot", "shop.yaml", "-o", "my page.md", "--check"});
  CHECK(stale.code == 1);
  CHECK(holds(stale.err, "quoin --config other.yaml snapshot shop.yaml -o 'my page.md'"));
}

TEST_CASE("where a source that holds nothing takes all away, that is said", "[commands]") {
  const Folder folder;
  folder.add("shop.yaml", shop);
  folder.add("nothing.yaml", "");
  folder.add("comment.yaml", "# not yet\n");
  folder.add("no_tables.yaml", "schema: public\ntables:\n");
  folder.add("comment.sql", "-- not yet\n");
  folder.add("folder/nothing.yaml", "");
  folder.add("migrations/20250101000000_nothing.sql", "-- Up Migration\n-- nothing\n");
  for (const char* to : {"nothing.yaml", "comment.yaml", "no_tables.yaml", "comment.sql", "folder", "migrations"}) {
    INFO(to);
    const Ran ran = folder.run({"diff", "--shadow", "off", "--from", "shop.yaml", "--to", to});
    CHECK(ran.code == 0);
    CHECK(holds(ran.err, "says of nothing that it is to be there, so all that is in shop.yaml is dropped"));
    CHECK_FALSE(holds(folder.run({"diff", "--shadow", "off", "--from", "empty:", "--to", to}).err, "says of nothing"));
  }
  const Ran meant = folder.run({"diff", "--shadow", "off", "--from", "shop.yaml", "--to", "empty:"});
  CHECK(meant.code == 0);
  CHECK(holds(meant.out, "DROP TABLE public.customers"));
}

TEST_CASE("columns that leave a table for a new one beside it leave their rows behind, which is said", "[commands]") {
  const Folder folder;
  folder.add("old.yaml", "tables: { guest: { columns: { id: bigint, street: text, town: text, age: int } } }\n");
  folder.add("new.yaml",
             "tables:\n  guest: { columns: { id: bigint }, primary_key: [id] }\n"
             "  address:\n    columns: { guest: bigint, street: text, town: text, age: text }\n"
             "    foreign_keys: { address_guest: (guest) references guest (id) }\n");
  const Ran ran = folder.run({"diff", "--shadow", "off", "--from", "old.yaml", "--to", "new.yaml"});
  INFO(ran.err);
  CHECK(holds(ran.err, "rows do not move by themselves: street, town of table public.guest"));
}

TEST_CASE("a new project's own checks pass before it has any migration", "[commands]") {
  const Folder folder;
  REQUIRE(folder.run({"init"}).code == 0);
  const Ran ran = folder.run({"verify"});
  CHECK(ran.code == 0);
  CHECK(holds(ran.err, "migrations holds no migrations yet"));
  CHECK(folder.run({"--json", "verify"}).out.find("findings") != Text::npos);
}

TEST_CASE("--strict fails where SQL holds what is not followed, as it does for a database", "[commands]") {
  const Folder folder;
  folder.add("a.sql", "CREATE TYPE pair;\nCREATE TABLE p OF pair;\n");
  for (const char* format : {"sql", "yaml"}) {
    const Ran ran = folder.run({"snapshot", "a.sql", "--format", format, "--strict"});
    INFO(ran.err);
    CHECK(ran.code == 1);
    CHECK(holds(ran.err, "note: "));
  }
  folder.add("a.sql", "REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;\n");
  CHECK(folder.run({"snapshot", "a.sql", "--format", "sql", "--strict"}).code == 1);
  folder.add("a.sql", "CREATE TABLE t (a integer);\n");
  CHECK(folder.run({"snapshot", "a.sql", "--format", "sql", "--strict"}).code == 0);
}

TEST_CASE("a JSON file that quoin did not write is not written over, empty or not", "[commands]") {
  const Folder folder;
  folder.add("shop.yaml", shop);
  for (const char* content : {"", "\n", "{\n  \"objects\": []\n}\n", "{\n  \"objects\": [\n    1\n  ]\n}\n", "{}"}) {
    INFO(content);
    folder.add("x.json", content);
    CHECK(folder.run({"snapshot", "shop.yaml", "--format", "json", "-o", "x.json"}).code == 3);
    CHECK(read_file(folder.path / "x.json") == content);
  }
  const List write{"snapshot", "shop.yaml", "--format", "json", "-o", "x.json", "--overwrite"};
  CHECK(folder.run(write).code == 0);
  folder.add("shop.yaml", shop + "  none: select 1 as one\n");
  CHECK(folder.run({"snapshot", "shop.yaml", "--format", "json", "-o", "x.json"}).code == 0);
}
