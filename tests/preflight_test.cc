// preflight as a user runs it: each thing that may come in the way of a run, and none where there is none.
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Flight {
  fs::path folder = fs::temp_directory_path() / concat("quoin-flight-", std::to_string(getpid()));
  std::optional<Shadow::Database> database;
  Text url;

  Flight() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    if (auto shadow = Shadow::start({})) database.emplace(shadow->create_database());
    if (!database) WARN("skipped: no PostgreSQL server binaries here");
    if (database) url = database->url();
  }
  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;
  ~Flight() { fs::remove_all(folder); }

  void add(const Text& name, const Text& text) const { write_file(folder / "migrations" / name, text); }
  Ran run(const List& arguments) const { return run_quoin(arguments, folder, {"DATABASE_URL=" + url}); }
  void execute(const Text& sql) const { database->connect().execute(sql); }
  /// "rule: message" lines of what is found, and the exit code.
  Text found() const {
    const Ran ran = run({"preflight", "--json"});
    INFO(ran.out + ran.err);
    Text all = concat("exit ", std::to_string(ran.code), "\n");
    const nlohmann::json told = nlohmann::json::parse(ran.out);
    for (const auto& one : told.at("findings"))
      all += concat(one.at("severity").get<Text>(), " ", one.at("rule").get<Text>(), ": ",
                    one.at("message").get<Text>(), "\n");
    return all;
  }
};

constexpr const char* beds = "-- Up Migration\nCREATE TABLE beds (id int);\n-- Down Migration\nDROP TABLE beds;\n";

}  // namespace

TEST_CASE("preflight is content where nothing is in the way", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  CHECK(flight.found() == "exit 0\n");
  CHECK(holds(flight.run({"preflight"}).out, "ready: 1 migration to run on "));
  REQUIRE(flight.run({"migrate"}).code == 0);
  flight.add("2_more.sql",
             "-- Up Migration\nALTER TABLE beds ADD COLUMN n int;\nUPDATE beds SET n = 1;\n"
             "-- Down Migration\nALTER TABLE beds DROP COLUMN n;\n");
  CHECK(flight.found() == "exit 0\n");
}

TEST_CASE("what is no single transaction is told before it runs, and how far it came", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.execute(
      "CREATE TABLE beds (id int PRIMARY KEY, n int); INSERT INTO beds SELECT i, i - 7 FROM generate_series(1, 10) i");
  flight.add("1_fast.sql",
             "-- Up Migration\nSELECT 1;\nCREATE INDEX CONCURRENTLY ON beds (n);\n-- Down Migration\nSELECT 1;\n");
  const Text why = "cannot run in a transaction, so this migration runs statement by statement";
  CHECK(holds(flight.found(), concat("note transaction: CREATE INDEX CONCURRENTLY ON beds (n) ", why)));
  CHECK(holds(flight.run({"migrate", "--dry-run"}).err,
              concat("1_fast.sql:3:1: note: CREATE INDEX CONCURRENTLY ON beds (n) ", why)));
  flight.add("2_u.sql",
             "-- Up Migration\n-- quoin: batch 2\nUPDATE beds SET n = 1 / n;\n-- Down Migration\nSELECT 1;\n");
  const Ran failed = flight.run({"migrate", "--json"});
  CHECK(failed.code == 2);
  CHECK(nlohmann::json::parse(failed.out).at("applied").size() == 1);
  CHECK(nlohmann::json::parse(failed.out).at("failed").at(0).at("version") == "2");
  CHECK(holds(flight.run({"migrate", "--dry-run"}).out,
              "would run 2_u, going on after what is done: of statement 1 the rows up to id = 6"));
  CHECK(holds(flight.run({"rollback", "-y"}).err, "only this was done: of statement 1 the rows up to id = 6"));
  CHECK(holds(flight.run({"migrate", "--statement-timeout", "5"}).err, "write 5s or 5ms"));
  flight.add("2_u.sql", "-- quoin: no-transaction\nSELECT 1 / 0;\n");
  CHECK(flight.run({"migrate"}).code == 2);
  fs::remove(flight.folder / "migrations" / "2_u.sql");
  CHECK(holds(flight.run({"migrate"}).err, "quoin repair --failed"));
  flight.add("3_more.sql", beds);
  CHECK(holds(flight.run({"preflight"}).out, "not ready: 1 migration to run on "));
  flight.add("3_more.sql", "-- quoin: batch 100\nINSERT INTO beds VALUES (1);\n");
  CHECK(holds(flight.run({"verify"}).out, "this cannot run in batches"));
}

