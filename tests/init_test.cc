// quoin init in folders where another tool has been at work.
#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

TEST_CASE("init names the folder in which another tool has its migrations", "[commands]") {
  for (const Text folder : {"db/migrations", "prisma/migrations"}) {
    CommandsProject project;
    fs::remove_all(project.folder / "migrations");
    fs::create_directories(project.folder / folder);
    write_file(project.folder / folder / "1_a.sql", "-- migrate:up\nCREATE TABLE a (x int);\n");
    const Ran ran = run_quoin({"init"}, project.folder);
    INFO(ran.err);
    CHECK(ran.code == 0);
    CHECK(holds(read_file(project.folder / "quoin.yaml"), concat("\nmigrations: ", folder, "  ")));
    CHECK_FALSE(fs::exists(project.folder / "migrations"));
    CHECK_FALSE(fs::exists(project.folder / folder / "README.md"));
    CHECK(holds(ran.err, "next: quoin adopt"));
    CHECK(run_quoin({"verify"}, project.folder).code == 0);
  }
  CommandsProject empty;
  CHECK(holds(run_quoin({"init"}, empty.folder).err, "next: quoin diff --from empty: --name first"));
  CHECK(fs::exists(empty.folder / "migrations" / "README.md"));
  CHECK(holds(run_quoin({"init", "--help"}, empty.folder).out, ".github/workflows/schema.yml and .editorconfig"));
}
