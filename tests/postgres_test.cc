// Live cases run on the server that QUOIN_TEST_DATABASE names, else on a private one where its binaries are installed.
#include "core/postgres/postgres.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"

using namespace quoin;
using postgres::Cell;
using postgres::Connection;

TEST_CASE("a password never shows", "[postgres]") {
  using postgres::without_password;
  CHECK(without_password("postgresql://ann:secret@db:5433/shop?sslmode=require") ==
        "postgresql://ann:***@db:5433/shop?sslmode=require");
  CHECK(without_password("postgres://ann:se@cr/et@db/shop") == "postgres://ann:***@db/shop");
  CHECK(without_password("postgres://db/shop?user=ann&password=x&port=1") ==
        "postgres://db/shop?user=ann&password=***&port=1");
  CHECK(without_password("postgresql://ann@db:5432/shop") == "postgresql://ann@db:5432/shop");
  CHECK(without_password("host=db password='it''s' user=ann").find("it") == Text::npos);
  CHECK(without_password("host = db password = 'a \\' b' user=ann") == "host=db password=*** user=ann");
  CHECK(without_password("shop") == "shop");
}

TEST_CASE("another database of the same server", "[postgres]") {
  using postgres::with_database;
  CHECK(with_database("postgresql://ann:x@db:1/shop?a=b", "my db") == "postgresql://ann:x@db:1/my%20db?a=b");
  CHECK(with_database("postgresql://ann@db", "x") == "postgresql://ann@db/x");
  CHECK(with_database("postgresql:///?host=/tmp&dbname=y", "x") == "postgresql:///x?host=/tmp");
  CHECK(with_database("postgresql://?host=/tmp", "x") == "postgresql:///x?host=/tmp");
  CHECK(with_database("postgresql://[a/b?]:1/y", "x") == "postgresql://[a/b?]:1/x");
  CHECK(with_database("postgresql://a:1,[::/],c/y?z=1", "x") == "postgresql://a:1,[::/],c/x?z=1");
  CHECK(with_database("host=/tmp dbname=a", "b c") == "host=/tmp dbname='b c'");
  CHECK(with_database("", "x") == "dbname='x'");
  CHECK(with_database("host=/tmp\\", "x") == "host=/tmp dbname=x");
}

TEST_CASE("arrays as the server writes them", "[postgres]") {
  using postgres::array_items;
  CHECK(array_items("{}").empty());
  CHECK(array_items("{a,\"b c\",NULL,\"NULL\",\"q\\\"\\\\\",\"\"}") == List{"a", "b c", "", "NULL", "q\"\\", ""});
  CHECK(array_items("[0:1]={1,2}") == List{"1", "2"});
}

TEST_CASE("a server that is not there", "[postgres]") {
  try {
    Connection("postgresql://ann:topsecret@127.0.0.1:1/shop");
    FAIL("connected");
  } catch (const Error& error) {
    const Text said = error.what();
    CHECK(error.code == Code::database);
    for (const char* part : {"127.0.0.1", "port 1,", "database shop", "user ann"}) {
      CHECK(said.find(part) != Text::npos);
    }
    CHECK(said.find("topsecret") == Text::npos);
    CHECK_FALSE(error.hint.empty());
  }
}

TEST_CASE("a conninfo that cannot be read", "[postgres]") {
  for (const Text conninfo : {"postgresql://ann:top%zzsecret@db/shop", "postgresql://ann:tops@ecret/more@db/shop",
                              "postgresql://ann:topsecret@db:port/shop"}) {
    try {
      Connection{conninfo};
      FAIL("connected");
    } catch (const Error& error) {
      CHECK(Text(error.what()).find("ecret") == Text::npos);
      CHECK_FALSE(error.hint.empty());
    }
  }
}

namespace {

/// A scratch database, or nothing (said aloud) where this machine has no server.
std::optional<Shadow> scratch_server() {
  const char* url = std::getenv("QUOIN_TEST_DATABASE");
  std::optional<Shadow> shadow = url != nullptr ? Shadow::at(url) : Shadow::start({});
  if (!shadow) WARN("skipped: no PostgreSQL server binaries here");
  return shadow;
}

}  // namespace