TEST_CASE("preflight names rights that are lacking", "[commands][live]") {
  Flight flight;
  if (!flight.database) return;
  const Text role = concat("flyer_", std::to_string(getpid()));
  flight.execute(concat("CREATE ROLE ", role,
                        " LOGIN; CREATE TABLE beds (id int); CREATE SCHEMA app;"
                        " REVOKE CREATE ON SCHEMA public FROM PUBLIC"));
  flight.url += concat(flight.url.find('?') == Text::npos ? "?" : "&", "user=", role);
  flight.add("1_more.sql",
             "-- Up Migration\nALTER TABLE beds ADD COLUMN n int;\nINSERT INTO beds VALUES (1);\n"
             "CREATE TRIGGER t BEFORE INSERT ON beds EXECUTE FUNCTION f();\nCREATE TABLE roses (id int);\n"
             "CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE SCHEMA mine;\nDROP VIEW none;\n"
             "-- Down Migration\nSELECT 1;\n");
  const Text found = flight.found();
  INFO(found);
  CHECK(found.starts_with("exit 1\n"));
  for (const char* part : {"the ledger needs CREATE on the database", "altering beds needs to own beds",
                           "insert into beds needs insert on beds", "a trigger on beds needs trigger on beds",
                           "a new table in the search path's schema needs CREATE on schema public",
                           "a new function in app needs CREATE on schema app"})
    CHECK(holds(found, part));
  flight.execute(concat("DROP OWNED BY ", role, "; DROP ROLE ", role));
}

TEST_CASE("preflight names who is in the way, drift, and what cannot be undone", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  flight.add("2_asters.sql", "CREATE TABLE asters (id int, name text);");
  REQUIRE(flight.run({"migrate"}).code == 0);
  flight.add("3_more.sql", "ALTER TABLE beds ALTER COLUMN id TYPE bigint;");
  postgres::Connection other = flight.database->connect();
  other.execute("BEGIN; SELECT * FROM beds");
  flight.execute("DROP TABLE asters; CREATE TABLE by_hand (id int); INSERT INTO by_hand VALUES (1), (1)");
  CHECK_THROWS(flight.execute("CREATE UNIQUE INDEX CONCURRENTLY twice ON by_hand (id)"));
  const Text found = flight.found();
  INFO(found);
  CHECK(holds(found, "warning blocked: altering beds would wait: beds is locked by "));
  CHECK(holds(found, "note disk: altering beds reads or writes all of beds: "));
  CHECK(holds(found, "warning irreversible: 3_more cannot be undone"));
  CHECK(holds(found, "warning drift: the database has table public.by_hand, which no migration"));
  CHECK(holds(found, "warning drift: the database lacks table public.asters, which"));
  CHECK(holds(found, "warning invalid-index: index twice is invalid"));
  CHECK(found.starts_with("exit 0\n"));
  CHECK(flight.run({"preflight", "--strict"}).code == 1);
}

TEST_CASE("preflight refuses what a run would refuse", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  REQUIRE(flight.run({"migrate"}).code == 0);
  flight.add("1_beds.sql", "CREATE TABLE other (id int);");
  CHECK(holds(flight.found(), "exit 1\nerror ledger: this migration was changed after being applied"));
  flight.add("1_beds.sql", beds);
  flight.execute("ALTER DATABASE " + quote_ident(flight.database->connect().database()) +
                 " SET default_transaction_read_only = on");
  CHECK(holds(flight.found(), "error server: sessions of this role and database only read"));
}

