// Many runners where connections are few: a limit, or a pooler.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "core/base/files.h"
#include "runner/lock.h"
#include "tests/catch.h"
#include "tests/program.h"
#include "tests/runner_project.h"
#include "tests/server_here.h"

using namespace quoin;
using namespace quoin::runner;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// A role that may have only so many connections, and its URL of a database.
struct Limited {
  Limited(const Shadow::Database& of, int connections) : database(of) {
    database.connect().execute(concat("create role ", role, " login connection limit ", std::to_string(connections)));
    const Text& all = database.url();
    url = concat(all, all.find('?') == Text::npos ? "?" : "&", "user=", role, "&connect_timeout=2");
  }
  Limited(const Limited&) = delete;
  Limited& operator=(const Limited&) = delete;
  ~Limited() { database.connect().execute(concat("drop role ", role)); }
  const Shadow::Database& database;
  Text role = concat("quoin_limited_", std::to_string(getpid())), url;
};

/// PgBouncer before a server, on a socket in a folder of its own.
class Pooler {
 public:
  Pooler(const Text& url, std::string_view mode, int size) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms::all);
    write_file(folder_ / "users", "\"postgres\" \"\"\n");
    const auto part = [&](std::string_view name) {
      const std::size_t begin = url.find(concat(name, "=")) + name.size() + 1;
      return url.substr(begin, url.find('&', begin) - begin);
    };
    write_file(folder_ / "ini", concat("[databases]\n* = host=", part("host"), " port=", part("port"),
                                       " user=postgres\n[pgbouncer]\nlisten_addr=\nlisten_port=6432\nunix_socket_dir=",
                                       folder_.string(), "\nauth_type=any\nauth_file=", (folder_ / "users").string(),
                                       "\npool_mode=", mode, "\ndefault_pool_size=", std::to_string(size),
                                       "\nignore_startup_parameters=extra_float_digits,options\n",
                                       geteuid() == 0 ? "user=nobody\n" : ""));
    process_ = fork();
    if (process_ == 0) {
      execl(program, program, "-q", (folder_ / "ini").c_str(), nullptr);
      _exit(127);
    }
    for (int tries = 0; tries < 500 && !fs::exists(folder_ / ".s.PGSQL.6432"); ++tries)
      std::this_thread::sleep_for(10ms);
  }
  Pooler(const Pooler&) = delete;
  Pooler& operator=(const Pooler&) = delete;
  ~Pooler() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    fs::remove_all(folder_);
  }
  static bool is_here() {
    if (fs::exists(program)) return true;
    WARN("skipped: no PgBouncer here");
    return false;
  }
  Text url(const Text& database) const {
    return concat("postgresql:///", database, "?user=postgres&host=", folder_.string(), "&port=6432&connect_timeout=3");
  }

 private:
  static constexpr const char* program = "/usr/sbin/pgbouncer";
  fs::path folder_ = fs::path("/tmp") / concat("quoin-pooler-", std::to_string(getpid()));
  pid_t process_ = -1;
};

/// A folder of three migrations, the last of which cannot be one transaction.
struct Folder {
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path / "migrations");
    write_file(path / "migrations/1_a.sql", "create table marks (i int);\ninsert into marks values (1);\n");
    write_file(path / "migrations/2_b.sql", "insert into marks values (2);\nselect pg_sleep(0.1);\n");
    write_file(path / "migrations/3_c.sql", "create index concurrently marks_i on marks (i);\n");
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path = fs::temp_directory_path() / concat("quoin-few-", std::to_string(getpid()));
};

}  // namespace

TEST_CASE("who waits for the lock holds no connection", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  const Limited limited(*database, 3);
  auto first = std::make_unique<LedgerLock>(limited.url, "quoin.migrations", Waiting{0, {}});
  std::vector<std::thread> others;
  std::atomic<int> done = 0;
  for (int i = 0; i < 4; ++i)
    others.emplace_back([&] {
      for (int tries = 0; tries < 100; ++tries) try {
          LedgerLock lock(limited.url, "quoin.migrations", Waiting{20, {}});
          lock.require_held();
          lock.worker().execute("select 1");
          ++done;
          return;
        } catch (const Error& error) {
          // The very first connection may find none left.
          if (!holds(error.what(), "too many connections")) return;
          std::this_thread::sleep_for(20ms);
        }
    });
  std::this_thread::sleep_for(600ms);
  CHECK(done == 0);
  first->require_held();
  first.reset();
  for (std::thread& other : others) other.join();
  CHECK(done == 4);
}

