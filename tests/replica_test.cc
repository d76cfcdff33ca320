// max-lag of batches on a primary with a real replica.
#include <csignal>
#include <cstdlib>
#include <thread>

#include <unistd.h>

#include "tests/commands_project.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

/// A primary (port 5431) and its replica (port 5430) on sockets in a folder of their own.
class Pair {
 public:
  Pair() {
    const auto found = shadow::find_binaries(wanted_major());
    if (!found) return;
    const Text as_server =
        getuid() == 0 ? "chown postgres . && exec su postgres -s /bin/sh -c 'sh make.sh'" : "sh make.sh";
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms(0755));
    const Text started = concat(" -o \"-c listen_addresses='' -c unix_socket_directories=", folder_.string(),
                                " -c fsync=off -c shared_buffers=16MB -c port=");
    write_file(folder_ / "make.sh", concat("set -e\nPATH=", fs::path(found->folder).string(), ":$PATH\n",
                                           "initdb -D p -U postgres -A trust -E UTF8 --locale=C --no-sync\n",
                                           "pg_ctl -D p -w -l p.log", started, "5431\" start\n", "pg_basebackup -h ",
                                           folder_.string(), " -p 5431 -U postgres -D r -R -X stream\n",
                                           "pg_ctl -D r -w -l r.log", started, "5430\" start\n"));
    write_file(folder_ / "stop.sh", concat("PATH=", fs::path(found->folder).string(),
                                           ":$PATH\npg_ctl -D r -m immediate stop\npg_ctl -D p -m immediate stop\n"));
    is_up_ = std::system(concat("cd ", folder_.string(), " && (", as_server, ") >out 2>&1").c_str()) == 0;
  }
  ~Pair() {
    const Text as_server = getuid() == 0 ? "su postgres -s /bin/sh -c 'sh stop.sh'" : "sh stop.sh";
    if (std::system(concat("cd ", folder_.string(), " && (", as_server, ") >out 2>&1").c_str()) == 0)
      fs::remove_all(folder_);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;
  bool is_up() const { return is_up_; }
  Text url(std::string_view port) const {
    return concat("postgresql://postgres@localhost:", port, "/postgres?host=", folder_.string());
  }

 private:
  fs::path folder_ = fs::temp_directory_path() / concat("quoin-pair-", std::to_string(getpid()));
  bool is_up_ = false;
};

}  // namespace

TEST_CASE("a batch with max-lag waits for a replica that does not answer, and not for one that has caught up",
          "[batch][live]") {
  const Pair pair;
  if (!pair.is_up()) {
    WARN("skipped: no pair of servers can be made here");
    return;
  }
  CommandsProject project;
  project.add("1_a.sql",
              "CREATE TABLE a (id int PRIMARY KEY, v int);\nINSERT INTO a SELECT g, 0 FROM generate_series(1, "
              "30000) g;\n");
  project.add("2_b.sql", "-- quoin: batch 1000 pause 50 max-lag 1s\nUPDATE a SET v = 1 WHERE v = 0;\n");
  const List environment{"DATABASE_URL=" + pair.url("5431")};
  REQUIRE(run_quoin({"migrate", "--to", "1"}, project.folder, environment).code == 0);
  postgres::Connection replica(pair.url("5430"));
  const auto receiver = replica.execute("SELECT pid FROM pg_stat_wal_receiver");
  REQUIRE(receiver.rows() == 1);
  const pid_t pid = std::stoi(receiver.text(0, 0));
  if (kill(pid, SIGSTOP) != 0) {
    WARN("skipped: the replica cannot be stopped");
    return;
  }
  Program migrate({"migrate", "--allow", "data-loss"}, project.folder, environment);
  std::this_thread::sleep_for(std::chrono::seconds(5));
  postgres::Connection primary(pair.url("5431"));
  const auto done = [&] { return primary.execute("SELECT count(*) FROM a WHERE v = 1").text(0, 0); };
  CHECK(done() != "30000");
  kill(pid, SIGCONT);
  const auto begin = std::chrono::steady_clock::now();
  const Ran ran = migrate.wait();
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(holds(ran.err, "waiting: a replica is more than 1s behind"));
  CHECK(done() == "30000");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(9));
}
