// What the session of a file that is run statement by statement has been told, and what becomes of it.
#include "tests/program.h"
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;

TEST_CASE("a resumed run says again what stands, not what was rolled back or discarded", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  const std::pair<const char*, const char*> cases[] = {
      {"set app.a = 'one';\nbegin;\nset app.a = 'two';\nrollback;", "one"},
      {"begin;\nset app.a = 'one';\nsavepoint s;\nset app.a = 'two';\nrollback to s;\ncommit;", "one"},
      {"begin;\nsavepoint s;\nset app.a = 'one';\nrelease s;\ncommit;", "one"},
      {"set app.a = 'one';\ndiscard all;\nset app.b = 'x';", ""},
      {"set app.a = 'one';\nreset all;", ""},
      {"select (select set_config('app.a', 'one', false));", "one"},
      {"begin;\nset app.a = 'one';\ncommit and chain;\nset app.a = 'two';\nrollback and chain;\nrollback;", "one"},
      {"prepare p as select 1;\ndeallocate p;\nprepare p as select 2;\nset app.a = 'one';", "one"},
      {"create temporary table kept (a int);\ndrop table kept;\nset app.a = 'one';\ncreate table kept (a int);", "one"},
  };
  int number = 0;
  for (const auto& [before, value] : cases) {
    INFO(before);
    Project project(*database);
    project.connection.execute("DROP SCHEMA IF EXISTS quoin CASCADE; DROP TABLE IF EXISTS kept");
    const Text version = std::to_string(++number);
    const Text file = concat(version, "_a.sql"), head = concat("-- quoin: no-transaction\n", before, "\n");
    project.add(file, concat(head, "select no_such_column;\n"));
    CHECK(error_of([&] { project.migrate(); }).sqlstate == "42703");
    project.add(file, concat(head, "create table seen", version, " as select current_setting('app.a', true) as a;\n"));
    project.migrate();
    CHECK(project.value(concat("SELECT coalesce(a, '') FROM seen", version)) == value);
  }
}

TEST_CASE("what a body sets for its session is named before, and a resumed run wants it said again", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  const char* bodies[] = {
      "do $$ begin perform set_config('app.a', 'one', false); end $$;",
      "do $$ begin set app.a = 'one'; end $$;",
      "do $$ begin execute $q$set app.a = 'one'$q$; end $$;",
      "do $$ begin create temp table mine (a int); end $$;",
      "create or replace function tell() returns void language sql as 'select set_config(''app.a'', ''one'', false)';\n"
      "select tell();",
      "select set_config('app.a', relname, false) from pg_class limit 1;",
  };
  for (const char* body : bodies) {
    INFO(body);
    Project project(*database);
    project.connection.execute("DROP SCHEMA IF EXISTS quoin CASCADE");
    const Text head = concat("-- quoin: no-transaction\n", body, "\n");
    project.add("1_a.sql", concat(head, "select no_such_column;\n"));
    CHECK(error_of([&] { project.migrate(); }).sqlstate == "42703");
    CHECK(holds(join(project.remarks, "\n"), "is gone should a later statement fail"));
    project.add("1_a.sql", concat(head, "select 1;\n"));
    const Error refused = error_of([&] { project.migrate(); });
    CHECK(refused.code == Code::refused);
    CHECK(holds(refused.hint, "as SET right behind the statements that are done"));
    project.add("1_a.sql", concat(head, "set app.a = 'one';\nselect 1;\n"));
    project.migrate();
    CHECK(project.rows()[0].status == Status::applied);
  }
  Project project(*database);
  project.connection.execute("DROP SCHEMA IF EXISTS quoin CASCADE");
  project.add("1_a.sql",
              "-- quoin: no-transaction\ndo $$ begin perform set_config('app.a', 'x', true); end $$;\n"
              "do $$ begin update pg_class set relname = relname where false; end $$;\nselect 1;\n");
  project.migrate();
  CHECK(project.remarks == List());
}

TEST_CASE("a transaction that only reads may go on in another", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "-- quoin: no-transaction\nbegin read only;\nselect 1;\ncommit and chain;\nselect 2;\ncommit;\n"
              "begin read only;\ncommit and chain;\nset transaction read write;\ncreate table a (i int);\n"
              "commit and chain;\ncreate table b (i int);\ncommit;\n");
  project.migrate();
  CHECK(project.has("a"));
  CHECK(project.has("b"));
  CHECK(project.rows()[0].status == Status::applied);
}

TEST_CASE("a ledger that is held is waited for no longer than it is said, also between statements", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.session.waiting = 1;
  project.add("1_a.sql", "-- quoin: no-transaction\ncreate table a (i int);\nselect pg_sleep(2);\nselect 1;\n");
  project.ledger.create(project.connection);
  auto holder = database->connect();
  project.session.messages.detail = [&](std::string_view line) {
    if (holds(Text(line), "pg_sleep")) holder.execute("begin; lock table quoin.migrations in share mode");
  };
  const Error error = error_of([&] { project.migrate(); });
  CHECK(error.code == Code::refused);
  CHECK(holds(error.hint, "--wait SECONDS"));
  holder.execute("rollback");
  CHECK(project.rows()[0].statements_done == 1);
}

