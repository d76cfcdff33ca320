// What a long statement waits for, and how far it is, seen from another session.
#include "runner/watch.h"

#include "tests/server_here.h"

using namespace quoin;
using postgres::Connection;

namespace {

/// Two sessions in a database of their own, as a run has them, and what is told of the first.
struct Watched {
  explicit Watched(const char* schema) {
    worker.execute(schema);
    messages.remark = [this](std::string_view line) { remarks += concat(line, "\n"); };
    messages.advance = [this](std::string_view what, std::optional<double>) { advances += concat(what, "\n"); };
  }
  Error error_of_waiting(const Text& sql) {
    try {
      worker.execute(sql);
    } catch (const Error& error) { return error; }
    return Error(Code::usage, "nothing was thrown");
  }
  Shadow::Database database = server().create_database();
  Connection worker = database.connect(), observer = database.connect();
  runner::RunMessages messages;
  Text remarks, advances;
};

}  // namespace

TEST_CASE("who holds the lock that a statement waits for is told", "[runner][live]") {
  if (no_server_here()) return;
  Watched watched("CREATE TABLE t (id int); INSERT INTO t VALUES (1); SET lock_timeout = '2500ms'");
  Connection other = watched.database.connect();
  other.execute("BEGIN; LOCK TABLE t");
  const runner::Watch watch(watched.worker, watched.observer, watched.messages);
  CHECK(watched.error_of_waiting("INSERT INTO t VALUES (2)").sqlstate == "55P03");
  const Text lock = concat("ROW EXCLUSIVE on public.t, held by ", other.user(), " (quoin, process ",
                           std::to_string(other.told_process()));
  CHECK(holds(watched.remarks, concat("  waiting for ", lock)));
  CHECK(holds(watched.remarks, "idle in its transaction for 00:00:0"));
  CHECK(holds(watch.waited_for(), lock));
}

TEST_CASE("a row that another transaction has written is no lock on a table", "[runner][live]") {
  if (no_server_here()) return;
  Watched watched("CREATE TABLE t (id int); INSERT INTO t VALUES (1); SET lock_timeout = '700ms'");
  Connection other = watched.database.connect();
  other.execute("BEGIN; UPDATE t SET id = 2");
  const runner::Watch watch(watched.worker, watched.observer, watched.messages);
  CHECK(watched.error_of_waiting("UPDATE t SET id = 3").sqlstate == "55P03");
  CAPTURE(watch.waited_for());
  CHECK(holds(watch.waited_for(), "the end of another transaction"));
  CHECK(watched.remarks.empty());  // it was short
}

TEST_CASE("how far an index is comes from the server", "[runner][live]") {
  if (no_server_here()) return;
  Watched watched(
      "CREATE FUNCTION slow(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 FROM pg_sleep(0.02)';"
      "CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 100)");
  const runner::Watch watch(watched.worker, watched.observer, watched.messages);
  watched.worker.execute("CREATE INDEX t_slow ON t (slow(id))");
  CHECK(holds(watched.advances, "CREATE INDEX: building index"));
  CHECK(watched.remarks.empty());
  CHECK(watch.waited_for().empty());
}

TEST_CASE("a statement goes on where nobody can look at it any more", "[runner][live]") {
  if (no_server_here()) return;
  Watched watched("CREATE TABLE t (id int)");
  const runner::Watch watch(watched.worker, watched.observer, watched.messages);
  watched.worker.execute(concat("SELECT pg_terminate_backend(", std::to_string(watched.observer.told_process()), ")"));
  CHECK(watched.worker.execute("SELECT 1 FROM pg_sleep(1.4)").rows() == 1);
  CHECK_FALSE(watched.observer.alive());
}
