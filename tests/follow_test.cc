// What follows something else has no steps of its own, and those who need it come before and after the steps of that.
#include "tests/catch.h"
#include "tests/diff_kinds.h"

using namespace quoin;
using namespace quoin::toy;

namespace {
/// A crate, its mirror, and a lens on a slat of the mirror.
struct Mirrored {
  World& world;
  Id crate = world.add_box("crate", {}), mirror = world.add_box("mirror", {});
  explicit Mirrored(World& in) : world(in) {}
  void with(const Text& name, const Text& wood) {
    const Id own = world.add(slat, crate, name, wood).id;
    const Id other = world.add_mirror(own, mirror, wood);
    world.add(lens, world.yard, concat("on_", name), "wood", {other});
  }
};

List planned(const World& from, const World& to) {
  const Plan made = plan(from.schema, to.schema);
  CHECK(made.errors == List());
  return statements(made.steps);
}
}  // namespace

TEST_CASE("what follows is made and dropped by the steps of what it follows") {
  Ids ids;
  World from{ids}, to{ids};
  Mirrored(from).with("old", "oak");
  Mirrored(to).with("added", "elm");
  CHECK(planned(from, to) == List{"DROP LENS yard.on_old", "ALTER BOX yard.crate ADD SLAT added elm",
                                  "CREATE LENS yard.on_added AS wood", "ALTER BOX yard.crate DROP SLAT old"});
}

TEST_CASE("what follows is rebuilt with what it follows, and its users leave meanwhile") {
  Ids ids;
  World from{ids}, to{ids};
  Mirrored(from).with("a", "oak");
  Mirrored(to).with("a", "elm");
  CHECK(planned(from, to) ==
        List{"DROP LENS yard.on_a", "ALTER BOX yard.crate SLAT a OF elm", "CREATE LENS yard.on_a AS wood"});
}

TEST_CASE("what follows is made with what it lies in, where that is new, and dropped with it") {
  Ids ids;
  World from{ids}, to{ids};
  from.add(slat, from.add_box("crate", {}), "a", "oak");
  Mirrored(to).with("a", "oak");
  CHECK(planned(from, to) == List{"CREATE BOX yard.mirror (\n)", "CREATE LENS yard.on_a AS wood"});
  CHECK(planned(to, from) == List{"DROP LENS yard.on_a", "DROP BOX yard.mirror"});
  const World nothing{ids};
  CHECK(planned(nothing, to) ==
        List{"CREATE BOX yard.crate (\n    a oak\n)", "CREATE BOX yard.mirror (\n)", "CREATE LENS yard.on_a AS wood"});
}

TEST_CASE("what follows is no difference by itself") {
  Ids ids;
  World from{ids}, to{ids};
  Mirrored(from).with("a", "oak");
  const Id crate = to.add_box("crate", {"a oak"});
  to.add_mirror(to.id(slat, crate, "a"), to.add_box("mirror", {}), "oak");
  to.add(lens, to.yard, "on_a", "wood");
  CHECK(planned(from, to).empty());
}
