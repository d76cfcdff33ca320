// What a stranger's SQL reaches from a throw-away server, even as its superuser.
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/postgres.h"
#include "core/postgres/shadow_server.h"
#include "tests/catch.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

bool kernel_guards_files() { return syscall(444 /* landlock_create_ruleset */, nullptr, 0, 1) > 0; }

bool may_leave_network() {
  const pid_t child = fork();
  if (child == 0) _exit(unshare(CLONE_NEWNET) == 0 ? 0 : 1);
  int status = 1;
  waitpid(child, &status, 0);
  return status == 0;
}

Text refusal(postgres::Connection& connection, const Text& sql) {
  try {
    connection.execute(sql);
  } catch (const Error& error) { return concat(error.what(), "\n", error.detail); }
  return "it was let through";
}

fs::path folder_of(const Text& url) {
  const std::size_t begin = url.find("host=") + 5;
  return url.substr(begin, url.find('&', begin) - begin);
}

pid_t parent_of(pid_t process) {
  const Text status = read_file(concat("/proc/", std::to_string(process), "/stat"));
  return std::atoi(split(std::string_view(status).substr(status.rfind(')') + 2), ' ').at(1).c_str());
}

pid_t server_of(const Text& url) { return std::atoi(read_file(folder_of(url) / "data" / "postmaster.pid").c_str()); }

bool within_ten_seconds(const std::function<bool()>& holds_now) {
  for (int tries = 0; tries < 1000; ++tries) {
    errno = 0;
    if (holds_now()) return true;
    usleep(10000);
  }
  return false;
}

/// A socket that anybody may connect to, in a folder of its own.
class OpenSocket {
 public:
  OpenSocket() {
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms(0755));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    (folder_ / ".s.PGSQL.5432").string().copy(address.sun_path, sizeof address.sun_path - 1);
    number_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(address.sun_path);
    REQUIRE(bind(number_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(listen(number_, 5) == 0);
    fs::permissions(address.sun_path, fs::perms(0777));
  }
  ~OpenSocket() {
    close(number_);
    fs::remove_all(folder_);
  }
  Text folder() const { return folder_.string(); }

 private:
  fs::path folder_ = concat("/tmp/quoin-test-", std::to_string(getpid()));
  int number_ = -1;
};

}  // namespace

TEST_CASE("the superuser of a private server reaches nothing outside of it", "[shadow][confine][live]") {
  if (no_server_here()) return;
  const shadow::PrivateServer server(*shadow::find_binaries({}));
  postgres::Connection connection(server.url());
  const OpenSocket other;
  const Text reached = refusal(
      connection, concat("CREATE SUBSCRIPTION t CONNECTION 'dbname=postgres connect_timeout=2 host=", other.folder(),
                         "' PUBLICATION p"));
  INFO(reached);
  CHECK(holds(reached, "Permission denied"));
  if (!kernel_guards_files()) {
    WARN("files are not guarded by this kernel");
    return;
  }
  const Text outside = concat("/tmp/quoin-outside-", std::to_string(getpid()));
  const Text program = concat(outside, "-touched");
  CHECK_FALSE(refusal(connection, concat("COPY (SELECT 1) TO PROGRAM 'touch ", program, "'")) == "it was let through");
  CHECK_FALSE(fs::exists(program));
  CHECK(holds(refusal(connection, concat("COPY (SELECT 1) TO '", outside, "'")), "Permission denied"));
  CHECK_FALSE(fs::exists(outside));
  write_file(outside, "secret\n");
  fs::permissions(outside, fs::perms(0644));
  CHECK(holds(refusal(connection, concat("SELECT pg_read_file('", outside, "')")), "Permission denied"));
  CHECK(holds(refusal(connection, "SELECT pg_ls_dir('/home')"), "Permission denied"));
  fs::remove(outside);
  CHECK(connection.query("SELECT pg_read_file('PG_VERSION')").rows() == 1);  // its own it may read
}

TEST_CASE("as root, a private server runs as nobody and has a network of its own", "[shadow][confine][live]") {
  if (no_server_here() || geteuid() != 0) return;
  const shadow::PrivateServer server(*shadow::find_binaries({}));
  const pid_t process = server_of(server.url());
  const Text status = read_file(concat("/proc/", std::to_string(process), "/status"));
  CHECK(holds(status, "\nUid:\t65534\t65534\t65534\t65534\n"));
  CHECK(holds(status, "\nGroups:\t \n"));
  CHECK(holds(status, "\nNoNewPrivs:\t1\n"));
  const auto network = [](const Text& who) { return fs::read_symlink(concat("/proc/", who, "/ns/net")); };
  if (may_leave_network()) CHECK(network(std::to_string(process)) != network("self"));
}

