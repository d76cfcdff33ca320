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
