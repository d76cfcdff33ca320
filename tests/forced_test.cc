// What a forced run that failed or died leaves: a migration that stays applied, and why it was forced.
#include "tests/runner_project.h"

using namespace quoin;
using namespace quoin::runner;

namespace {

constexpr const char* beds = "-- quoin: no-transaction\nCREATE TABLE IF NOT EXISTS beds (id int);\nSELECT 1;\n";

Error forced(Project& project) {
  const auto files = project.files();
  const auto rows = project.rows();
  return error_of([&] { run_once_more(project.session, files.front(), rows.front(), "to try"); });
}

Text last_action(Project& project) {
  return project.value("SELECT action || ':' || detail FROM quoin.log ORDER BY id DESC LIMIT 1");
}

}  // namespace

TEST_CASE("a forced run that fails at its first statement leaves the migration applied", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_beds.sql", beds);
  project.migrate();
  const Text at = project.rows().front().applied_at;
  for (const char* text : {"-- quoin: no-transaction\nSELECT 1 / 0;\n", "SELECT 1 / 0;\n"}) {
    project.add("1_beds.sql", text);
    const Error error = forced(project);
    CHECK(error.sqlstate == "22012");
    CHECK(holds(error.detail, "it stays applied"));
    CHECK(holds(error.hint, "quoin migrate --force 1 --reason … again"));
    const Entry row = project.rows().front();
    CHECK(row.status == Status::applied);
    CHECK(row.forced.empty());
    CHECK(row.applied_at == at);
    CHECK(last_action(project) == "failure of force:division by zero");
  }
  CHECK(project.ledger.failures(project.connection).at("1").action == "force");
}

TEST_CASE("a forced run that died is ended by a plain one, which logs why it was forced", "[runner][live]") {
  auto database = scratch();
  if (!database) return;
  Project project(*database);
  project.add("1_beds.sql", beds);
  project.migrate();
  project.add("1_beds.sql", concat(beds, "SELECT 1 / 0;\n"));
  const Error error = forced(project);
  CHECK(holds(error.detail, "2 of 3 statements of 1_beds are done"));
  const Entry row = project.rows().front();
  CHECK(row.status == Status::failed);
  CHECK(row.was_applied());
  const auto files = project.files();
  const std::vector<Entry> rows{row};
  const auto all = compare(files, rows);
  CHECK(all.front().state_in_words() == "applied; a forced run (to try) failed after 2 statements: division by zero");
  project.add("1_beds.sql", beds);
  project.migrate();
  CHECK(project.rows().front().status == Status::applied);
  CHECK(project.rows().front().forced.empty());
  CHECK(last_action(project) == "force:to try");
}
