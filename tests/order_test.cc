// An order that works where theirs does not, the files renamed so, and what a branch does to its base.
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/subprocess.h"
#include "tests/catch.h"
#include "tests/program.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
class Folder {
 public:
  Folder() { fs::remove_all(path_), fs::create_directories(path_ / "m"); }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void add(const Text& name, std::string_view content) const {
    fs::create_directories((path_ / "m" / name).parent_path());
    write_file(path_ / "m" / name, content);
  }
  Ran verify(List more = {}) const {
    more.insert(more.begin(), {"verify", "m"});
    return run_quoin(more, path_);
  }
  nlohmann::json json(List more = {}) const {
    more.emplace_back("--json");
    const Ran ran = verify(more);
    INFO(ran.out + ran.err);
    return nlohmann::json::parse(ran.out);
  }
  List names() const { return names_in(path_ / "m"); }
  fs::path file(const Text& name) const { return path_ / "m" / name; }
  int git(List words) const {
    words.insert(words.begin(),
                 {"git", "-C", path_.string(), "-c", "user.email=ann@example.org", "-c", "user.name=Ann"});
    return run_program(words).status;
  }

 private:
  fs::path path_ = fs::temp_directory_path() / concat("quoin-order-", std::to_string(getpid()));
};

bool no_git() {
  if (run_program({"git", "--version"}).status == 0) return false;
  WARN("skipped: no git here");
  return true;
}

List rules_of(const nlohmann::json& said) {
  List rules;
  for (const auto& finding : said["findings"]) rules.push_back(finding["rule"].get<Text>());
  return rules;
}
}  // namespace

TEST_CASE("verify proposes the order with the fewest moves, and says why") {
  const Folder folder;
  folder.add("0001_users.sql", "create table users (id int primary key);");
  folder.add("0002_orders.sql", "create table orders (item int references items, u int references users);");
  folder.add("0003_items.sql", "create table items (id int primary key);");
  folder.add("0004_view.sql", "create view v as select item from orders;");
  const nlohmann::json order = folder.json()["order"];
  CHECK(order["works"] == true);
  REQUIRE(order["moves"].size() == 1);
  CHECK(order["moves"][0]["migration"] == "0002_orders");
  CHECK(order["moves"][0]["after"] == "0003_items");
  CHECK(order["moves"][0]["why"][0] == "0003_items makes table, view or sequence items, which 0002_orders needs");
  CHECK(folder.verify().out.find("0002_orders would work after 0003_items") != Text::npos);
}

TEST_CASE("verify --fix gives files the versions of an order that works, downs along") {
  const Folder folder;
  folder.add("0001_users.up.sql", "create table users (id int primary key);");
  folder.add("0002_orders.up.sql", "create table orders (item int references items);");
  folder.add("0002_orders.down.sql", "drop table orders;");
  folder.add("0003_items.up.sql", "create table items (id int primary key);");
  const Ran ran = folder.verify({"--fix"});
  INFO(ran.out + ran.err);
  CHECK(ran.code == 0);
  CHECK(folder.names() == List{"0001_users.up.sql", "0002_items.up.sql", "0003_orders.down.sql", "0003_orders.up.sql"});
}

TEST_CASE("between times there is room for one more, so that nothing else is renamed") {
  const Folder folder;
  folder.add("20250101000000_orders.sql", "create table orders (item int references items);");
  folder.add("20250102000000_items.sql", "create table items (id int primary key);");
  folder.add("20250103000000_view.sql", "create view v as select item from orders;");
  CHECK(folder.verify({"--fix"}).code == 0);
  CHECK(folder.names() == List{"20250102000000_items.sql", "20250102000001_orders.sql", "20250103000000_view.sql"});
}

TEST_CASE("what only looks like a time is counted on as a number") {
  const Folder folder;
  folder.add("99999999999997_orders.sql", "create table orders (item int references items);");
  folder.add("99999999999998_items.sql", "create table items (id int primary key);");
  CHECK(folder.verify({"--fix"}).code == 0);
  CHECK(folder.names() == List{"99999999999998_items.sql", "99999999999999_orders.sql"});
}

