// Statements in batches: chunks, each committed with how far it came, each row done once, whoever kills the run.
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "core/base/files.h"
#include "runner/batch.h"
#include "tests/program.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;
namespace fs = std::filesystem;

namespace {

constexpr const char* beds =
    "CREATE TABLE beds (id int PRIMARY KEY, n int NOT NULL DEFAULT 0, kind text);\n"
    "INSERT INTO beds (id, kind) SELECT g, CASE WHEN g % 2 = 0 THEN 'even' ELSE 'odd' END FROM generate_series(1, "
    "2000) g;";

Error refusal_of(const Text& sql) {
  return error_of([&] { read_script({"x.sql", concat("-- quoin: batch 10\n", sql)}, Wrapping::transaction); });
}

}  // namespace

TEST_CASE("a statement is narrowed where its condition is, and nowhere else", "[runner]") {
  CHECK(narrowed("UPDATE t SET a = 'where' WHERE b = 1 OR c", "k") ==
        "UPDATE t SET a = 'where' WHERE TRUE AND (k) AND ( b = 1 OR c\n)\n");
  CHECK(narrowed("DELETE FROM t", "k") == "DELETE FROM t\nWHERE TRUE AND (k)\n");
  CHECK(narrowed("UPDATE t SET a = (SELECT 1 FROM u where u.x) -- where", "k") ==
        "UPDATE t SET a = (SELECT 1 FROM u where u.x) -- where\nWHERE TRUE AND (k)\n");
  CHECK(
      narrowed("INSERT INTO u SELECT a FROM t WHERE b -- on conflict\nON CONFLICT (a) DO UPDATE SET b = 1 WHERE u.c",
               "k") ==
      "INSERT INTO u SELECT a FROM t WHERE TRUE AND (k) AND ( b -- on conflict\n\n)\nON CONFLICT (a) DO UPDATE SET b ="
      " 1 WHERE u.c");
}

TEST_CASE("what chunks would change the meaning of is refused before anything runs", "[runner]") {
  for (const auto& [sql, why] : std::initializer_list<std::pair<const char*, const char*>>{
           {"CREATE TABLE t ();", "no UPDATE, DELETE or INSERT"},
           {"INSERT INTO t VALUES (1);", "no rows of a table"},
           {"INSERT INTO t SELECT count(*) FROM u GROUP BY a;", "more than one row"},
           {"INSERT INTO t SELECT a FROM u LIMIT 1;", "more than one row"},
           {"INSERT INTO t SELECT * FROM t;", "reads t, the table that it writes"},
           {"INSERT INTO t SELECT id, row_number() OVER (ORDER BY id) FROM u;", "the window function row_number"},
           {"INSERT INTO t SELECT count(*) FROM u;", "the aggregate count makes one row of all"},
           {"INSERT INTO t SELECT 1 + coalesce(max(a), 0) FROM u;", "the aggregate max"},
           {"INSERT INTO t SELECT x.f(a) FILTER (WHERE a > 1) FROM u;", "the aggregate f"},
           {"UPDATE t SET n = (SELECT count(*) FROM t x WHERE x.n = 0);", "reads t, the table that it writes"},
           {"UPDATE t SET n = 1 FROM u, public.t AS o WHERE o.id = t.up;", "reads public.t, the table that it writes"},
           {"DELETE FROM t WHERE EXISTS (SELECT FROM u JOIN t o ON o.a = u.a);", "reads t"},
           {"INSERT INTO t SELECT a FROM u WHERE NOT EXISTS (SELECT FROM t WHERE t.a = u.a);", "reads t"},
           {"INSERT INTO t SELECT a FROM u ON CONFLICT (a) DO UPDATE SET b = (SELECT max(b) FROM t);", "reads t"},
           {"INSERT INTO t SELECT 1 FROM u RIGHT JOIN v ON true;", "first table alone"},
           {"WITH x AS (SELECT 1) UPDATE t SET a = 1;", "begins with WITH"},
           {"DELETE FROM t RETURNING a;", "RETURNING"}}) {
    const Error error = refusal_of(sql);
    INFO(sql << "\n" << error.what());
    CHECK(error.code == Code::input);
    CHECK(holds(error.what(), why));
    CHECK(to_string(error.where) == "x.sql:1:1");
  }
  CHECK(holds(refusal_of("").what(), "no statement stands below"));
  for (const char* sql : {"INSERT INTO old.t SELECT a, (SELECT count(*) FROM v WHERE v.a = t.a) FROM new.t;",
                          "UPDATE t SET n = (SELECT max(x.n) FROM u x) WHERE a IN (SELECT a FROM v);"})
    CHECK(read_script({"x.sql", concat("-- quoin: batch 10\n", sql)}, Wrapping::transaction).pieces[0].batch);
}