TEST_CASE("a failed statement says all that the server says", "[postgres][live]") {
  auto shadow = scratch_server();
  if (!shadow) return;
  auto database = shadow->create_database();
  Connection connection = database.connect();
  try {
    connection.execute("create table t (a int primary key);\ninsert into t values (1);\nselect é from t");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.sqlstate == "42703");
    CHECK(error.where.line == 0);
    CHECK(error.where.column == 70);
  }
  CHECK(connection.query("select to_regclass('t')")(0, 0) == Cell());
  connection.execute("create table t (a int primary key); insert into t values (1)");
  try {
    connection.query("insert into t values ($1)", std::vector<postgres::Parameter>{"1"});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.sqlstate == "23505");
    CHECK(error.detail.find("(a)=(1)") != Text::npos);
  }
  CHECK_THROWS_AS(connection.execute("copy t from stdin"), Error);
  CHECK(connection.execute("copy t to stdout; select 7").text(0, 0) == "7");
  CHECK(connection.query("select $1::text is null", std::vector<postgres::Parameter>{std::nullopt}).text(0, 0) == "t");
  CHECK(connection.query("update t set a = 2").affected() == 1);
}

TEST_CASE("notices arrive", "[postgres][live]") {
  auto shadow = scratch_server();
  if (!shadow) return;
  auto database = shadow->create_database();
  Connection connection = database.connect();
  List heard;
  connection.on_notice(
      [&](std::string_view severity, std::string_view message) { heard.push_back(concat(severity, ": ", message)); });
  connection.execute("do $$ begin raise notice 'one'; raise warning 'two'; end $$");
  CHECK(heard == List{"NOTICE: one", "WARNING: two"});
}

TEST_CASE("copy_out streams rows and tells NULL from nothing", "[postgres][live]") {
  auto shadow = scratch_server();
  if (!shadow) return;
  auto database = shadow->create_database();
  Connection connection = database.connect();
  std::vector<List> rows;
  const auto collect = [&](std::size_t query, std::span<const Cell> row) {
    List cells{std::to_string(query)};
    for (const Cell& cell : row) cells.push_back(cell ? concat("[", *cell, "]") : "null");
    rows.push_back(cells);
  };
  const std::vector<Text> queries{"select null as a, '' as b, E'x,\"y\"\\nz' as c, '\\.' as d, null as e",
                                  "select 1 as one where false", "select null as only"};
  connection.copy_out("set local search_path = ''", queries, collect);
  CHECK(rows == std::vector<List>{{"0", "[a]", "[b]", "[c]", "[d]", "[e]"},
                                  {"0", "null", "[]", "[x,\"y\"\nz]", "[\\.]", "null"},
                                  {"1", "[one]"},
                                  {"2", "[only]"},
                                  {"2", "null"}});
  CHECK_FALSE(connection.in_transaction());

  const std::vector<Text> broken{"select 1 as a", "select nothing_here as b"};
  try {
    connection.copy_out("", broken, collect);
    FAIL("no error");
  } catch (const Error& error) { CHECK(error.detail.find("nothing_here") != Text::npos); }
  CHECK_FALSE(connection.in_transaction());
  const std::vector<Text> endless{"select generate_series(1, 1000000000) as g"};
  CHECK_THROWS_AS(connection.copy_out("", endless, [](std::size_t, std::span<const Cell>) { throw 1; }), int);
  CHECK_FALSE(connection.in_transaction());
  CHECK(connection.query("select 1").text(0, 0) == "1");
}

TEST_CASE("a server that goes away is said so", "[postgres][live]") {
  auto shadow = scratch_server();
  if (!shadow) return;
  auto database = shadow->create_database();
  Connection connection = database.connect(), other = database.connect();
  other.query("select pg_terminate_backend($1::int)",
              std::vector<postgres::Parameter>{connection.query("select pg_backend_pid()").text(0, 0)});
  try {
    connection.query("select pg_sleep(5)");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(Text(error.what()).find("connection was lost") != Text::npos);
    CHECK_FALSE(error.hint.empty());
  }
  CHECK_FALSE(connection.alive());
}

TEST_CASE("files are written whole", "[files]") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / concat("quoin-files-", std::to_string(::getpid()));
  fs::create_directories(folder);
  write_file(folder / "a", "one");
  fs::permissions(folder / "a", fs::perms::owner_all);
  fs::create_symlink("a", folder / "link");
  write_file(folder / "link", "two");
  CHECK(read_file(folder / "a") == "two");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(fs::status(folder / "a").permissions() == fs::perms::owner_all);
  write_new_file(folder / "b", "b");
  try {
    write_new_file(folder / "b", "c");
    FAIL("written over");
  } catch (const Error& error) { CHECK(error.code == Code::refused); }
  CHECK(read_file(folder / "b") == "b");
  CHECK_THROWS_AS(read_file(folder / "none"), Error);
  CHECK_THROWS_AS(read_file(folder), Error);
  CHECK_THROWS_AS(write_file(folder / "no" / "where", ""), Error);
  std::size_t left = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++left;
  CHECK(left == 3);
  fs::remove_all(folder);
}