TEST_CASE("verify --fix says what it did, what it did not, and whom it asked") {
  const Folder folder;
  folder.add("0001_orders.sql", "create table orders (item int references items);");
  folder.add("0002_items.sql", "create table items (id int primary key);");
  CHECK(holds(folder.verify().out, "where a database may have run it, name that: --database URL"));
  const Ran first = folder.verify({"--fix"}), second = folder.verify({"--fix"});
  CHECK(holds(first.err, "renamed "));
  CHECK(holds(first.err, "no database is named, so none was asked what it has run"));
  CHECK(holds(second.err, "nothing is renamed: the order is right"));
  folder.add("0003_wrong.sql", "alter table nowhere add x int;");
  CHECK(holds(folder.verify({"--fix"}).err, "nothing is renamed: what is wrong is no matter of order"));
  folder.add("0003_wrong.sql", "-- quoin: depends-on 0005\nselect 1;");
  folder.add("0004_view.sql", "create view v as select * from late;");
  folder.add("0005_late.sql", "create table late (id int);");
  const Text told = folder.verify().out;
  INFO(told);
  CHECK_FALSE(holds(told, "--fix renames it so"));
  CHECK(holds(told, "quoin verify --fix cannot rename it so: "));
}

TEST_CASE("verify --fix lets git rename what git tracks") {
  if (no_git()) return;
  const Folder folder;
  folder.add("V1__orders.sql", "create table orders (item int references items);");
  folder.add("V2__items.sql", "create table items (id int primary key);");
  REQUIRE(folder.git({"init", "-q"}) == 0);
  REQUIRE(folder.git({"add", "."}) == 0);
  REQUIRE(folder.git({"commit", "-qm", "two"}) == 0);
  CHECK(folder.verify({"--fix"}).code == 0);
  CHECK(folder.names() == List{"V1__items.sql", "V2__orders.sql"});
  CHECK(folder.git({"diff", "--quiet"}) == 0);  // the index has it too
}

TEST_CASE("migrations that need each other are no matter of order") {
  const Folder folder;
  folder.add("0001_a.sql", "create table a (id int primary key); alter table b add foreign key (id) references a;");
  folder.add("0002_b.sql", "create table b (id int references a);");
  const nlohmann::json said = folder.json();
  CHECK(!said.contains("order"));
  CHECK(std::ranges::count(rules_of(said), "order") == 1);
}

TEST_CASE("what another migration names by its version keeps it") {
  const Folder folder;
  folder.add("0001_orders.sql", "create table orders (item int references items);");
  folder.add("0002_items.sql", "create table items (id int primary key);");
  folder.add("0003_last.sql", "-- quoin: depends-on 0002\nselect 1;");
  const Ran ran = folder.verify({"--fix"});
  CHECK(ran.code == 3);
  CHECK(ran.err.find("0003_last.sql says depends-on 0002") != Text::npos);
  CHECK(folder.names() == List{"0001_orders.sql", "0002_items.sql", "0003_last.sql"});
}

TEST_CASE("verify --base tells what a branch and its base do to each other") {
  if (no_git()) return;
  const Folder folder;
  folder.add("0001_users.sql", "create table users (id int primary key, nick text);");
  REQUIRE(folder.git({"init", "-q", "-b", "main"}) == 0);
  const auto commit = [&] { return folder.git({"add", "."}) == 0 && folder.git({"commit", "-qm", "more"}) == 0; };
  REQUIRE(commit());
  REQUIRE(folder.git({"checkout", "-qb", "feature"}) == 0);
  folder.add("0002_mine.sql", "alter table users add email text; create view v as select nick from users;");
  REQUIRE(commit());
  REQUIRE(folder.git({"checkout", "-q", "main"}) == 0);
  folder.add("0003_theirs.sql", "alter table users add email text; alter table users drop nick;");
  REQUIRE(commit());
  REQUIRE(folder.git({"checkout", "-q", "feature"}) == 0);
  const nlohmann::json said = folder.json({"--base", "main"});
  CHECK(rules_of(said) == List{"late", "both-make", "dropped-and-used"});
  CHECK(said["findings"][1]["message"] ==
        "both make column public.users.email: the other is main:m/0003_theirs.sql:1:1");
  CHECK(said["findings"][2]["message"] == "it uses column public.users.nick, which main:m/0003_theirs.sql:1:35 drops");
  CHECK(folder.verify({"--base", "nowhere"}).code == 2);
  CHECK(folder.verify().code == 0);
}