TEST_CASE("batches do each row once, in chunks of the key", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_beds.sql", beds);
  project.add(
      "2_n.sql",
      "-- Up Migration\nALTER TABLE beds ADD COLUMN chunk xid8;\n-- quoin: batch 300\nUPDATE beds AS b SET n = n + 1,"
      " chunk = pg_current_xact_id() WHERE kind = 'even';\n-- quoin: batch 500 pause 1\nDELETE FROM beds WHERE kind"
      " = 'odd';\n-- Down Migration\n-- quoin: batch 400\nUPDATE beds SET n = 0;\n");
  project.add("3_copy.sql",
              "CREATE TABLE copy (a int, b text, PRIMARY KEY (a, b));\n-- quoin: batch 170\n"
              "INSERT INTO copy SELECT id, kind FROM beds ON CONFLICT DO NOTHING;\n"
              "-- quoin: batch 100\nDELETE FROM copy WHERE a % 4 = 0;\n");
  project.migrate();
  CHECK(project.value("SELECT string_agg(DISTINCT n || kind, ' ') FROM beds") == "1even");
  CHECK(project.value("SELECT count(*) FROM beds") == "1000");
  CHECK(project.value("SELECT count(DISTINCT chunk::text) FROM beds") == "7");
  CHECK(project.value("SELECT count(*) FROM copy") == "500");
  const auto rows = project.rows();
  CHECK(rows.back().status == Status::applied);
  CHECK(rows.back().begun == 0);
  Bounds all;
  all.to = "1";
  fs::remove(project.path / "3_copy.sql");
  project.add("3_copy.sql", "-- Up Migration\nSELECT 1;\n-- Down Migration\n-- quoin: batch 10\nDELETE FROM copy;\n");
  const Error changed = error_of([&] { project.rollback(all); });
  CHECK(holds(changed.what(), "cannot be undone"));
  project.connection.execute("DELETE FROM quoin.migrations WHERE version = '3'");
  project.rollback(all);
  CHECK(project.value("SELECT sum(n) FROM beds") == "0");
}

TEST_CASE("a batch without a key to count by, or that moves its rows, is refused", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_beds.sql", beds);
  project.migrate();
  project.add("2_a.sql", "-- quoin: batch 10\nUPDATE beds SET id = id + 5000;");
  CHECK(holds(error_of([&] { project.migrate(); }).what(), "it sets id, by which its chunks are counted"));
  CHECK(project.value("SELECT max(id) FROM beds") == "2000");
  project.connection.execute("DELETE FROM quoin.migrations WHERE version = '2'");
  project.add("2_a.sql", "CREATE TABLE bare (a int);\n-- quoin: batch 10\nDELETE FROM bare;");
  CHECK(holds(error_of([&] { project.migrate(); }).what(), "bare has no primary key"));
  project.connection.execute(
      "DELETE FROM quoin.migrations WHERE version = '2'; CREATE VIEW odd AS SELECT * FROM beds WHERE n > 0;"
      " CREATE AGGREGATE greatest_of(int) (sfunc = int4larger, stype = int); CREATE TABLE copy (n int)");
  project.add("2_a.sql", "-- quoin: batch 10\nUPDATE beds SET n = (SELECT count(*) FROM odd);");
  CHECK(holds(error_of([&] { project.migrate(); }).what(), "the table that it writes, through odd"));
  project.connection.execute("DELETE FROM quoin.migrations WHERE version = '2'");
  project.add("2_a.sql", "-- quoin: batch 10\nINSERT INTO copy SELECT greatest_of(id) FROM beds;");
  CHECK(holds(error_of([&] { project.migrate(); }).what(), "the aggregate greatest_of makes one row"));
}

