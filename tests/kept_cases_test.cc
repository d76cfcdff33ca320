// Golden cases of what snapshots keep: tests/cases/kept/<case>/schema.sql is a database, which is no difference from
// its own YAML and SQL, with a server and without. QUOIN_CASE=part picks some.
#include "tests/commands_project.h"
#include "tests/golden.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

TEST_CASE("kept cases: a database is no difference from its own documents", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  for (const fs::path& path : golden_cases("kept")) {
    const Shadow::Database database = server().create_database();
    database.connect().execute(read_file(path / "schema.sql"));
    for (const char* format : {"yaml", "sql"})
      for (const char* shadow : {"auto", "off"}) {
        INFO("case " << path.filename().string() << ", " << format << ", --shadow " << shadow);
        const Text file = concat("written.", format);
        const Ran written = project.run({"snapshot", database.url(), "--format", format, "-o", file});
        CHECK(written.code == 0);
        const Ran ran = project.run({"diff", "--from", database.url(), "--to", file, "--shadow", shadow});
        INFO(written.err << ran.out << ran.err);
        CHECK(ran.code == 0);
        CHECK(ran.err.find("no difference") != Text::npos);
      }
  }
}
