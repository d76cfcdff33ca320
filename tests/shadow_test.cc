#include "core/postgres/shadow.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include "core/base/files.h"
#include "core/postgres/shadow_server.h"
#include "tests/catch.h"
#include "tests/server_here.h"

using namespace quoin;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

fs::path socket_folder(const Text& url) {
  const std::size_t begin = url.find("host=") + 5;
  return url.substr(begin, url.find('&', begin) - begin);
}

bool within(std::chrono::milliseconds limit, const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

/// Processes whose command line mentions a text.
std::size_t processes_of(const Text& mention) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const fs::path line = entry.path() / "cmdline";
    if (entry.path().filename().string().find_first_not_of("0123456789") != Text::npos) continue;
    std::error_code gone;
    if (!fs::exists(line, gone)) continue;
    try {
      count += read_file(line).find(mention) != Text::npos;
    } catch (const Error&) {  // it ended meanwhile
    }
  }
  return count;
}

struct Starter {
  pid_t process = -1;
  int output = -1;
  Text url;
};

[[noreturn]] void serve_until_killed() {
  try {
    shadow::PrivateServer server(*shadow::find_binaries({}));
    postgres::Connection(server.url()).execute("CREATE DATABASE busy TEMPLATE template0");
    postgres::Connection busy(postgres::with_database(server.url(), "busy"));
    const Text line = server.url() + "\n";
    while (write(1, line.data(), line.size()) > 0) pause();
  } catch (const std::exception& error) {
    if (write(1, error.what(), std::strlen(error.what())) < 0) _exit(2);
  }
  _exit(1);
}

/// A child that starts a private server with a database, writes its URL to a pipe and then waits to be killed.
Starter start_in_child() {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    signal(SIGINT, SIG_DFL);
    close(ends[0]);
    dup2(ends[1], 1);
    close(ends[1]);
    serve_until_killed();
  }
  close(ends[1]);
  Starter starter{child, ends[0], {}};
  for (char c = 0; read(ends[0], &c, 1) == 1 && c != '\n';) starter.url += c;
  REQUIRE(starter.url.starts_with("postgresql://"));
  return starter;
}

void nothing_is_left_of(const Starter& starter) {
  // Our end of its output ends: neither the guard nor the server holds it open.
  pollfd output{starter.output, POLLIN, 0};
  CHECK(poll(&output, 1, 5000) == 1);
  char c = 0;
  CHECK(read(starter.output, &c, 1) == 0);
  close(starter.output);
  const fs::path folder = socket_folder(starter.url);
  CHECK(within(10s, [&] { return !fs::exists(folder); }));
  CHECK(within(10s, [&] { return processes_of(folder) == 0; }));
}

}  // namespace

TEST_CASE("a private server is there quickly and gone afterwards", "[shadow][live]") {
  if (no_server_here()) return;
  Text url;
  {
    shadow::PrivateServer warm_up(*shadow::find_binaries({}));
    url = warm_up.url();
  }
  CHECK_FALSE(fs::exists(socket_folder(url)));
  const auto begin = std::chrono::steady_clock::now();
  {
    shadow::PrivateServer server(*shadow::find_binaries({}));
    url = server.url();
    postgres::Connection connection(url);
    CHECK(connection.query("SELECT current_setting('fsync'), current_setting('listen_addresses')").text(0, 0) == "off");
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    UNSCOPED_INFO("from start to first query: " << taken.count() << " ms");
    CHECK(taken < 5s);
  }
  CHECK_FALSE(fs::exists(socket_folder(url)));
  CHECK(processes_of(socket_folder(url)) == 0);
}

TEST_CASE("no variable leads from our own server to another one", "[shadow][live]") {
  if (no_server_here()) return;
  const auto server = Shadow::start(std::nullopt);
  for (const auto& [name, value] : {std::pair("PGHOSTADDR", "127.0.0.1"),
                                    {"PGSERVICE", "there_is_none"},
                                    {"PGTARGETSESSIONATTRS", "standby"},
                                    {"PGTZ", "Mars/X"},
                                    {"PGREQUIREPEER", "root"}}) {
    INFO(name);
    setenv(name, value, 1);
    const postgres::Connection connection(server->url(), postgres::Environment::ignored);
    CHECK(Text(getenv(name)) == value);
    unsetenv(name);
  }
  CHECK_THROWS(postgres::Connection(concat(server->url(), "&hostaddr=127.0.0.1")));
}