TEST_CASE("a batch ends where the table ended when it began", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_beds.sql",
              concat(beds,
                     "CREATE TABLE log (n int); CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS"
                     " 'BEGIN INSERT INTO beds SELECT max(id) + 1 FROM beds; RETURN NULL; END';"
                     "CREATE TRIGGER more AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION more();"));
  project.add("2_log.sql", "-- quoin: batch 300\nINSERT INTO log SELECT id FROM beds;\n");
  project.migrate();
  CHECK(project.value("SELECT count(*) FROM log") == "2000");
  CHECK(project.value("SELECT count(*) FROM beds") == "4000");
}

namespace {
constexpr const char* movers =
    "CREATE TABLE computed (v int, id int GENERATED ALWAYS AS (v) STORED PRIMARY KEY);\n"
    "CREATE TABLE moved (id int PRIMARY KEY, v int, at timestamptz) PARTITION BY RANGE (id);\n"
    "CREATE TABLE moved_1 PARTITION OF moved FOR VALUES FROM (0) TO (1000);\n"
    "INSERT INTO moved SELECT g, 0 FROM generate_series(1, 300) g;\n"
    "CREATE FUNCTION move() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n"
    "CREATE TRIGGER move BEFORE UPDATE ON moved_1 FOR EACH ROW EXECUTE FUNCTION move();\n"
    "CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';\n"
    "CREATE TRIGGER later AFTER UPDATE ON moved_1 FOR EACH ROW EXECUTE FUNCTION later();\n"
    "CREATE FUNCTION all_of() RETURNS bigint STABLE LANGUAGE sql AS 'SELECT count(*) FROM public.moved';\n"
    "CREATE FUNCTION by_way() RETURNS bigint STABLE LANGUAGE plpgsql AS 'BEGIN RETURN all_of(); END';\n"
    "CREATE FUNCTION says(d text) RETURNS int STABLE LANGUAGE sql AS '/* from moved */ SELECT 1 -- from moved';\n"
    "CREATE VIEW seen AS SELECT by_way() AS n;";
}  // namespace

TEST_CASE("a batch whose keys move, or that reads what it writes by way of functions, is refused", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_keys.sql", movers);
  project.migrate();
  const auto refusal = [&](const char* sql) {
    project.connection.execute("DELETE FROM quoin.migrations WHERE version = '2'");
    project.add("2_n.sql", concat("-- quoin: batch 100\n", sql));
    return Text(error_of([&] { project.migrate(); }).what());
  };
  const auto with_body = [&](const char* function, const char* body) {
    project.connection.execute(concat("CREATE OR REPLACE FUNCTION ", function,
                                      "() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ", body, " RETURN NEW; END'"));
  };
  CHECK(holds(refusal("UPDATE computed SET v = v + 100;"), "it sets v, from which id is computed"));
  CHECK(holds(refusal("UPDATE moved SET v = all_of();"), "the function all_of reads moved"));
  CHECK(holds(refusal("UPDATE moved SET v = by_way();"), "the function by_way reads moved"));
  CHECK(holds(refusal("UPDATE moved SET v = n FROM seen;"), "the function seen reads moved"));
  CHECK(holds(refusal("UPDATE moved SET v = v + says(at::text);"), "nothing was thrown"));
  with_body("move", "NEW.id := OLD.id; IF TG_OP = ''INSERT'' THEN NEW.id := 5; END IF;");
  CHECK(holds(refusal("UPDATE moved SET v = v + 1;"), "nothing was thrown"));
  with_body("move", "SELECT NEW.v, NEW.id + 500 INTO NEW.v, NEW.id;");
  CHECK(holds(refusal("UPDATE moved SET v = v + 1;"), "a trigger has given a row another id"));
  with_body("move", "");
  with_body("later", "UPDATE moved_1 SET id = NEW.id + 500 WHERE id = NEW.id AND id < 500;");
  CHECK(holds(refusal("UPDATE moved SET v = v + 1;"), "the trigger later updates moved and sets id"));
  CHECK(project.value("SELECT min(id) || ' ' || max(id) FROM moved") == "1 300");
}