TEST_CASE("a guard shows nothing of the command line that it was started with", "[shadow][confine][live]") {
  if (no_server_here()) return;
  const shadow::PrivateServer server(*shadow::find_binaries({}));
  const pid_t guard = parent_of(server_of(server.url()));
  const Text own = read_file("/proc/self/cmdline"),
             shown = read_file(concat("/proc/", std::to_string(guard), "/cmdline"));
  CHECK(holds(own, "quoin_tests"));
  CHECK_FALSE(holds(shown, "quoin_tests"));
  CHECK(shown.starts_with("quoin: guard"));
  const Text environment = concat("/proc/", std::to_string(guard), "/environ");
  if (access(environment.c_str(), R_OK) == 0) CHECK(read_file(environment).find("PATH=") == Text::npos);
}

TEST_CASE("a killed guard takes its server along, and its starter the folder", "[shadow][confine][live]") {
  if (no_server_here()) return;
  fs::path folder;
  pid_t process = 0;
  {
    const shadow::PrivateServer server(*shadow::find_binaries({}));
    folder = folder_of(server.url());
    process = server_of(server.url());
    kill(parent_of(process), SIGKILL);
    CHECK(within_ten_seconds([&] { return !fs::exists(concat("/proc/", std::to_string(process))); }));
  }
  CHECK_FALSE(fs::exists(folder));
}

TEST_CASE("what guard and starter left when both were killed is removed by the next one", "[shadow][confine][live]") {
  if (no_server_here()) return;
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t starter = fork();
  if (starter == 0) {
    const shadow::PrivateServer server(*shadow::find_binaries({}));
    const Text url = server.url();
    if (write(ends[1], url.data(), url.size()) > 0) pause();
    _exit(1);
  }
  char url[200] = {};
  REQUIRE(read(ends[0], url, sizeof url - 1) > 0);
  const fs::path folder = folder_of(url);
  const pid_t guard = parent_of(server_of(url));
  kill(starter, SIGSTOP);
  kill(guard, SIGKILL);
  kill(starter, SIGKILL);
  waitpid(starter, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  CHECK(fs::exists(folder));
  const shadow::PrivateServer next(*shadow::find_binaries({}));
  CHECK(within_ten_seconds([&] { return !fs::exists(folder); }));
  CHECK(fs::exists(folder_of(next.url())));  // that of one who lives stays
}

namespace {

/// Starts a server and is stopped; 0 where its guard has ended, too. Orphans come to us, who have no other children.
int stop_a_starter(int milliseconds) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  std::signal(SIGINT, SIG_DFL);  // before the fork: the test framework's handler is no place to be stopped in
  const pid_t starter = fork();
  if (starter == 0) {
    const shadow::PrivateServer server(*shadow::find_binaries({}));
    pause();
  }
  usleep(static_cast<useconds_t>(milliseconds) * 1000);
  kill(starter, SIGINT);
  const auto all_ended = [] {
    while (waitpid(-1, nullptr, WNOHANG) > 0) {}
    return errno == ECHILD;
  };
  return within_ten_seconds(all_ended) ? 0 : 1;
}

}  // namespace

TEST_CASE("a full disk costs the cache alone, or is named", "[shadow][confine][live]") {
  if (no_server_here()) return;
  server();  // so that there is a cache to hide
  const fs::path folder = "/var/tmp" / fs::path(concat("quoin-full-", std::to_string(getpid())));
  fs::create_directories(folder);
  write_file(folder / "a.sql", "CREATE TABLE t (a integer);\n");
  const auto on_a_full = [&](std::string_view disk, const char* size) {
    const Text script = concat("mount -t tmpfs -o mode=755,size=", size, " none ", disk, " || exit 99; cd ",
                               folder.string(), "; ", QUOIN_BINARY, " diff --from empty: --to a.sql > out 2> err");
    const int status = std::system(concat("unshare -m sh -c '", script, "' 2>/dev/null").c_str());
    return WIFEXITED(status) && WEXITSTATUS(status) != 1 ? WEXITSTATUS(status) : 99;
  };
  const int cache = geteuid() == 0 ? on_a_full("/var/cache/quoin", "1m") : 99;
  if (cache == 99) {
    WARN("skipped: no disk can be mounted here");
  } else {
    CHECK(cache == 0);
    CHECK(holds(read_file(folder / "err"), "proven"));
    CHECK(on_a_full("/tmp", "5m,mode=1777") == 2);
    const Text said = read_file(folder / "err");
    INFO(said);
    CHECK(holds(said, "the disk is full in /tmp"));
    CHECK(holds(said, "make room there"));
    CHECK(holds(said, "No space left on device"));
  }
  fs::remove_all(folder);
}

TEST_CASE("a starter that is stopped at any moment of the start leaves nothing", "[shadow][confine][live]") {
  if (no_server_here()) return;
  for (const int milliseconds : {1, 4, 10, 25, 50, 90, 150, 300}) {
    INFO("stopped after " << milliseconds << " ms");
    const pid_t child = fork();
    if (child == 0) _exit(stop_a_starter(milliseconds));
    int status = 1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
}
