// What somebody else has put in the ledger's place, or on it, is not run.
#include <thread>

#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;

TEST_CASE("a view in the ledger's or the log's place is not read", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.migrate();
  const Text table = GENERATE("migrations", "log");
  project.connection.execute(concat("create sequence called; alter table quoin.", table,
                                    " rename to kept; create view quoin.", table,
                                    " as select *, nextval('called') as n from quoin.kept"));
  const Error error = error_of([&] {
    project.rows();
    project.ledger.failures(project.connection);
  });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), concat("quoin.", table, " (of postgres) is no plain table")));
  CHECK(project.connection.query("select is_called from called").text(0, 0) == "f");
  CHECK_FALSE(project.connection.in_transaction());
}

TEST_CASE("a log that stood there before the ledger is looked at before it is written", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (x int);");
  project.connection.execute(
      "create schema quoin;"
      " create table quoin.log (version text, name text, action text, detail text);"
      " create function seize() returns trigger language plpgsql as 'begin create table seized (); return new; end';"
      " create trigger seize before insert on quoin.log for each row execute function seize()");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "quoin.log (of postgres) has a trigger"));
  CHECK_FALSE(project.has("seized"));
  CHECK_FALSE(project.has("a"));
}

TEST_CASE("a log exchanged while a migration runs is not written", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  const Text stranger = concat("quoin_exchanger_", std::to_string(getpid()));
  project.connection.execute(concat("create role ", stranger));
  project.add("1_a.sql",
              concat("create table a (x int); alter table quoin.log rename to kept;"
                     " create table quoin.log (like quoin.kept including all); alter table quoin.log owner to ",
                     stranger, ";"));
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), concat("quoin.log belongs to ", stranger)));
  CHECK_FALSE(project.has("a"));
  project.connection.execute(concat("alter schema quoin owner to ", stranger));
  const Error of_schema = error_of([&] { project.rows(); });
  CHECK(holds(of_schema.what(), concat("schema quoin belongs to ", stranger)));
  project.connection.execute(concat("alter schema quoin owner to postgres; drop role ", stranger));
}

TEST_CASE("default privileges open no ledger, and a trigger on it keeps it from being written", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  const Text other = concat("quoin_other_", std::to_string(getpid()));
  project.connection.execute(
      concat("create role ", other, "; alter default privileges grant all on tables to ", other, ", public"));
  project.add("1_a.sql", "create table a (x int);");
  project.migrate();
  for (const char* table : {"quoin.migrations", "quoin.log"})
    CHECK(project.connection
              .query(concat("select has_table_privilege('", other, "', '", table, "', 'SELECT, INSERT, TRIGGER')"))
              .text(0, 0) == "f");
  project.connection.execute(
      concat("alter default privileges revoke all on tables from ", other, ", public; drop owned by ", other,
             "; drop role ", other,
             "; create function seize() returns trigger language plpgsql as 'begin create table seized (); return new;"
             " end'; create trigger seize before insert on quoin.migrations for each row execute function seize()"));
  project.add("2_b.sql", "create table b (x int);");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "quoin.migrations (of postgres) has a trigger"));
  CHECK_FALSE(project.has("seized"));
}

TEST_CASE("what stands in the ledger's place and is no table is refused", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.connection.execute("create schema quoin; create table quoin.log (); create sequence quoin.migrations");
  CHECK(error_of([&] { project.rows(); }).code == Code::refused);
  project.connection.execute("drop sequence quoin.migrations; create table quoin.migrations (x int default random())");
  CHECK(holds(error_of([&] { project.rows(); }).what(), "has a default that quoin did not give it"));
  project.connection.execute(
      "drop table quoin.migrations; create function is_so(text) returns boolean immutable"
      " language sql as 'select true'; create table quoin.migrations (x text check (is_so(x)))");
  CHECK(holds(error_of([&] { project.rows(); }).what(), "has a check that calls a function"));
  project.connection.execute(
      "alter table quoin.migrations drop constraint migrations_x_check;"
      " create index on quoin.migrations (is_so(x))");
  CHECK(holds(error_of([&] { project.rows(); }).what(), "has an index on an expression"));
}

TEST_CASE("a trigger put on the ledger while a statement runs is not run, whatever the isolation", "[runner][live]") {
  const auto which = GENERATE(0u, 1u, 2u);
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  const Text role = concat("quoin_plain_", std::to_string(getpid()));
  project.connection.execute(concat("set default_transaction_isolation to 'repeatable read'; create role ", role,
                                    "; create table a (x int, by text); grant all on a to public;"
                                    " alter database ",
                                    quote_ident(project.connection.database()),
                                    " set default_transaction_isolation to 'repeatable read'"));
  project.connection = database->connect();
  const Text slow = "insert into a select 1, current_user from pg_sleep(1);\n";
  const Text repeatable = "set session characteristics as transaction isolation level repeatable read;\n";
  const List bodies{concat(repeatable, slow),
                    concat("begin;\nset transaction isolation level serializable;\n", slow, "commit;\n"),
                    concat(repeatable, "set role ", role, ";\nbegin;\n", slow, "commit and chain;\n", slow,
                           "commit;\nreset role;\n")};
  const Text& body = bodies[which];
  project.add("1_a.sql", concat("-- quoin: no-transaction\nselect 1;\n", body));
  std::thread attacker([&] {
    postgres::Connection other = database->connect();
    other.execute(
        "create function seize() returns trigger language plpgsql as 'begin create table seized (); return new; end'");
    for (int tries = 0; tries < 500; ++tries) {
      if (other.query("select 1 from pg_stat_activity where query like 'insert into a%' and state = 'active'").rows() >
          0)
        break;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    other.execute("create trigger seize before update on quoin.migrations for each row execute function seize()");
  });
  const Error error = error_of([&] { project.migrate(); });
  attacker.join();
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "has a trigger"));
  CHECK_FALSE(project.has("seized"));
  project.connection = database->connect();
  if (which == 2) CHECK(project.value("select min(by) from a") == role);
  project.connection.execute(concat("revoke all on a from public; drop table a; drop role ", role));
}

TEST_CASE("what runs statement by statement is READ COMMITTED whatever the database's default is", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.connection.execute(concat("alter database ", quote_ident(project.connection.database()),
                                    " set default_transaction_isolation to 'repeatable read'"));
  project.connection = database->connect();
  project.add("1_a.sql",
              "-- quoin: no-transaction\nselect 1;\nbegin;\n"
              "create table a as select current_setting('transaction_isolation') as i;\ncommit;\n");
  project.migrate();
  CHECK(project.value("select i from a") == "read committed");
}