TEST_CASE("a batch waits for a lock as often as it may, and says what runs once a chunk", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_keys.sql",
              "CREATE TABLE t (id int PRIMARY KEY, v int DEFAULT 0); INSERT INTO t SELECT generate_series(1, 9);\n"
              "CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';\n"
              "CREATE TRIGGER seen AFTER UPDATE ON t FOR EACH STATEMENT EXECUTE FUNCTION seen();");
  project.migrate();
  postgres::Connection other = database->connect();
  other.execute("BEGIN; LOCK TABLE t");
  std::thread ending([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(900));
    other.execute("COMMIT");
  });
  project.add("2_n.sql",
              "-- quoin: retry 9\n-- quoin: lock-timeout 200ms\n-- quoin: batch 4\nUPDATE t SET v = v + 1;\n");
  project.migrate();
  ending.join();
  CHECK(project.value("SELECT min(v) || ' ' || max(v) FROM t") == "1 1");
  const Text told = join(project.remarks, "\n");
  CHECK(holds(told, "trying this chunk again"));
  CHECK(holds(told, "runs once a chunk: seen"));
}

TEST_CASE("a batch that fails goes on where it came to", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_beds.sql", beds);
  project.migrate();
  project.connection.execute("ALTER TABLE beds ADD CONSTRAINT few CHECK (id < 1500 OR n < 1)");
  project.add("2_n.sql", "-- quoin: batch 100\nUPDATE beds SET n = n + 1;\n");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.sqlstate == "23514");
  CHECK(to_string(error.where).ends_with("/2_n.sql:2:1"));
  CHECK(holds(error.detail, "and some chunks of the next; the next run goes on behind them"));
  CHECK(project.value("SELECT count(*) FROM beds WHERE n = 1") == "1400");
  project.add("2_n.sql", "-- quoin: batch 100\nUPDATE beds SET n = n + 2;\n");
  CHECK(holds(error_of([&] { project.migrate(); }).what(), "is done in part, in batches, and was changed since"));
  project.add("2_n.sql", "-- quoin: batch 250\nUPDATE beds SET n = n + 1;\n");
  project.connection.execute("ALTER TABLE beds DROP CONSTRAINT few");
  project.migrate();
  CHECK(project.value("SELECT string_agg(DISTINCT n::text, ' ') FROM beds") == "1");
}