TEST_CASE("verify --against tells each difference with the statement to blame") {
  const Folder folder;
  folder.add("0001_users.sql", "create table users (id int);\nalter table users add nick text;");
  write_file(folder.file("../wanted.sql"), "create table users (id int, nick varchar(20), email text);");
  const nlohmann::json said = folder.json({"--against", "wanted.sql"});
  CHECK(rules_of(said) == List{"differs", "differs"});
  CHECK(said["findings"][0]["place"]["line"] == 2);
  CHECK(said["findings"][0]["hint"] == "this statement touched column public.users.nick last");
  CHECK(said["findings"][1]["hint"] == "no migration makes it; this statement touched table public.users last");
}

TEST_CASE("verify --schema finds names in YAML of what is not there") {
  const Folder folder;
  write_file(folder.file("../app.yaml"),
             "tables:\n  users:\n    columns:\n      id: bigint\nviews:\n  v: select nope from users\n");
  const Ran ran = run_quoin({"verify", "--schema", "app.yaml"}, folder.file(".."));
  CHECK(ran.code == 1);
  CHECK(ran.out.find("column public.users.nope, which is not there [missing]") != Text::npos);
}

namespace {
/// A history in which much stands on what came before.
const List history{
    "create table users (id int primary key, name text);",
    "create type mood as enum ('good', 'bad'); alter table users add m mood;",
    "create table orders (id int primary key, u int references users);",
    "create function total(o orders) returns int language sql as $$ select o.id $$;",
    "create view busy as select u, count(*) from orders group by u;",
    "alter table users rename column name to nick;",
    "create index on users (nick);",
    "drop view busy;",
    "alter table orders drop column u; alter table orders rename to purchases;",
    "create view busy as select id from purchases;",
    "drop function total(purchases); create or replace function total(o purchases) returns bigint language sql as $$ "
    "select o.id::bigint $$;",
};

/// The error with which the server refuses it; empty: none.
Text run_on_server(const List& names, const Folder& folder) {
  const Shadow::Database database = server().create_database();
  postgres::Connection connection = database.connect();
  for (const Text& name : names) try {
      connection.execute(read_file(folder.file(name)));
    } catch (const Error& error) { return concat(name, ": ", error.what()); }
  return {};
}
}  // namespace

TEST_CASE("the order that verify proposes runs on a server, wherever one migration was moved", "[live]") {
  if (no_server_here()) return;
  int breaking = 0;
  for (std::size_t from = 1; from < history.size(); ++from)
    for (std::size_t to = 0; to < from; to += 1 + from / 3) {
      List moved = history;
      std::rotate(moved.begin() + static_cast<std::ptrdiff_t>(to), moved.begin() + static_cast<std::ptrdiff_t>(from),
                  moved.begin() + static_cast<std::ptrdiff_t>(from) + 1);
      const Folder folder;
      for (std::size_t i = 0; i < moved.size(); ++i) folder.add(concat(std::to_string(100 + i), "_x.sql"), moved[i]);
      const Text refused = run_on_server(folder.names(), folder);
      INFO(concat("migration ", std::to_string(from), " moved to ", std::to_string(to), ": ", refused));
      const Ran ran = folder.verify({"--fix"});
      INFO(ran.out + ran.err);
      CHECK(ran.code == 0);
      CHECK(run_on_server(folder.names(), folder) == "");
      breaking += refused.empty() ? 0 : 1;
    }
  CHECK(breaking > 5);
}
