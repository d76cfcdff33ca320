// Runs as collectors of logs and metrics see them.
#include <nlohmann/json.hpp>

#include "tests/commands_project.h"

using namespace quoin;

namespace {
std::vector<nlohmann::json> lines_of(const Text& err) {
  std::vector<nlohmann::json> lines;
  for (const Text& line : split(trim(err), '\n')) lines.push_back(nlohmann::json::parse(line));
  return lines;
}
}  // namespace

TEST_CASE("with --log-format json each line of stderr is an object that tells what happened", "[log][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql",
              "-- Description: an \"odd\" one\n-- Up Migration\nCREATE TABLE a (x int);\n"
              "-- Down Migration\nDROP TABLE a;\n");
  project.add("2_b.sql", "SELECT 1;\nSELECT nowhere, 'postgresql://ann:sesame77X@h/d';\n");
  const Ran ran = project.run({"migrate", "--log-format", "json"});
  CHECK(ran.code == 2);
  CHECK(holds(ran.out, "applied 1_a"));
  CHECK_FALSE(holds(ran.err, "sesame77X"));
  const auto lines = lines_of(ran.err);
  List events;
  for (const auto& line : lines) {
    events.push_back(line.at("event"));
    CHECK(line.at("time").get<Text>().ends_with("Z"));
  }
  CHECK(events == List{"run started", "migration started", "migration finished", "migration started",
                       "migration failed", "run finished", "error"});
  CHECK(lines[2].at("level") == "info");
  CHECK(lines[2].at("version") == "1");
  CHECK(lines[2].at("description") == "an \"odd\" one");
  CHECK(lines[2].at("status") == "succeeded");
  CHECK(lines[2].at("duration_ms").is_number());
  CHECK(lines[4].at("level") == "error");
  CHECK(lines[4].at("sqlstate") == "42703");
  CHECK(lines[4].at("place") == "migrations/2_b.sql:2:8");
  CHECK(lines[5].at("status") == "failed");
  CHECK(lines[5].at("succeeded") == 1);
  CHECK(lines[5].at("pending") == 1);
  CHECK(lines[6].at("exit_code") == 2);

  const auto undone = lines_of(project.run({"rollback", "-y", "--log-format", "json"}).err);
  CHECK(std::ranges::count_if(undone, [](const auto& line) { return line.value("direction", "") == "down"; }) == 2);
  const auto none = lines_of(run_quoin({"migrate", "--log-format", "json"}, project.folder,
                                       {"DATABASE_URL=postgresql://ann:sesame77X@127.0.0.1:1/d"})
                                 .err);
  CHECK(none.size() == 3);
  CHECK(none[1].at("event") == "run finished");
  CHECK(none[1].at("database") == "127.0.0.1:1/d");
}

TEST_CASE("names that steer a terminal stay within their line of the log", "[log][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "DO $$ BEGIN RAISE EXCEPTION E'one\\ntwo \\x1b[31m'; END $$;\n");
  const Ran json = project.run({"migrate", "--log-format", "json"});
  CHECK_FALSE(holds(json.err, "\x1b"));
  CHECK(lines_of(json.err).size() == 5);
  const Ran text = project.run({"migrate", "--log-format", "text"});
  CHECK_FALSE(holds(text.err, "\x1b"));
  CHECK(holds(text.err, " info run started command=migrate database="));
  CHECK(holds(text.err, " error migration failed command=migrate "));
}

TEST_CASE("metrics count runs and migrations, failed ones too", "[log][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  project.add("2_b.sql", "SELECT nowhere;\n");
  const auto metrics = [&] { return read_file(project.folder / "m.prom"); };
  CHECK(project.run({"migrate", "--metrics-file", "m.prom"}).code == 2);
  CHECK(project.run({"migrate", "--metrics-file", "m.prom"}).code == 2);
  const Text first = metrics();
  CHECK(holds(first, "# TYPE quoin_runs_total counter\n"));
  CHECK(holds(first, "command=\"migrate\",outcome=\"failed\"} 2\n"));
  CHECK(holds(first, "direction=\"up\",outcome=\"succeeded\"} 1\n"));
  CHECK(holds(first, "direction=\"up\",outcome=\"failed\"} 2\n"));
  CHECK(holds(first, "\"} 1\n# HELP quoin_last_run_timestamp_seconds"));
  CHECK_FALSE(holds(first, "quoin_last_success_timestamp_seconds"));
  project.add("2_b.sql", "SELECT 1;\n");
  CHECK(project.run({"migrate", "--metrics-file", "m.prom"}).code == 0);
  CHECK(holds(metrics(), "command=\"migrate\",outcome=\"succeeded\"} 1\n"));
  CHECK(holds(metrics(), "quoin_last_success_timestamp_seconds{"));
  CHECK(holds(metrics(), "\"} 0\n# HELP quoin_last_run_timestamp_seconds"));
  CHECK(run_quoin({"migrate", "--metrics-file", "m.prom"}, project.folder,
                  {"DATABASE_URL=postgresql://ann:sesame77X@127.0.0.1:1/d"})
            .code == 2);
  CHECK(holds(metrics(), "quoin_runs_total{database=\"127.0.0.1:1/d\",command=\"migrate\",outcome=\"failed\"} 1\n"));
  project.add("3_c.sql", "SELECT 1;\n");
  const Ran unwritten = project.run({"migrate", "--metrics-file", "nowhere/m.prom"});
  CHECK(unwritten.code == 0);
  CHECK(holds(unwritten.err, "warning: the metrics could not be written"));
}