TEST_CASE("preflight looks at what is left of a migration, and tells what rows may stop", "[commands][live]") {
  Flight flight;
  if (!flight.database) return;
  flight.add("1_a.sql", "-- Up Migration\nCREATE TABLE old (i int);\n-- Down Migration\nDROP TABLE old;\n");
  REQUIRE(flight.run({"migrate"}).code == 0);
  flight.add(
      "2_b.sql",
      "-- quoin: no-transaction\n-- Up Migration\nALTER TABLE old ADD COLUMN j int;\nDROP TABLE old;\nSELECT 1 / 0;\n"
      "ALTER TABLE gone ADD j int;\n-- Down Migration\nSELECT 1;\n");
  REQUIRE(flight.run({"migrate", "--allow", "data-loss"}).code == 2);
  CHECK(holds(flight.run({"status"}).out, "pending   0, and 1 is done in part\n"));
  const Text left = flight.found();
  INFO(left);
  CHECK_FALSE(holds(left, "drops table old"));
  CHECK_FALSE(holds(left, "relation old is not there"));
  CHECK(holds(left, "gone is not there"));
  flight.add("2_b.sql",
             "-- quoin: no-transaction\n-- Up Migration\nALTER TABLE old ADD COLUMN j int;\nDROP TABLE old;\n"
             "-- WARNING(may-fail): check b.c: fails where a row breaks it\nSELECT 1;\n"
             "DO $$ BEGIN EXECUTE current_setting('quoin.x'); END $$;\n-- Down Migration\nSELECT 1;\n");
  const Text rows = flight.found();
  INFO(rows);
  CHECK(holds(rows, "warning may-fail: may fail: check b.c: fails where a row breaks it"));
  CHECK(holds(rows, "note note: runs SQL that it puts together"));
}

TEST_CASE("preflight asks for the backup", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  const auto with = [&](const Text& settings) {
    write_file(flight.folder / "quoin.yaml", settings);
    return flight.found();
  };
  CHECK(with("backup_check: \"true\"\n") == "exit 0\n");
  CHECK(holds(with("backup_check: \"false\"\n"), "error backup: the backup check failed"));
  const Text leaky = with("backup_check: echo 'password=abc123' >&2; false\n");
  CHECK(holds(leaky, "ended with the code 1: password=***"));
  CHECK(
      holds(with("backup_check: yes | head -c 9000000; echo 2020-01-01\nbackup_max_age: 1 day\n"), "is of 2020-01-01"));
  CHECK(holds(with("backup_check: echo 2999-01-01\nbackup_max_age: 1 day\n"), "which is yet to come"));
  CHECK(holds(with("backup_check: \"true\"\nbackup_max_age: 1 day\n"), "it wrote nothing"));
  CHECK(holds(with("backup_check: select null\n"), "it found NULL"));
  CHECK(holds(with("backup_max_age: 1 day\n"), "no backup_check tells when it was made"));
  CHECK(holds(with("backup_check: date\nbackup_max_age: banana\n"), "backup_max_age: banana is no interval"));
  CHECK(holds(flight.run({"preflight"}).out, "quoin.yaml:2:1"));
  CHECK(with("backup_check: echo done; date -u +%FT%TZ\nbackup_max_age: 1 hour\n") == "exit 0\n");
  CHECK(holds(with("backup_check: echo 2020-01-01\nbackup_max_age: 24 hours\n"), "may be no older than 24 hours"));
  CHECK(with("backup_check: select now() - interval '1 hour'\nbackup_max_age: 2 hours\n") == "exit 0\n");
  CHECK(holds(with("backup_check: select 1 / 0\n"), "error backup: the backup check failed: division by zero"));
  CHECK(holds(with("backup_check: echo soon\nbackup_max_age: 2 hours\n"), "the backup check tells no time"));
}

