// Killed at random: forced runs, baselines, syncs, hooks and fleets. Each leaves what its ledger says, and the next run
// finishes it.
#include <csignal>
#include <random>
#include <thread>

#include "tests/commands_project.h"

using namespace quoin;

namespace {

constexpr int rounds = 5;

struct KilledProject : CommandsProject {
  std::mt19937 chance{20260101};

  /// Runs it until some moment before `most` has passed, and kills it.
  void kill_at_random(const List& arguments, std::chrono::milliseconds most) {
    Program program(arguments, folder, environment());
    std::this_thread::sleep_for(
        std::chrono::milliseconds(std::uniform_int_distribution<>(5, int(most.count()))(chance)));
    kill(program.process(), SIGKILL);
    program.wait();
    // What the server still does for it ends first.
    for (int i = 0;
         i < 200 && value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <>"
                          " pg_backend_pid() AND application_name LIKE 'quoin%'") != "0";
         ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::chrono::milliseconds time_of(const List& arguments) const {
    const auto begin = std::chrono::steady_clock::now();
    const Ran ran = run(arguments);
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  }
  void done(const List& arguments) const {
    const Ran ran = run(arguments);
    INFO(join(arguments, " ") << "\n" << ran.out << ran.err);
    CHECK(ran.code == 0);
  }
  bool has(const Text& relation) const {
    return value(concat("SELECT to_regclass('", relation, "') IS NOT NULL")) == "t";
  }
  void execute(const Text& sql) const { database->connect().execute(sql); }
  void empty() const {
    execute("DROP SCHEMA IF EXISTS quoin CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }
};

}  // namespace

TEST_CASE("a forced run that is killed is told, and the next run finishes it", "[killed][live]") {
  KilledProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (n int, w int);\nINSERT INTO a VALUES (0, 0);\n");
  project.add("2_b.sql",
              "UPDATE a SET w = w + 1;\nDROP INDEX CONCURRENTLY IF EXISTS i;\nCREATE INDEX CONCURRENTLY i ON a (n);\n"
              "SELECT pg_sleep(0.05);\nUPDATE a SET w = w + 1;\n");
  const List force{"migrate", "--force", "2", "--reason", "again", "--allow", "data-loss,access"};
  project.done({"migrate"});
  const auto most = project.time_of(force);
  for (int round = 0; round < rounds; ++round) {
    const int before = std::stoi(project.value("SELECT w FROM a"));
    project.kill_at_random(force, most);
    const bool is_whole = project.value("SELECT status FROM quoin.migrations WHERE version = '2'") == "applied";
    const int now = std::stoi(project.value("SELECT w FROM a"));
    if (is_whole) CHECK((now == before || now == before + 2));
    if (!is_whole) CHECK(holds(project.run({"status"}).out, "a forced run (again)"));
    project.done({"migrate"});
    CHECK(std::stoi(project.value("SELECT w FROM a")) == (is_whole ? now : before + 2));
    project.done({"status", "--exit-code"});
    CHECK(project.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == "0");
  }
}

TEST_CASE("a baseline that is killed has taken all or nothing", "[killed][live]") {
  KilledProject project;
  if (!project.live()) return;
  for (int i = 1; i <= 100; ++i)
    project.add(concat(std::to_string(1000 + i), "_m.sql"), concat("CREATE TABLE t", std::to_string(i), " (i int);\n"));
  const auto most = project.time_of({"baseline", "1100"});
  for (int round = 0; round < rounds; ++round) {
    project.empty();
    project.kill_at_random({"baseline", "1100"}, most);
    const Text taken = project.has("quoin.migrations") ? project.value("SELECT count(*) FROM quoin.migrations") : "0";
    CHECK((taken == "0" || taken == "100"));
    if (taken == "0") project.done({"baseline", "1100"});
    CHECK(project.value("SELECT count(*) FROM quoin.migrations") == "100");
    CHECK(project.value("SELECT count(*) FROM quoin.log") == "100");
  }
}

TEST_CASE("a sync that is killed has made all or nothing, and the next one makes it", "[killed][live]") {
  KilledProject project;
  if (!project.live()) return;
  Text wanted = "schema: public\ntables:\n";
  for (int i = 0; i < 30; ++i)
    wanted += concat("  t", std::to_string(i), ":\n    columns: { id: bigint, n: text }\n    primary_key: [id]\n");
  std::filesystem::create_directories(project.folder / "schemas");
  write_file(project.folder / "schemas" / "public.yaml", wanted);
  const List sync{"sync", "-y", "--shadow", "off", "--allow", "unproven"};
  const auto most = project.time_of(sync);
  for (int round = 0; round < rounds; ++round) {
    project.empty();
    project.kill_at_random(sync, most);
    const Text made = project.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
    CHECK((made == "0" || made == "30"));
    project.done(sync);
    project.done({"diff", "--exit-code", "--shadow", "off"});
  }
}

TEST_CASE("hooks of a run that is killed have done as much as its migrations", "[killed][live]") {
  KilledProject project;
  if (!project.live()) return;
  write_file(project.folder / "quoin.yaml",
             "hooks:\n  before_each: [before.sql, sleep 0.02]\n  after_each: sleep 0.02\n");
  write_file(project.folder / "before.sql",
             "CREATE TABLE IF NOT EXISTS public.hooked (v text);\n"
             "INSERT INTO public.hooked VALUES (current_setting('quoin.version'));\n");
  for (const char* i : {"1", "2", "3", "4", "5"})
    project.add(concat(i, "_m.sql"), concat("CREATE TABLE m", i, " (i int);\nINSERT INTO m", i, " VALUES (1);\n"));
  const auto most = project.time_of({"migrate"});
  const auto each_once = [&] {
    return project.value(
        "SELECT NOT EXISTS (SELECT FROM (SELECT version FROM quoin.migrations) a FULL JOIN (SELECT v,"
        " count(*) AS n FROM hooked GROUP BY v) h ON v = version WHERE n IS DISTINCT FROM 1) AND (SELECT"
        " count(*) FROM quoin.migrations) = (SELECT count(*) FROM pg_tables WHERE tablename ~"
        " '^m[0-9]$')");
  };
  for (int round = 0; round < rounds; ++round) {
    project.empty();
    project.kill_at_random({"migrate"}, most);
    if (project.has("quoin.migrations") && project.has("hooked")) CHECK(each_once() == "t");
    project.done({"migrate"});
    CHECK(each_once() == "t");
    CHECK(project.value("SELECT count(*) FROM quoin.migrations WHERE status = 'applied'") == "5");
  }
}

TEST_CASE("a fleet that is killed goes on where each of its targets stands", "[killed][live]") {
  KilledProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (i int);\nINSERT INTO a VALUES (1);\nSELECT pg_sleep(0.02);\n");
  project.add("2_b.sql",
              "INSERT INTO a VALUES (2);\nCREATE INDEX CONCURRENTLY a_i ON a (i);\nINSERT INTO a VALUES (3);\n");
  write_file(project.folder / "targets", "schema: s1\nschema: s2\nschema: s3\nschema: s4\n");
  const List run{"migrate", "--targets", "targets", "--jobs", "3", "--max-failures", "0"};
  const char* anew =
      "DROP SCHEMA IF EXISTS s1, s2, s3, s4 CASCADE; CREATE SCHEMA s1; CREATE SCHEMA s2; CREATE SCHEMA s3; CREATE "
      "SCHEMA"
      " s4";
  project.execute(anew);
  const auto most = project.time_of(run);
  for (int round = 0; round < rounds; ++round) {
    project.execute(anew);
    project.kill_at_random(run, most);
    project.done(run);
    for (const char* schema : {"s1", "s2", "s3", "s4"})
      CHECK(project.value(concat("SELECT string_agg(i::text, '' ORDER BY i) FROM ", schema, ".a")) == "123");
    CHECK(project.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == "0");
    project.done({"status", "--targets", "targets", "--exit-code"});
  }
}