TEST_CASE("a dry run of what is done in part shows the rest, and its rollback says the way out", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  std::filesystem::create_directories(project.path / "migrations");
  const Text
      up = "-- Up Migration\ncreate table first_one (i int);\ncreate index concurrently first_i on first_one (j);\n",
      down = "-- Down Migration\ndrop index concurrently first_i;\ndrop table first_one;\n";
  project.add("migrations/1_a.sql", up + down);
  const List url{concat("DATABASE_URL=", database->url())};
  CHECK(run_quoin({"migrate"}, project.path, url).code == 2);
  const Ran dry = run_quoin({"migrate", "--dry-run", "-v"}, project.path, url);
  INFO(dry.err);
  CHECK(holds(dry.err, "1 of 2 statements are done already"));
  CHECK(holds(dry.err, "create index concurrently first_i"));
  CHECK_FALSE(holds(dry.err, "create table first_one"));
  const Ran back = run_quoin({"rollback", "-y"}, project.path, url);
  INFO(back.err);
  CHECK(back.code == 2);
  CHECK(holds(back.err, "take out of the Down of"));
  project.add("migrations/1_a.sql", up + "-- Down Migration\ndrop table first_one;\n");
  const Ran again = run_quoin({"rollback", "-y"}, project.path, url);
  INFO(again.err);
  CHECK(again.code == 0);
  CHECK_FALSE(project.has("first_one"));
}

TEST_CASE("of what failed in its first statement there is nothing to undo", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  std::filesystem::create_directories(project.path / "migrations");
  project.add("migrations/1_a.sql", "-- Up Migration\ncreate table t (id int);\n-- Down Migration\ndrop table t;\n");
  const auto write = [&](const Text& up) {
    project.add("migrations/2_b.sql", concat("-- quoin: no-transaction\n-- Up Migration\n", up,
                                             "\n-- Down Migration\ndelete from t where id > 0;\n"));
  };
  write("create index concurrently ti on t (nocol);");
  const List url{concat("DATABASE_URL=", database->url())};
  CHECK(run_quoin({"migrate"}, project.path, url).code == 2);
  project.connection.execute("insert into t values (1), (2)");
  for (const List& command : {List{"rollback", "-y"}, List{"rollback", "--dry-run"},
                              List{"rollback", "--count", "2", "-y"}, List{"redo", "-y"}}) {
    const Ran ran = run_quoin(command, project.path, url);
    INFO(ran.err);
    CHECK(ran.code == 3);
    CHECK(holds(ran.err, "quoin repair 2 --pending"));
  }
  CHECK(project.value("SELECT count(*) FROM t") == "2");
  const Ran list = run_quoin({"rollback", "--list"}, project.path, url);
  CHECK(holds(list.out, "nothing to undo: it failed, and none of its statements is done"));
  CHECK_FALSE(holds(list.out, "delete from t"));
  SECTION("mended, it runs and can be undone") {
    write("create index concurrently ti on t (id);");
    CHECK(run_quoin({"migrate"}, project.path, url).code == 0);
    CHECK(run_quoin({"rollback", "-y"}, project.path, url).code == 0);
    CHECK(project.value("SELECT count(*) FROM t") == "0");
  }
  SECTION("forgotten, it is pending, and what came before it is undone") {
    CHECK(run_quoin({"repair", "2", "--pending"}, project.path, url).code == 0);
    CHECK(project.rows().size() == 1);
    CHECK(run_quoin({"rollback", "-y"}, project.path, url).code == 0);
    CHECK_FALSE(project.has("t"));
  }
  SECTION("where its runner died nobody knows") {
    leave_behind(project, "2", "status = 'running'");
    CHECK(run_quoin({"rollback", "-y"}, project.path, url).code == 0);
    CHECK(project.value("SELECT count(*) FROM t") == "0");
  }
}

TEST_CASE("a file that makes its session read-only goes on", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_a.sql",
              "-- quoin: no-transaction\nSET default_transaction_read_only = on;\nSELECT 1 / (SELECT 1);\n"
              "SET default_transaction_read_only = off;\nCREATE TABLE a ();\n");
  project.migrate();
  CHECK(project.rows()[0].status == Status::applied);
  CHECK(project.has("a"));
}

TEST_CASE("COPY from what psql would send is refused before anything runs", "[runner]") {
  const Error error = error_of([] {
    read_script({"x.sql", "CREATE TABLE p (i int);\n COPY p FROM stdin;\n"}, Wrapping::transaction);
  });
  CHECK(holds(error.what(), "reads the rows that psql sends"));
  CHECK(to_string(error.where) == "x.sql:2:2");
  CHECK(read_script({"x.sql", "COPY p FROM '/rows'; COPY p TO stdout;"}, Wrapping::transaction).pieces.size() == 2);
}