TEST_CASE("preflight names what a run would refuse or fail at", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  flight.execute("CREATE TABLE beds (id int); INSERT INTO beds VALUES (1)");
  CHECK(holds(flight.found(), "exit 1\nerror ledger: "));
  CHECK(holds(flight.found(), "error duplicate: table public.beds is there already"));
  CHECK(holds(flight.run({"preflight"}).out, "quoin baseline VERSION"));
  flight.execute("DROP TABLE beds");
  REQUIRE(flight.run({"migrate"}).code == 0);
  flight.execute("INSERT INTO beds VALUES (1)");
  flight.add("2_no.sql", "-- Up Migration\nDROP TABLE beds;\n-- Down Migration\nSELECT 1;\n");
  CHECK(holds(flight.found(), "exit 1\nerror data-loss: "));
  CHECK(flight.run({"preflight", "--allow", "data-loss"}).code == 0);
  flight.add("2_no.sql", "-- Up Migration\nCRATE TABLE x ();\n-- Down Migration\nSELECT 1;\n");
  CHECK(holds(flight.found(), "exit 1\nerror syntax: "));
  const Text role = concat("logger_", std::to_string(getpid()));
  flight.execute(concat("CREATE ROLE ", role, "; ALTER TABLE quoin.log OWNER TO ", role));
  fs::remove(flight.folder / "migrations/2_no.sql");
  CHECK(holds(flight.found(), concat("the ledger's table quoin.log belongs to ", role)));
  flight.execute(concat("DROP TABLE quoin.migrations; ALTER TABLE quoin.log RENAME TO migrations"));
  CHECK(holds(flight.run({"preflight"}).out, "not ready: what is to run is not known"));
  flight.execute(concat("DROP OWNED BY ", role, "; DROP ROLE ", role));
}

TEST_CASE("a lock on a table of somebody else's keeps no command waiting", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  REQUIRE(flight.run({"migrate"}).code == 0);
  flight.execute("CREATE TABLE held (id int DEFAULT 1 + length('a'))");
  postgres::Connection other = flight.database->connect();
  other.execute("BEGIN; LOCK TABLE held");
  flight.add("2_more.sql", "CREATE TABLE more (id int);");
  CHECK(flight.run({"status", "--wait", "1"}).code == 0);
  CHECK(flight.run({"preflight", "--wait", "1"}).code == 0);
  CHECK(flight.run({"migrate", "--wait", "1", "--lock-timeout", "100ms"}).code == 0);
}

TEST_CASE("a ledger that has lost its log says how it gets another", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  REQUIRE(flight.run({"migrate"}).code == 0);
  flight.execute("DROP TABLE quoin.log");
  const Ran ran = flight.run({"status"});
  CHECK(ran.code == 3);
  CHECK(holds(ran.err, "the ledger quoin.migrations has lost its log"));
  CHECK(holds(ran.err, "quoin repair --log"));
  REQUIRE(flight.run({"repair", "--log"}).code == 0);
  CHECK(flight.run({"status", "--exit-code"}).code == 0);
}

TEST_CASE("status says once what there is to do, and counts a missing file as wrong", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  REQUIRE(flight.run({"migrate"}).code == 0);
  fs::remove(flight.folder / "migrations/1_beds.sql");
  CHECK(flight.run({"status", "--exit-code"}).code == 3);
  flight.execute("UPDATE quoin.migrations SET status = 'running', revision = revision + 1");
  const Ran status = flight.run({"status"}), repair = flight.run({"repair"});
  INFO(status.out + repair.out);
  CHECK(!holds(status.out, "goes on with"));
  CHECK(holds(status.out, "its file is gone"));
  CHECK(holds(repair.out, "is done in part: stopped after 0 statements; look what stands"));
}

TEST_CASE("preflight names what the server lacks of what is pending", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql",
             "-- Up Migration\nCREATE TABLE beds (id int);\nGRANT SELECT ON beds TO no_reader;\n"
             "ALTER TABLE beds OWNER TO no_owner;\nCREATE POLICY p ON beds TO no_policy;\n"
             "ALTER DEFAULT PRIVILEGES FOR ROLE no_maker GRANT SELECT ON TABLES TO no_default;\n"
             "CREATE SCHEMA app AUTHORIZATION no_schema;\nSET ROLE no_set;\nGRANT no_group TO no_member;\n"
             "ALTER ROLE no_altered NOLOGIN;\nDROP ROLE no_dropped;\nDROP ROLE IF EXISTS no_matter;\n"
             "GRANT CONNECT ON DATABASE no_database TO PUBLIC;\nCREATE EXTENSION no_extension;\n"
             "CREATE EXTENSION plpgsql VERSION '0.1';\n"
             "CREATE FUNCTION f() RETURNS int LANGUAGE no_language AS 'x';\n"
             "CREATE INDEX ON beds (id) TABLESPACE no_index;\nALTER TABLE beds SET TABLESPACE no_space;\n"
             "-- Down Migration\nSELECT 1;\n");
  const Text found = flight.found();
  INFO(found);
  CHECK(found.starts_with("exit 1\n"));
  for (const char* role :
       {"reader", "owner", "policy", "maker", "default", "schema", "set", "group", "member", "altered", "dropped"})
    CHECK(holds(found, concat("error missing: role no_", role, " is not on the server, and nothing that is pending")));
  CHECK(!holds(found, "no_matter"));
  for (const char* other :
       {"database no_database", "language no_language", "tablespace no_index", "tablespace no_space"})
    CHECK(holds(found, concat("error missing: ", other, " is not on the server")));
  CHECK(holds(found, "error missing: extension no_extension is not to be had on the server"));
}

