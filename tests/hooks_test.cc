// Hooks of quoin.yaml around runs and migrations.
#include <csignal>
#include <thread>

#include "core/base/subprocess.h"
#include "tests/commands_project.h"

using namespace quoin;

namespace {

/// A project whose hooks write into the file "heard".
struct HookedProject : CommandsProject {
  void hooks(const Text& yaml) const { write_file(folder / "quoin.yaml", concat("hooks:\n", yaml)); }
  Text heard() const {
    const auto path = folder / "heard";
    return std::filesystem::exists(path) ? read_file(path) : Text();
  }
  void forget() const { std::filesystem::remove(folder / "heard"); }
};

bool holds_soon(const std::function<bool()>& question) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (question()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

constexpr const char* all_told =
    "  before_run: echo $QUOIN_HOOK $QUOIN_COMMAND $QUOIN_MIGRATIONS $QUOIN_VERSION >> heard\n"
    "  before_each: echo $QUOIN_HOOK $QUOIN_DIRECTION $QUOIN_VERSION $QUOIN_NAME $QUOIN_FILE >> heard\n"
    "  after_each: echo $QUOIN_HOOK $QUOIN_VERSION $QUOIN_OUTCOME $QUOIN_SQLSTATE >> heard\n"
    "  on_error: echo $QUOIN_HOOK $QUOIN_VERSION $QUOIN_ERROR >> heard\n"
    "  after_run: echo $QUOIN_HOOK $QUOIN_OUTCOME >> heard\n";

}  // namespace

TEST_CASE("hooks run around a run and around each migration, and are told what it is", "[hooks][live]") {
  HookedProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE a (x int);\n-- Down Migration\nDROP TABLE a;\n");
  project.add("2_b.sql", "SELECT nowhere;\n");
  project.hooks(all_told);
  CHECK(project.run({"migrate", "--dry-run"}).code == 0);
  CHECK(project.heard().empty());
  CHECK(project.run({"migrate"}).code == 2);
  CHECK(project.heard() ==
        "before_run migrate 2\n"
        "before_each up 1 a migrations/1_a.sql\n"
        "after_each 1 succeeded\n"
        "before_each up 2 b migrations/2_b.sql\n"
        "after_each 2 failed 42703\n"
        "on_error 2 column \"nowhere\" does not exist\n"
        "after_run failed\n");
  project.forget();
  CHECK(project.run({"rollback", "-y"}).code == 0);
  CHECK(project.heard() ==
        "before_run rollback 1\nbefore_each down 1 a migrations/1_a.sql\nafter_each 1 succeeded\n"
        "after_run succeeded\n");
  project.forget();
  std::filesystem::remove(project.folder / "migrations/2_b.sql");
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(project.run({"redo", "-y"}).code == 0);
  CHECK(holds(project.heard(), "before_run redo 1\nbefore_each down 1 a"));
  project.forget();
  CHECK(project.run({"migrate", "--force", "1", "--reason", "x"}).code == 2);
  CHECK(holds(project.heard(), "on_error 1 relation \"a\" already exists"));
  project.forget();
  CHECK(project.run({"migrate"}).out == "nothing to run: all is applied\n");
  CHECK(project.heard().empty());
}

TEST_CASE("a hook that YAML reads as something else is refused", "[hooks]") {
  HookedProject project;
  project.add("1_a.sql", "SELECT 1;\n");
  for (const char* yaml : {"  before_run:\n    - echo backup: now\n", "  before_run:\n    -\n", "  before_run: ''\n",
                           "  before_run:\n    - [exit 7]\n"}) {
    INFO(yaml);
    project.hooks(yaml);
    CHECK(holds(project.run({"list"}).err, "[config-value]"));
  }
}

TEST_CASE("a before hook that fails stops the run, and says what it wrote", "[hooks][live]") {
  HookedProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  const auto stopped = [&](const Text& yaml, std::string_view says) {
    project.hooks(yaml);
    const Ran ran = project.run({"migrate"});
    INFO(ran.err);
    CHECK(ran.code != 0);
    CHECK(holds(ran.err, says));
    CHECK(holds(ran.err, "hint: "));
    CHECK(project.value("SELECT to_regclass('a') IS NULL") == "t");
    return ran.err;
  };
  const Text told = stopped("  before_run: \"seq 100; echo no room >&2; exit 3\"\n", "the hook before_run (seq 100;");
  CHECK(holds(told, "ended with exit code 3"));
  CHECK(holds(told, "no room"));
  CHECK(holds(told, "\n  100\n"));
  CHECK_FALSE(holds(told, "\n  80\n"));
  stopped("  before_each: exit 1\n", "the hook before_each (exit 1) ended with exit code 1");
  stopped("  before_run: /nowhere/x\n", "exit code 127");
  stopped("  timeout: 300ms\n  before_run: sleep 60 | cat\n", "took longer than 300ms");
  stopped("  timeout: soon\n  before_run: sleep 60\n", "hooks.timeout: \"soon\" is no time");
  stopped("  before_run: nowhere.sql\n", "the hook before_run (nowhere.sql) cannot be read");
  CHECK(project.run({"migrate", "--metrics-file", "metrics"}).code == 2);
  CHECK(holds(read_file(project.folder / "metrics"), "command=\"migrate\",outcome=\"failed\"} 1"));
  stopped("  before_rum: echo\n", "before_rum");
  write_file(project.folder / "slow.sql", "SELECT pg_sleep(60);\n");
  stopped("  timeout: 300ms\n  before_run: slow.sql\n",
          "the hook before_run (slow.sql) failed: it took longer than 300 ms");
  stopped("  timeout: 300ms\n  before_each: slow.sql\n", "the hook before_each (slow.sql) failed: it took longer than");
  write_file(project.folder / "wrong.sql", "SELECT 1;\nSELECT nowhere;\n");
  stopped("  before_each: [wrong.sql]\n", "wrong.sql:2:8: error: the hook before_each (wrong.sql) failed: column");
  CHECK(holds(project.run({"status"}).out, "before_each (wrong.sql) failed"));
}

TEST_CASE("a hook after something does not undo it", "[hooks][live]") {
  HookedProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  write_file(project.folder / "wrong.sql", "CREATE TABLE kept (x int); SELECT nowhere;\n");
  project.hooks("  after_each: [echo gone; false, wrong.sql, echo $QUOIN_HOOK >> heard]\n  after_run: exit 7\n");
  const Ran ran = project.run({"migrate"});
  CHECK(ran.code == 0);
  CHECK(holds(ran.err, "warning: the hook after_each (echo gone; false) ended with exit code 1; nothing is undone"));
  CHECK(holds(ran.err, "  gone\n"));
  CHECK(holds(ran.err, "warning: the hook after_each (wrong.sql) failed: column \"nowhere\" does not exist"));
  CHECK(holds(ran.err, "warning: the hook after_run (exit 7) ended with exit code 7"));
  CHECK(project.heard() == "after_each\n");
  CHECK(project.value("SELECT to_regclass('a') IS NOT NULL AND to_regclass('kept') IS NULL") == "t");
}

TEST_CASE("SQL before each migration is of its transaction and cannot end it", "[hooks][live]") {
  HookedProject project;
  if (!project.live()) return;
  project.value("CREATE TABLE heard (hook text, version text, xid bigint)");
  const char* note =
      "INSERT INTO heard VALUES (current_setting('quoin.hook'), current_setting('quoin.version'),"
      " txid_current());\nSET LOCAL search_path TO other;\n";
  write_file(project.folder / "note.sql", note);
  project.value("CREATE SCHEMA other");
  project.add("1_a.sql", "CREATE TABLE a (xid bigint DEFAULT txid_current());\nINSERT INTO a DEFAULT VALUES;\n");
  project.hooks("  before_each: note.sql\n");
  const Ran first = project.run({"migrate"});
  INFO(first.err);
  CHECK(first.code == 0);
  CHECK(project.value("SELECT h.hook || h.version FROM heard h JOIN other.a USING (xid)") == "before_each1");
  project.add("2_b.sql", "SELECT nowhere;\n");
  CHECK(project.run({"migrate"}).code == 2);
  CHECK(project.value("SELECT count(*) FROM heard") == "1");
  project.add("2_b.sql", "CREATE TABLE b (x int);\n");
  for (const auto& [sql, says] :
       {std::pair("COMMIT;", "begins or ends a transaction by itself"), std::pair("BEGIN;", "begins or ends a"),
        std::pair("-- quoin: no-transaction\nSELECT 1;", "has what cannot run in one"),
        std::pair("FROB; COMMIT; BEGIN;", "begins or ends a transaction"),
        std::pair("VACUUM;", "what cannot run in one")}) {
    write_file(project.folder / "note.sql", sql);
    const Ran ran = project.run({"migrate"});
    INFO(ran.err);
    CHECK(ran.code != 0);
    CHECK(holds(ran.err, says));
    CHECK(holds(ran.err, "the hook before_each (note.sql) failed"));
    CHECK(project.value("SELECT to_regclass('b') IS NULL") == "t");
  }
}

TEST_CASE("SQL hooks beside migrations that are no single transaction", "[hooks][live]") {
  HookedProject project;
  if (!project.live()) return;
  project.value("CREATE TABLE t (x int)");
  project.value("CREATE SCHEMA other");
  project.add("1_a.sql", "-- quoin: no-transaction\nCREATE TABLE a (x int);\nCREATE INDEX CONCURRENTLY i ON a (x);\n");
  write_file(project.folder / "path.sql", "SET search_path TO other;\n");
  write_file(project.folder / "clean.sql", "VACUUM t;\n");
  project.hooks("  before_each: path.sql\n  after_run: clean.sql\n  after_each: clean.sql\n");
  const Ran ran = project.run({"migrate"});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(project.value("SELECT to_regclass('other.i') IS NOT NULL") == "t");
  CHECK(holds(ran.err, "warning: the hook after_each (clean.sql) failed: relation \"t\" does not exist") == false);
}

TEST_CASE("commands of hooks have the database in their environment, and no password as an argument", "[hooks][live]") {
  HookedProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  project.hooks(
      "  before_run: |\n"
      "    test -n \"$DATABASE_URL\" && test -n \"$PGDATABASE\" && tr '\\0' ' ' < /proc/$$/cmdline > heard\n"
      "    psql -XAtc 'SELECT 40 + 2' >> heard\n");
  const Ran ran =
      run_quoin({"migrate", "--database", concat(project.database->url(), "&password=sesame77X")}, project.folder);
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(holds(project.heard(), "42\n"));
  CHECK_FALSE(holds(project.heard(), "sesame77X"));
  project.add("2_b.sql", "CREATE TABLE b (x int);\n");
  project.hooks("  before_run: echo $DATABASE_URL; exit 1\n");
  const Ran failed =
      run_quoin({"migrate", "--database", concat(project.database->url(), "&password=sesame77X")}, project.folder);
  CHECK(failed.code == 3);
  CHECK_FALSE(holds(failed.err, "sesame77X"));
}

TEST_CASE("an interrupt ends a hook's command and all that it has started", "[hooks][live]") {
  HookedProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  project.hooks("  before_run: echo $$ > heard; sleep 61 | sleep 61\n  on_error: echo told >> heard\n");
  Program program({"migrate"}, project.folder, project.environment());
  REQUIRE(holds_soon([&] { return holds(project.heard(), "\n"); }));
  const pid_t group = std::stoi(project.heard());
  kill(program.process(), SIGINT);
  const Ran ran = program.wait();
  CHECK(ran.code == 3);
  CHECK(holds(ran.err, "was interrupted"));
  CHECK(holds_soon([&] { return kill(-group, 0) != 0; }));
  CHECK(holds(project.heard(), "told\n"));
}

TEST_CASE("a command's end, and of its output the end", "[hooks]") {
  const auto ran = [](const Text& command) { return run_program(in_shell(command)); };
  const ProgramEnd end = ran("seq 200000; exit 4");
  CHECK(end.status == 4);
  CHECK(end.out.size() <= 65536);
  CHECK(end.out.ends_with("\n199999\n200000\n"));
  ProgramRun placed = in_shell("echo $A-$B-$HOME; pwd");
  placed.environment = environment_with({"A=1 2", "HOME"});
  placed.folder = "/";
  CHECK(run_program(placed).out == "1 2--\n/\n");
  CHECK(ran("sleep 60 & echo on").out == "on\n");
  ProgramRun late = in_shell("trap '' TERM; echo $$; sleep 60");
  late.at_most = std::chrono::milliseconds(100);
  CHECK(run_program(late).by == ProgramEnd::By::time);
}
