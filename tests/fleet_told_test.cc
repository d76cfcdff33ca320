// What is told of the targets of a fleet: in the table, as JSON, in hints, the log and metrics.
#include "core/postgres/postgres.h"
#include "tests/commands_project.h"

using namespace quoin;

namespace {

/// Two databases as targets, of which DATABASE_URL names the first.
struct TwoDatabases : CommandsProject {
  std::optional<Shadow::Database> other;
  bool live_two() {
    if (!live()) return false;
    other.emplace(Shadow::start({})->create_database());
    write_file(folder / "targets", concat("database: ", first(), "\ndatabase: ", second(), "\n"));
    return true;
  }
  Text first() const { return database->connect().database(); }
  Text second() const { return other->connect().database(); }
};

/// The line of a table about a target.
Text line_of(const Text& table, const Text& target) {
  for (const Text& line : split(table, '\n'))
    if (line.starts_with(concat(target, " "))) return line;
  return {};
}

constexpr const char* one = "-- Up Migration\nCREATE TABLE t (x int);\n-- Down Migration\nDROP TABLE t;\n";

}  // namespace

TEST_CASE("a hint of a fleet's table is about the target of its row, and names the file", "[fleet][live]") {
  TwoDatabases project;
  if (!project.live_two()) return;
  project.add("1_a.sql", one);
  REQUIRE(project.run({"migrate", "--targets", "targets"}).code == 0);
  project.add("1_a.sql", concat(one, "-- more\n"));
  const Ran status = project.run({"status", "--targets", "targets", "--exit-code"});
  INFO(status.out << status.err);
  CHECK(status.code == 3);
  for (const Text& name : {project.first(), project.second()}) {
    const Text line = line_of(status.out, name);
    CHECK(holds(line, "  refused  "));
    CHECK(holds(line, "migrations/1_a.sql: this migration was changed after being applied"));
    CHECK(holds(line, "quoin --database '"));
    CHECK(holds(line, concat("/", name, "?")));
    CHECK(holds(line, "repair 1 --applied"));
  }
  CHECK(holds(status.out, "2 targets: 2 refused\n"));
  const Ran json = project.run({"status", "--targets", "targets", "--json"});
  CHECK(holds(json.out, "\"state\": \"refused\""));
  CHECK(holds(json.out, "\"refused\": 2"));
  CHECK(holds(json.out, concat("/", project.second(), "?")));
  const Ran run = project.run({"migrate", "--targets", "targets", "--max-failures", "0", "--log-format", "json"});
  CHECK(run.code == 2);
  CHECK(holds(line_of(run.out, project.second()), "repair 1 --applied"));
  CHECK(holds(run.err, concat("/", project.second(), "?")));
}

TEST_CASE("a hint about a schema of a fleet has --schema, and one about all targets no target", "[fleet][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.value("CREATE SCHEMA acme");
  project.add("1_a.sql", one);
  write_file(project.folder / "targets", "schema: acme\nschema: bolt\n");
  REQUIRE(project.run({"migrate", "--targets", "SELECT 'acme' AS schema"}).code == 0);
  project.add("1_a.sql", concat(one, "-- more\n"));
  const Ran status = project.run({"status", "--targets", "targets", "--search-path", "public"});
  INFO(status.out);
  CHECK(holds(line_of(status.out, "acme"), "quoin --search-path public repair --schema acme 1 --applied"));
  CHECK(holds(line_of(status.out, "bolt"), "quoin --search-path public migrate --targets … --create-schemas"));
}

TEST_CASE("metrics of a fleet have each target that was looked at, as single runs have", "[fleet][live]") {
  TwoDatabases project;
  if (!project.live_two()) return;
  project.add("1_a.sql", one);
  REQUIRE(project.run({"migrate"}).code == 0);
  write_file(project.folder / "targets", concat("database: ", project.first(), "\ndatabase: nowhere_at_all\n"));
  CHECK(project.run({"migrate", "--targets", "targets", "--metrics-file", "m.prom"}).code == 2);
  const Text metrics = read_file(project.folder / "m.prom");
  INFO(metrics);
  CHECK(holds(metrics, concat("/", project.first(), "\",command=\"migrate\",outcome=\"succeeded\"} 1\n")));
  CHECK(holds(metrics, concat("/", project.first(), "\"} 0\n")));  // pending
  CHECK(holds(metrics, "/nowhere_at_all\",command=\"migrate\",outcome=\"failed\"} 1\n"));
  CHECK_FALSE(holds(metrics, concat("quoin_last_success_timestamp_seconds{database=\"nowhere_at_all")));
}

TEST_CASE("what the server says of the rows in the way is told of a target, and logged", "[fleet][live]") {
  TwoDatabases project;
  if (!project.live_two()) return;
  project.add("1_a.sql", one);
  REQUIRE(project.run({"migrate", "--targets", "targets"}).code == 0);
  project.other->connect().execute("INSERT INTO t VALUES (7), (7)");
  project.add("2_b.sql", "CREATE UNIQUE INDEX ON t (x);\n");
  const List command{"migrate", "--targets", "targets", "--max-failures", "0"};
  const auto with = [&](const List& more) {
    List all = command;
    all.insert(all.end(), more.begin(), more.end());
    return project.run(all);
  };
  const Ran table = with({"--log-format", "json"});
  INFO(table.out << table.err);
  CHECK(holds(table.out, "(SQLSTATE 23505); Key (x)=(7) is duplicated.; mend the rows"));
  CHECK(holds(table.err, "\"detail\":\"Key (x)=(7) is duplicated.\\n"));
  CHECK(holds(table.err, "1 target of 2 failed\""));
  CHECK(holds(with({"--json"}).out, "\"detail\": \"Key (x)=(7) is duplicated.\\n"));
  const Text log = run_quoin({"log", "--database", project.other->url()}, project.folder).out;
  CHECK(holds(log, "could not create unique index \"t_x_idx\"\n    Key (x)=(7) is duplicated.\n"));
}