TEST_CASE("a batch killed at random moments does each row once", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  fs::create_directories(project.path / "migrations");
  write_file(project.path / "migrations/1_beds.sql", beds);
  write_file(project.path / "migrations/2_n.sql", "-- quoin: batch 20\nUPDATE beds SET n = n + 1;\n");
  const List environment{"DATABASE_URL=" + database->url()};
  REQUIRE(run_quoin({"migrate", "--to", "1"}, project.path, environment).code == 0);
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::minstd_rand random(seed);
  int killed = 0;
  for (int round = 0; round < 200 && killed < 30; ++round) {
    Program run({"migrate", "--wait", "5"}, project.path, environment);
    std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution<>(20, 260)(random)));
    const int way = std::uniform_int_distribution<>(0, 2)(random);
    if (way == 2)
      project.connection.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'quoin' AND pid <>"
          " pg_backend_pid() AND datname = current_database()");
    else
      kill(run.process(), way == 0 ? SIGKILL : SIGTERM);
    killed += run.wait().code == 0 ? 0 : 1;
    CHECK(project.value("SELECT coalesce(max(n), 0) <= 1 FROM beds") == "t");
    if (project.value("SELECT count(*) FROM quoin.migrations WHERE version = '2' AND status = 'applied'") != "1")
      continue;
    CHECK(project.value("SELECT string_agg(DISTINCT n::text, ' ') FROM beds") == "1");
    project.connection.execute(
        "UPDATE beds SET n = 0; DELETE FROM quoin.migrations WHERE version = '2';"
        " DELETE FROM quoin.log WHERE version = '2'");
  }
  CHECK(killed == 30);
  const Ran last = run_quoin({"migrate", "--wait", "5"}, project.path, environment);
  INFO(last.out + last.err);
  CHECK(last.code == 0);
  CHECK(project.value("SELECT string_agg(DISTINCT n::text, ' ') FROM beds") == "1");
}

TEST_CASE("a batch goes on in a session that writes dates another way", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.connection.execute(
      "CREATE TABLE days (day date PRIMARY KEY, n int NOT NULL DEFAULT 0 CHECK (n < 2));"
      " INSERT INTO days SELECT '2025-01-01'::date + i FROM generate_series(0, 99) i;"
      " UPDATE days SET n = 1 WHERE day = '2025-02-15'");
  fs::create_directories(project.path / "migrations");
  write_file(project.path / "migrations/1_n.sql", "-- quoin: batch 20\nUPDATE days SET n = n + 1;\n");
  const auto run = [&](const Text& style) {
    return run_quoin({"migrate"}, project.path,
                     {"DATABASE_URL=" + database->url(), concat("PGOPTIONS=-c datestyle=", style)});
  };
  CHECK(run("SQL,DMY").code == 2);
  project.connection.execute("UPDATE days SET n = 0 WHERE day = '2025-02-15'");
  CHECK(run("SQL,MDY").code == 0);
  CHECK(project.value("SELECT string_agg(DISTINCT n::text, ' ') FROM days") == "1");
  CHECK_FALSE(Bound{{"day"}, {"date"}, {"09/02/2025"}}.is_portable());
  CHECK_FALSE(Bound{{"k"}, {"interval"}, {"-0-7 -21 -14:00:21"}}.is_portable());
  CHECK_FALSE(Bound{{}, {}, {"13/12/2024"}}.is_portable());
  CHECK(Bound{{}, {}, {"1400"}}.is_portable());
  CHECK(Bound{{"day", "n"}, {"date", "integer"}, {"2025-02-09", "7"}}.is_portable());
}

TEST_CASE("a batch does not go on behind a bound of another key", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_beds.sql", beds);
  project.migrate();
  project.connection.execute(
      "ALTER TABLE beds ADD COLUMN turned int UNIQUE; UPDATE beds SET turned = 3000 - id;"
      " ALTER TABLE beds ALTER turned SET NOT NULL, ADD CONSTRAINT few CHECK (id < 1500 OR n < 1)");
  project.add("2_n.sql", "-- quoin: batch 100\nUPDATE beds SET n = n + 1;\n");
  CHECK(error_of([&] { project.migrate(); }).sqlstate == "23514");
  const auto files = project.files();
  const auto rows = project.rows();
  const auto all = compare(files, rows);
  CHECK(holds(all.back().state_in_words(), "failed after 0 statements, statement 1 begun, behind id = 1400: new row"));
  project.connection.execute("ALTER TABLE beds DROP CONSTRAINT few, DROP CONSTRAINT beds_pkey");
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.what(), "is another than when this began: turned integer, and was id integer"));
  CHECK(holds(error.hint, "behind id = 1400"));
  project.connection.execute("ALTER TABLE beds ADD PRIMARY KEY (id)");
  project.migrate();
  CHECK(project.value("SELECT string_agg(DISTINCT n::text, ' ') FROM beds") == "1");
}
