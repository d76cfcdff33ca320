// The library that programs link: the C++ and the C header, from the outside.
#include <csignal>

#include "core/base/subprocess.h"
#include "quoin/migrator.h"
#include "quoin/quoin.h"
#include "tests/commands_project.h"

using namespace quoin;

namespace {

struct LibraryProject : CommandsProject {
  bool live_with_two() {
    add("1_a.sql", "-- Up Migration\nCREATE TABLE a (id int);\n-- Down Migration\nDROP TABLE a;\n");
    add("2_b.sql", "-- Up Migration\nCREATE TABLE b (id int);\n-- Down Migration\nDROP TABLE b;\n");
    return live();
  }
  MigratorOptions options() {
    MigratorOptions all;
    all.database = database->url();
    all.migrations = (folder / "migrations").string();
    all.hear = [this](MigratorRemark, const std::string& line) { heard.push_back(line); };
    return all;
  }
  List heard;
};

List versions(const std::vector<MigrationRan>& all) {
  List found;
  for (const MigrationRan& ran : all) found.push_back(ran.version);
  return found;
}

template <class Body>
MigratorError thrown(Body body) {
  try {
    body();
  } catch (const MigratorError& error) { return error; }
  return {"nothing was thrown", {}};
}

}  // namespace

TEST_CASE("a Migrator runs, tells, undoes and validates", "[library][live]") {
  LibraryProject project;
  if (!project.live_with_two()) return;
  Migrator migrator(project.options());
  CHECK(migrator.status().version.empty());
  CHECK(versions(migrator.migrate()) == List{"1", "2"});
  CHECK(versions(migrator.migrate()) == List());
  const MigratorStatus status = migrator.status();
  CHECK(status.version == "2");
  REQUIRE(status.all.size() == 2);
  CHECK(status.all[1].state == "applied");
  CHECK(status.refuses.empty());
  CHECK(versions(migrator.rollback()) == List{"2"});
  CHECK(thrown([&] { migrator.rollback(0); }).rest.failure == MigratorFailure::usage);
  CHECK(versions(migrator.rollback(5)) == List{"1"});
  CHECK(migrator.validate().empty());
}

TEST_CASE("a Migrator stops at what fails, or goes on past it", "[library][live]") {
  LibraryProject project;
  if (!project.live_with_two()) return;
  project.add("1_a.sql", "-- Up Migration\nSELECT 1/0;\n");
  const MigratorError error = thrown([&] { Migrator(project.options()).migrate(); });
  CHECK(error.rest.sqlstate == "22012");
  CHECK(error.rest.failure == MigratorFailure::failed);
  CHECK(error.rest.place.find("1_a.sql:2") != Text::npos);
  CHECK(project.value("SELECT to_regclass('b') IS NULL") == "t");
  MigratorOptions options = project.options();
  options.stop_on_error = false;
  CHECK(thrown([&] { Migrator(options).migrate(); }).what() != std::string("nothing was thrown"));
  CHECK(project.value("SELECT to_regclass('b') IS NULL") == "f");
}

TEST_CASE("a Migrator takes nothing away without leave", "[library][live]") {
  LibraryProject project;
  if (!project.live_with_two()) return;
  Migrator(project.options()).migrate();
  project.value("INSERT INTO a VALUES (1) RETURNING 1");
  project.add("3_drop.sql", "-- Up Migration\nDROP TABLE a;\n");
  CHECK(thrown([&] { Migrator(project.options()).migrate(); }).rest.failure == MigratorFailure::refused);
  MigratorOptions options = project.options();
  options.allow = {"data-loss"};
  CHECK(versions(Migrator(options).migrate()) == List{"3"});
  options.allow = {"everything"};
  CHECK(thrown([&] { Migrator{options}; }).rest.failure == MigratorFailure::usage);
}

TEST_CASE("a Migrator that was stopped runs nothing", "[library][live]") {
  LibraryProject project;
  if (!project.live_with_two()) return;
  Migrator migrator(project.options());
  migrator.stop();
  CHECK(thrown([&] { migrator.migrate(); }).what() != std::string("nothing was thrown"));
  CHECK(project.value("SELECT to_regclass('a') IS NULL") == "t");
}

TEST_CASE("a Migrator shows no password, prints nothing and leaves signals alone", "[library]") {
  LibraryProject project;
  MigratorOptions options;
  options.database = "postgresql://app:hunter2@127.0.0.1:1/shop";
  options.migrations = (project.folder / "migrations").string();
  const auto before = std::signal(SIGINT, SIG_DFL);
  const MigratorError error = thrown([&] { Migrator(options).migrate(); });
  CHECK(std::signal(SIGINT, before) == SIG_DFL);
  CHECK(error.rest.failure == MigratorFailure::failed);
  CHECK(concat(error.what(), error.rest.hint, error.rest.detail).find("hunter2") == Text::npos);
  options.config = "/nonexistent/quoin.yaml";
  CHECK(thrown([&] { Migrator{options}; }).rest.failure == MigratorFailure::failed);
}

TEST_CASE("the C header does the same, and lets no exception out", "[library][live]") {
  LibraryProject project;
  if (!project.live_with_two()) return;
  quoin_migrator* migrator = quoin_new();
  REQUIRE(migrator != nullptr);
  CHECK(quoin_set(migrator, "databse", "x") == QUOIN_USAGE);
  CHECK(std::string_view(quoin_error(migrator)).find("databse") != Text::npos);
  CHECK(quoin_set(migrator, "wait", "soon") == QUOIN_USAGE);
  CHECK(quoin_set(migrator, "database", project.database->url().c_str()) == QUOIN_OK);
  CHECK(std::string_view(quoin_error(migrator)).empty());
  CHECK(quoin_set(migrator, "migrations", (project.folder / "migrations").c_str()) == QUOIN_OK);
  CHECK(quoin_migrate(migrator) == QUOIN_OK);
  REQUIRE(quoin_rows(migrator) == 2);
  CHECK(std::string_view(quoin_value(migrator, 1, "version")) == "2");
  CHECK(std::string_view(quoin_value(migrator, 2, "version")).empty());
  CHECK(quoin_status(migrator) == QUOIN_OK);
  CHECK(std::string_view(quoin_version(migrator)) == "2");
  CHECK(std::string_view(quoin_value(migrator, 0, "state")) == "applied");
  CHECK(quoin_rollback(migrator, 0) == QUOIN_USAGE);
  CHECK(quoin_rollback(migrator, 1) == QUOIN_OK);
  project.add("3_bad.sql", "-- Up Migration\nBEGIN;\n");
  CHECK(quoin_validate(migrator) == QUOIN_PROBLEMS);
  CHECK(std::string_view(quoin_value(migrator, 0, "rule")) == "transaction");
  quoin_stop(migrator);
  CHECK(quoin_migrate(migrator) != QUOIN_OK);
  quoin_free(migrator);
  CHECK(quoin_migrate(nullptr) == QUOIN_USAGE);
  CHECK(std::string_view(quoin_error(nullptr)).empty());
}
