// A runner that is not alone: other runners, transactions and owners at the ledger.
#include <thread>

#include "runner/lock.h"
#include "runner/repair.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;

namespace {

DoneBy apply_first(Project& project, const std::optional<Entry>& before = {}) {
  const auto files = project.files();
  project.ledger.create(project.connection);
  return apply(project.session, files[0], before);
}

}  // namespace

TEST_CASE("a row that another runner has written is never overwritten", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\n-- Down Migration\ndrop table a;");
  CHECK(apply_first(project) == DoneBy::this_run);
  CHECK(apply_first(project) == DoneBy::another_runner);  // as a runner that saw the row missing
  const std::vector<Entry> seen = project.rows();
  const auto files = project.files();
  const auto statuses = compare(files, seen);
  const std::vector<Undoing> undoings = choose_undo(statuses, {});
  CHECK(undo(project.session, undoings[0]) == DoneBy::this_run);
  CHECK(undo(project.session, undoings[0]) == DoneBy::another_runner);
  CHECK(project.value("SELECT string_agg(action, ' ' ORDER BY id) FROM quoin.log") == "migrate rollback");
}

TEST_CASE("a runner waits for a commit that is on its way", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.ledger.create(project.connection);
  postgres::Connection other = database->connect();
  Entry entry;
  entry.version = "1";
  entry.checksum = project.files()[0].checksum;
  other.execute("BEGIN; CREATE TABLE a (x int)");
  REQUIRE(project.ledger.add(other, entry));
  project.session.waiting = 1;
  const Error error = error_of([&] { apply_first(project); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "another transaction is still at work on 1_a"));
  project.session.waiting = 10;
  std::thread hand([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    other.execute("COMMIT");
  });
  CHECK(apply_first(project) == DoneBy::another_runner);
  hand.join();
}

TEST_CASE("a ledger of an older quoin is read as it is and brought up to date", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\n-- Down Migration\ndrop table a;");
  project.migrate();
  project.connection.execute(
      "alter table quoin.migrations drop down_directives, drop begun, drop begun_with, drop worker, drop forced,"
      " drop revision");
  CHECK(project.rows().size() == 1);
  project.migrate();
  project.rollback();
  CHECK(project.rows().empty());
}

TEST_CASE("a process of the server that is still at work is waited for", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);\ncreate index concurrently a_x on a (x);");
  project.migrate();
  postgres::Connection other = database->connect();
  const Text worker = worker_of(other);
  other.execute("begin");
  CHECK(is_at_work(project.connection, worker));
  CHECK_FALSE(is_at_work(project.connection, worker + "1"));
  leave_behind(project, "1", concat("status = 'running', worker = ", quote_literal(worker)));
  project.session.waiting = 1;
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "is still at work on 1_a"));
  CHECK(holds(error.hint, "pg_terminate_backend("));
  other.execute("commit");  // as a pooler keeps it for its next client
  project.session.waiting = 30;
  project.migrate();
  CHECK(project.rows()[0].status == Status::applied);
}

TEST_CASE("a transaction that holds the row of a file to be run piece by piece is waited for", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "-- quoin: no-transaction\nselect 1;\n-- Down Migration\n-- quoin: no-transaction\nselect 2;");
  const bool undoes = GENERATE(false, true);
  project.ledger.create(project.connection);
  if (undoes) project.migrate();
  postgres::Connection other = database->connect();
  other.execute("begin");
  Entry entry;
  entry.version = "1";
  REQUIRE((undoes ? project.ledger.remove(other, project.rows()[0]) : project.ledger.add(other, entry)));
  project.session.waiting = 0;
  const Error error = error_of([&] { undoes ? project.rollback() : project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "another transaction is still at work on 1_a"));
  other.execute("rollback");
  undoes ? project.rollback() : project.migrate();
  CHECK(project.rows().size() == (undoes ? 0 : 1));
}

TEST_CASE("the ledger is written as the session's own user, whatever it is by default", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  const Text owner = concat("quoin_owner_", std::to_string(getpid())),
             login = concat("quoin_login_", std::to_string(getpid()));
  project.connection.execute(concat("create role ", owner, "; create role ", login, " login noinherit in role ", owner,
                                    "; alter role ", login, " set role = ", owner, "; alter database ",
                                    quote_ident(project.connection.database()), " owner to ", owner,
                                    "; alter schema public owner to ", owner));
  project.connection = postgres::Connection(concat(database->url(), "&user=", login));
  project.add("1_a.sql", "create table a (x int);");
  project.add("2_b.sql", concat("create index concurrently a_x on a (x);\nset role ", login, ";\nselect 1;"));
  project.migrate();
  CHECK(project.rows().size() == 2);
  CHECK(project.value("SELECT relowner::regrole FROM pg_class WHERE relname = 'migrations'") == owner);
  project.connection = database->connect();
  project.connection.execute(concat("reassign owned by ", owner, " to postgres; alter database ",
                                    quote_ident(project.connection.database()), " owner to postgres; drop role ", login,
                                    "; drop owned by ", owner, "; drop role ", owner));
}

TEST_CASE("a ledger that somebody else has laid out is not written", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.migrate();
  const Text stranger = concat("quoin_stranger_", std::to_string(getpid()));
  project.connection.execute(concat("create role ", stranger, "; alter table quoin.migrations owner to ", stranger));
  project.add("2_b.sql", "create table b (x int);");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), concat("belongs to ", stranger)));
  CHECK(holds(error.hint, "ALTER TABLE quoin.migrations OWNER TO postgres"));
  project.connection.execute(concat("alter table quoin.migrations owner to postgres; drop role ", stranger));
  project.migrate();
  CHECK(project.has("b"));
}
