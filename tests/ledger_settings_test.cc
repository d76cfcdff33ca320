// A ledger under settings of the database, locks of others and row security.
#include <chrono>

#include "tests/config_mistakes.h"
#include "tests/program.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;
using namespace std::chrono_literals;

TEST_CASE("what a database has set makes no ledger look foreign", "[runner][live]") {
  const char* setting =
      GENERATE("quote_all_identifiers = on", "datestyle = 'German'", "search_path = ''", "row_security = off",
               "default_transaction_isolation = 'serializable'", "default_transaction_deferrable = on",
               "transform_null_equals = on", "extra_float_digits = -15", "client_min_messages = 'error'");
  auto database = scratch();
  if (!database) return;
  const Text name = quote_ident(database->connect().database());
  database->connect().execute(concat("alter database ", name, " set ", setting));
  Project project(*database);
  project.add("1_a.sql", "create table a (i int);\n-- Down Migration\ndrop table a;\n");
  project.add("2_b.sql", "create index concurrently a_i on public.a (i);\n");
  if (Text(setting) == "search_path = ''") project.add("1_a.sql", "create table public.a (i int);\n");
  project.migrate();
  CHECK(project.rows().size() == 2);
  CHECK(project.rows()[1].status == Status::applied);
  database->connect().execute(concat("alter database ", name, " reset all"));
}

TEST_CASE("a database that is not to be written says how to write it all the same", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  const Text name = quote_ident(database->connect().database());
  database->connect().execute(concat("alter database ", name, " set default_transaction_read_only = on"));
  Project project(*database);
  project.add("1_a.sql", "create table a (i int);\n");
  std::filesystem::create_directories(project.path / "migrations");
  std::filesystem::rename(project.path / "1_a.sql", project.path / "migrations/1_a.sql");
  const Text url = concat("DATABASE_URL=", database->url());
  const Ran refused = run_quoin({"migrate"}, project.path, {url});
  INFO(refused.err);
  CHECK(refused.code == 2);
  CHECK(holds(refused.err, "PGOPTIONS='-c default_transaction_read_only=off'"));
  CHECK(run_quoin({"status"}, project.path, {url}).code == 0);
  CHECK(run_quoin({"migrate"}, project.path, {url, "PGOPTIONS=-c default_transaction_read_only=off"}).code == 0);
  CHECK(project.has("a"));
}

TEST_CASE("who holds the ledger is waited for as long as it is said, and named", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (i int);\n");
  project.migrate();
  std::filesystem::create_directories(project.path / "migrations");
  std::filesystem::rename(project.path / "1_a.sql", project.path / "migrations/1_a.sql");
  auto holder = database->connect();
  const Text table = GENERATE("migrations", "log");
  holder.execute(concat("set application_name = 'holder'; begin; lock table quoin.", table));
  const Text process = holder.execute("select pg_backend_pid()").text(0, 0);
  for (const char* command : {"status", "list", "validate", "migrate", "rollback"}) {
    INFO(command);
    const auto begin = std::chrono::steady_clock::now();
    const Ran ran = run_quoin({command, "--wait", "1"}, project.path, {concat("DATABASE_URL=", database->url())});
    INFO(ran.err);
    CHECK(ran.code == 3);
    CHECK(holds(ran.err, concat("the ledger quoin.migrations is held by postgres (holder, process ", process)));
    CHECK(holds(ran.err, "--wait SECONDS"));
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
  }
  if (table == "log") return;  // diff reads what is applied alone
  std::filesystem::create_directories(project.path / "schemas");
  project.add("schemas/a.yaml", "tables: { b: { columns: { i: integer } } }\n");
  const Ran diff =
      run_quoin({"diff", "--name", "b", "--wait", "1"}, project.path, {concat("DATABASE_URL=", database->url())});
  INFO(diff.err);
  CHECK(diff.code == 3);
  CHECK(holds(diff.err, "the ledger quoin.migrations is held by postgres (holder, process "));
}

TEST_CASE("a ledger that is being read is not brought up to date for longer than it is said", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (i int);\n");
  project.migrate();
  project.connection.execute("alter table quoin.migrations drop column revision");
  auto reader = database->connect();
  reader.execute("begin; select * from quoin.migrations");
  const Ledger ledger("quoin.migrations", 1);
  const Error error = error_of([&] { ledger.create(project.connection); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "is held by postgres"));
  CHECK_FALSE(project.connection.in_transaction());
  reader.execute("commit");
  ledger.create(project.connection);
  CHECK(project.rows().size() == 1);
}

TEST_CASE("a ledger that hides rows is refused", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql", "create table a (i int);\n");
  project.migrate();
  const Text reader = concat("quoin_reader_", std::to_string(getpid()));
  const Text table = GENERATE("migrations", "log");
  project.connection.execute(concat("create role ", reader, " login; grant usage on schema quoin to ", reader,
                                    "; grant select on all tables in schema quoin to ", reader, "; alter table quoin.",
                                    table, " enable row level security"));
  {
    const Text& url = database->url();
    postgres::Connection connection(concat(url, url.find('?') == Text::npos ? "?" : "&", "user=", reader));
    const Error error = error_of([&] {
      project.ledger.read(connection);
      project.ledger.failures(connection);
    });
    INFO(error.what());
    CHECK(error.code == Code::refused);
    CHECK(holds(error.what(),
                concat("quoin.", table, " (of postgres) has row security, which hides rows from ", reader)));
    CHECK(holds(error.hint, "DISABLE ROW LEVEL SECURITY"));
  }
  CHECK(project.rows().size() == 1);  // its owner sees all
  project.connection.execute(concat("drop owned by ", reader, "; drop role ", reader));
}

TEST_CASE("a ledger has no place in a schema of PostgreSQL's own", "[runner]") {
  for (const char* name : {"information_schema.x", "pg_catalog.x", "pg_toast.x", "pg_temp.x"}) {
    INFO(name);
    const Error error = error_of([&] { Ledger{name}; });
    CHECK(error.code == Code::input);
    CHECK(error.hint.find("ledger: quoin.migrations") != Text::npos);
  }
}

TEST_CASE("a layout or ledger that could never do is told with its place in quoin.yaml", "[config]") {
  CHECK(holds(mistakes_in("# x\nlayout: flywy\n"), "yaml:2:9: error: there is no layout flywy"));
  CHECK(holds(mistakes_in("layout: flywy\n"), "did you mean flyway?"));
  CHECK(holds(mistakes_in("ledger: a.b.c\n"), "yaml:1:9: error: \"a.b.c\" is no name for the ledger"));
  CHECK(holds(mistakes_in("environments:\n  development:\n    ledger: a.b.c\n"), "yaml:3:13: error: "));
  CHECK(mistakes_in("layout: Flyway\nledger: a.b\n") == "none");
}
