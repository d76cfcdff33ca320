// Protected databases, however they are spelt.
#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
void configure(const CommandsProject& project, const Text& yaml) { write_file(project.folder / "quoin.yaml", yaml); }
}  // namespace

TEST_CASE("a protected database is known under every other spelling", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  const Text url = project.database->url();
  const std::size_t begin = url.find("host=") + 5;
  const Text socket = url.substr(begin, url.find('&', begin) - begin);
  fs::create_directory_symlink(socket, project.folder / "link");
  const auto spelt = [&](const Text& host) {
    return concat(url.substr(0, begin), host, url.substr(begin + socket.size()));
  };
  configure(project,
            concat("environments:\n  mine: {}\n  production:\n    protected: true\n    database: \"", url, "\"\n"));
  for (const Text& other :
       {spelt(concat(socket, "/")), spelt((project.folder / "link").string()), spelt(concat("/nowhere,", socket))}) {
    const Ran ran = run_quoin({"reset", "-y", "--database", other, "--env", "mine"}, project.folder);
    INFO(other << "\n" << ran.out << ran.err);
    CHECK(ran.code == 3);
    CHECK(holds(ran.err, "production, which is protected"));
  }
  for (const char* unknown : {"database: '${PROD_URL}'", "database: 'postgresql:///x?host=/nowhere'", "ledger: a.b"}) {
    configure(project, concat("environments:\n  mine: {}\n  production: {protected: true, ", unknown, "}\n"));
    const Ran ran = project.run({"reset", "-y"});
    INFO(unknown << "\n" << ran.out << ran.err);
    CHECK(ran.code == 3);
    CHECK(holds(ran.err, "this may be the database of the environment production"));
    CHECK(holds(ran.err, "say --env"));
    CHECK(project.run({"reset", "-y", "--env", "mine"}).code == 0);
  }
}

TEST_CASE("a dry run is refused where the run would be", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  configure(project, concat("environments:\n  production:\n    protected: true\n    database: \"",
                            project.database->url(), "\"\n"));
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE a (x int);\n-- Down Migration\nDROP TABLE a;\n");
  CHECK(project.run({"rollback", "--dry-run"}).code == 0);  // nothing to undo, nothing to refuse
  REQUIRE(project.run({"migrate"}).code == 0);
  fs::create_directories(project.folder / "schemas");
  write_file(project.folder / "schemas" / "a.yaml", "schema: public\ntables: { a: { columns: { x: bigint } } }\n");
  const auto refused = [&](const List& command, std::string_view shown) {
    const Ran ran = project.run(command);
    INFO(command.front() << "\n" << ran.out << ran.err);
    CHECK(ran.code == 3);
    CHECK(holds(ran.out, shown));
    CHECK(holds(ran.err, concat("quoin ", command.front())));
    CHECK(holds(ran.err, "production, which is protected"));
  };
  refused({"rollback", "--dry-run"}, "would undo 1_a\n");
  refused({"redo", "--dry-run"}, "would undo and run again 1_a\n");
  refused({"reset", "--dry-run"}, "would remove ");
  refused({"sync", "--dry-run", "--shadow", "off"}, "bigint");
  refused({"migrate", "--dry-run", "--force", "1", "--reason", "x"}, "would run 1_a");
}
