// What cannot be made, told as such.
#include "tests/commands_project.h"

using namespace quoin;

TEST_CASE("a folder that cannot be written to is told as such", "[commands]") {
  const CommandsProject project;
  write_file(project.folder / "file", "");
  for (const List& arguments : {List{"init", "file/x"}, List{"init", "/proc/quoin"}}) {
    const Ran ran = project.run(arguments);
    INFO(ran.err);
    CHECK(ran.code == 2);
    CHECK_FALSE(holds(ran.err, "did not foresee"));
    CHECK(holds(ran.err, "cannot be used"));
  }
}