TEST_CASE("preflight trusts what a pending migration makes on the server, and sees what is there", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_roles.sql",
             "-- Up Migration\nCREATE ROLE a_reader;\nCREATE ROLE a_writer IN ROLE a_reader;\n"
             "ALTER ROLE a_writer RENAME TO an_editor;\n"
             "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'perhaps') THEN CREATE ROLE perhaps; END"
             " IF; END $$;\n-- Down Migration\nSELECT 1;\n");
  flight.add("2_beds.sql",
             "-- Up Migration\nCREATE TABLE beds (id int);\nGRANT SELECT ON beds TO a_reader, an_editor, perhaps,"
             " CURRENT_USER, PUBLIC;\nGRANT USAGE ON LANGUAGE plpgsql TO a_reader;\n"
             "CREATE TABLE more (id int) TABLESPACE pg_default;\n-- Down Migration\nSELECT 1;\n");
  CHECK(flight.run({"preflight", "--allow", "access"}).code == 0);
  CHECK(!holds(flight.found(), "missing"));
  flight.add("3_more.sql",
             "-- Up Migration\nGRANT a_writer TO a_reader;\nCREATE ROLE pg_monitor;\n"
             "-- Down Migration\nSELECT 1;\n");
  const Text found = flight.found();
  CHECK(holds(found, "error missing: role a_writer is not on the server"));
  CHECK(holds(found, "error duplicate: role pg_monitor is there already, on the server"));
}

TEST_CASE("preflight names tables and columns that went by hand and are used by what is pending", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.add("1_beds.sql", beds);
  flight.add("2_roses.sql",
             "-- Up Migration\nCREATE TABLE roses (id int, name text);\n-- Down Migration\nDROP TABLE roses;\n");
  REQUIRE(flight.run({"migrate"}).code == 0);
  flight.execute("DROP TABLE beds; ALTER TABLE roses DROP COLUMN name");
  flight.add("3_more.sql",
             "-- Up Migration\nCREATE TABLE made (id int);\nALTER TABLE made ADD COLUMN n int;\n"
             "CREATE VIEW names AS SELECT name FROM roses;\nALTER TABLE beds ADD COLUMN n int;\n"
             "CREATE TABLE nowhere.t (id int);\nCREATE TABLE t (id no_type);\n-- Down Migration\nSELECT 1;\n");
  const Text found = flight.found();
  INFO(found);
  for (const char* lost :
       {"table, view or sequence beds", "column public.roses.name", "schema nowhere", "type no_type"})
    CHECK(holds(found, concat("error missing: ", lost, " is not there, and nothing that is pending makes it before")));
  CHECK(!holds(found, "made"));
}

TEST_CASE("preflight tells what stands against the chunks of a batch", "[commands][live]") {
  const Flight flight;
  if (!flight.database) return;
  flight.execute("CREATE TABLE bare (n int)");
  flight.add("1_n.sql", "-- Up Migration\n-- quoin: batch 10\nUPDATE bare SET n = 1;\n-- Down Migration\nSELECT 1;\n");
  CHECK(holds(flight.found(),
              "error psql: this cannot run in batches: bare has no primary key, nor a unique index on columns that are"
              " not null\n"));
}