TEST_CASE("a killed starter leaves nothing", "[shadow][live]") {
  if (no_server_here()) return;
  const Starter starter = start_in_child();
  CHECK(processes_of(socket_folder(starter.url)) > 0);
  kill(starter.process, SIGKILL);
  waitpid(starter.process, nullptr, 0);
  nothing_is_left_of(starter);
}

TEST_CASE("Ctrl-C to the whole group leaves nothing", "[shadow][live]") {
  if (no_server_here()) return;
  const Starter starter = start_in_child();
  kill(-starter.process, SIGINT);
  waitpid(starter.process, nullptr, 0);
  nothing_is_left_of(starter);
}

TEST_CASE("scratch databases come from template0 and go with their owner", "[shadow][live]") {
  auto server = Shadow::start({});
  if (!server) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  postgres::Connection admin(server->url());
  const auto exists = [&](const Text& name) {
    return admin.query("SELECT 1 FROM pg_database WHERE datname = $1", std::vector<postgres::Parameter>{name}).rows() ==
           1;
  };
  Text name;
  Shadow named = Shadow::at(server->url());
  try {
    auto one = named.create_database(), two = named.create_database();
    CHECK(one.url() != two.url());
    postgres::Connection user = one.connect();
    name = user.database();
    CHECK(exists(name));
    CHECK(named.major() == user.major());
    throw 1;  // with a session still open
  } catch (int) {}
  CHECK_FALSE(exists(name));
  auto again = Shadow::start(server->major());
  CHECK(again->url() == server->url());
}

TEST_CASE("what a dead process left on a named server is dropped", "[shadow][live]") {
  auto server = Shadow::start({});
  if (!server) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  const Text url = server->url();
  const pid_t child = fork();
  if (child == 0) {
    Shadow named = Shadow::at(url);
    auto database = named.create_database();
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  postgres::Connection admin(url);
  const auto left = [&] {
    return admin
        .query("SELECT 1 FROM pg_database WHERE datname LIKE 'quoin_shadow_%_' || $1 || '_%'",
               std::vector<postgres::Parameter>{std::to_string(child)})
        .rows();
  };
  CHECK(left() == 1);
  Shadow named = Shadow::at(url);
  CHECK(left() == 0);
  auto kept = named.create_database();
  Shadow another = Shadow::at(url);
  CHECK(kept.connect().alive());
}

TEST_CASE("binaries that do not work are said so", "[shadow]") {
  const fs::path folder = fs::temp_directory_path() / concat("quoin-broken-", std::to_string(getpid()));
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms(0755));
  for (const char* name : {"postgres", "initdb"}) {
    write_file(folder / name, "#!/bin/sh\necho this is broken >&2\nexit 3\n");
    fs::permissions(folder / name, fs::perms(0755));
  }
  try {
    shadow::PrivateServer server({folder, 15});
    FAIL("started");
  } catch (const Error& error) {
    CHECK(error.code == Code::database);
    CHECK(error.detail.find("this is broken") != Text::npos);
    CHECK(error.hint.find("--shadow") != Text::npos);
  }
  fs::remove_all(folder);
}

TEST_CASE("a subscription does not keep a scratch database from going", "[shadow][live]") {
  const std::optional<Shadow> own = Shadow::start({});
  if (!own) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  Text name;
  {
    Shadow named = Shadow::at(own->url());
    const Shadow::Database scratch = named.create_database();
    postgres::Connection connection = scratch.connect();
    name = connection.database();
    connection.execute("CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)");
  }
  postgres::Connection after(own->url());
  CHECK(after.query("SELECT 1 FROM pg_database WHERE datname = $1", std::vector<postgres::Parameter>{name}).rows() ==
        0);
}

TEST_CASE("a user who may not make databases is told so", "[shadow][live]") {
  const std::optional<Shadow> own = Shadow::start({});
  if (!own) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  postgres::Connection(own->url()).execute("DROP ROLE IF EXISTS poor; CREATE ROLE poor LOGIN");
  Text url = own->url();
  url.replace(url.find("postgres@"), 8, "poor");
  Shadow named = Shadow::at(url);
  for (int tries = 0; tries < 2; ++tries) {
    try {
      named.create_database();
      FAIL("it was let through");
    } catch (const Error& error) {
      CHECK(error.sqlstate == "42501");
      CHECK(error.hint == "give the shadow URL's user the right to make databases: ALTER ROLE poor CREATEDB");
    }
  }
}
