// Options that lack their value.
#include "tests/commands_project.h"

using namespace quoin;

TEST_CASE("an option without a value takes no other argument in its place", "[commands]") {
  const CommandsProject project;
  for (const List& arguments : {List{"drop", "--database=", "-y"}, List{"snapshot", "--output=", "--database", "x"},
                                List{"drop", "--env=", "-y"}, List{"diff", "--name=", "a"},
                                List{"drop", "--database", "", "-y"}, List{"verify", "--since=", "x"}}) {
    const Ran ran = project.run(arguments);
    INFO(join(arguments, " ") << "\n" << ran.err);
    CHECK(ran.code == 64);
    CHECK(holds(ran.err, "needs a value"));
  }
}