TEST_CASE("a runner that gets only one connection says that it needs two", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  const Limited limited(*database, 1);
  const Error error = error_of([&] { const LedgerLock lock(limited.url, "quoin.migrations", Waiting{0, {}}); });
  CHECK(error.code == Code::database);
  CHECK(holds(error.what(), "no second connection"));
  CHECK(holds(error.hint, "needs two connections"));
}

TEST_CASE("more runners than a pooler has connections run each migration once", "[runner][live]") {
  if (no_server_here() || !Pooler::is_here()) return;
  const Text mode = GENERATE("session", "transaction");
  const auto database = server().create_database();
  const Pooler pooler(database.url(), mode, 3);
  const Folder folder;
  const Text name = database.connect().database();
  const List environment{concat("DATABASE_URL=", pooler.url(name))};
  std::vector<Program> runners;
  for (int i = 0; i < 5; ++i) runners.emplace_back(List{"migrate", "--wait", "30"}, folder.path, environment);
  std::size_t applied = 0;
  for (Program& runner : runners) {
    const Ran ran = runner.wait();
    INFO(ran.err);
    CHECK(ran.code == 0);
    for (const Text& line : split(ran.out, '\n')) applied += line.starts_with("applied ") ? 1u : 0u;
    CHECK(holds(ran.err, "a pooler in transaction mode") == (mode == "transaction"));
  }
  CHECK(applied == 3);
  auto connection = database.connect();
  CHECK(connection.query("select string_agg(i::text, ' ' order by i) from marks").text(0, 0) == "1 2");
  CHECK_FALSE(holder_of(connection, "quoin.migrations"));
}

TEST_CASE("a pooler with one connection is told from a server that does not answer", "[runner][live]") {
  if (no_server_here() || !Pooler::is_here()) return;
  const auto database = server().create_database();
  const Pooler pooler(database.url(), "session", 1);
  const Folder folder;
  const Ran ran =
      run_quoin({"migrate"}, folder.path, {concat("DATABASE_URL=", pooler.url(database.connect().database()))});
  CHECK(ran.code == 2);
  CHECK(holds(ran.err, "no second connection for the work: no connection was to be had within 3 s: the pooler"));
  CHECK(holds(ran.err, "default_pool_size"));
}

TEST_CASE("a server that ends idle sessions does not end the runner's lock", "[runner][live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  if (server().major() < 14) {
    WARN("skipped: this server ends no idle sessions");
    return;
  }
  const Project project(database);
  project.add("1_a.sql", "CREATE TABLE a (id int);\nSELECT pg_sleep(3);\n");
  fs::create_directories(project.path / "migrations");
  fs::rename(project.path / "1_a.sql", project.path / "migrations/1_a.sql");
  postgres::Connection admin = database.connect();
  admin.execute(concat("ALTER DATABASE ", quote_ident(admin.database()), " SET idle_session_timeout = '500ms'"));
  const List environment{concat("DATABASE_URL=", database.url())};
  Program first({"migrate"}, project.path, environment);
  std::this_thread::sleep_for(2s);
  const Ran second = run_quoin({"migrate", "--wait", "0"}, project.path, environment);
  INFO(second.out + second.err);
  CHECK(second.code == 3);
  const Ran done = first.wait();
  INFO(done.err);
  CHECK(done.code == 0);
  CHECK(holds(done.out, "applied 1_a"));
}

TEST_CASE("where there is no room for a connection one is waited for as long as it is said", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  const Limited limited(*database, 2);
  const Folder folder;
  std::vector<postgres::Connection> others;
  for (int i = 0; i < 2; ++i) others.emplace_back(limited.url);
  const List environment{concat("DATABASE_URL=", limited.url)};
  for (const char* command : {"migrate", "status", "rollback"}) {
    INFO(command);
    const Ran ran = run_quoin({command, "--wait", "0"}, folder.path, environment);
    INFO(ran.err);
    CHECK(ran.code == 2);
    CHECK(holds(ran.err, "too many connections for role"));
    CHECK(holds(ran.err, "raise the limit"));
    CHECK(holds(ran.err, "--wait SECONDS"));
    CHECK_FALSE(holds(ran.err, "53300: "));
    CHECK_FALSE(holds(ran.err, "LOCATION"));
  }
  Program waiting({"status", "--wait", "30"}, folder.path, environment);
  std::this_thread::sleep_for(500ms);
  others.clear();
  CHECK(waiting.wait().code == 0);
}

TEST_CASE("a runner that has the lock waits for its second connection too", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  const Limited limited(*database, 2);
  std::optional<postgres::Connection> other(limited.url);
  std::thread later([&] {
    std::this_thread::sleep_for(3s);
    other.reset();
  });
  LedgerLock lock(limited.url, "quoin.migrations", Waiting{20, {}});
  lock.require_held();
  later.join();
}
