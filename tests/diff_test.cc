// The planner, on kinds of the tests' own.
#include <chrono>

#include "diff/proof.h"
#include "tests/diff_sides.h"

using namespace quoin;
using namespace quoin::toy;

namespace {
bool says(const List& all, std::string_view part) {
  return std::ranges::any_of(all, [&](const Text& text) { return text.find(part) != Text::npos; });
}
}  // namespace

TEST_CASE("equal schemas need no step") {
  Sides sides;
  for (World* world : {&sides.from, &sides.to}) world->add_box("crate", {"a oak", "b elm"});
  CHECK(plan(sides.from.schema, sides.to.schema).empty());
}

TEST_CASE("a new object is written with all that folds into it, slats as declared") {
  Sides sides;
  const Id crate = sides.to.add_box("crate", {"zeta oak", "alpha elm"});
  sides.to.add(filler, sides.to.id(slat, crate, "zeta"), "", "straw");
  sides.to.add(tag, crate, "", "fragile");
  CHECK(sides.sql() ==
        List{"CREATE BOX yard.crate (\n    zeta oak FILL straw,\n    alpha elm\n)", "TAG yard.crate fragile"});
}

TEST_CASE("what an existing object gains is a statement of its own, with the hazards of that") {
  Sides sides;
  sides.from.add_box("crate", {"a oak"});
  const Id crate = sides.to.add_box("crate", {"a oak", "b elm"});
  sides.to.add(filler, sides.to.id(slat, crate, "b"), "", "straw");
  const Plan made = plan(sides.from.schema, sides.to.schema);
  REQUIRE(made.steps.size() == 1);
  CHECK(emit(made.steps) == "-- WARNING(may-fail): a slat alone\nALTER BOX yard.crate ADD SLAT b elm FILL straw;\n");
}

TEST_CASE("a drop takes along what goes with it, and says what is lost") {
  Sides sides;
  const Id crate = sides.from.add_box("crate", {"a oak"});
  const Id a = sides.from.id(slat, crate, "a");
  sides.from.add(filler, a, "", "straw");
  sides.from.add(lens, sides.from.yard, "through", "a", {a});
  const Plan made = plan(sides.from.schema, sides.to.schema);
  CHECK(emit(made.steps) ==
        "DROP LENS yard.through;\n\n"
        "-- WARNING(data-loss): drops box yard.crate and the data in it\nDROP BOX yard.crate;\n");
  CHECK(lost(made.steps) == "-- Not given back after the up: drops box yard.crate and the data in it\n");
}

TEST_CASE("a name is free before another kind takes it") {
  Sides sides;
  sides.from.add_box("thing", {});
  sides.to.add(lens, sides.to.yard, "thing", "x");
  CHECK(sides.sql() == List{"DROP BOX yard.thing", "CREATE LENS yard.thing AS x"});
  std::swap(sides.from, sides.to);
  CHECK(sides.sql() == List{"DROP LENS yard.thing", "CREATE BOX yard.thing (\n)"});
}

TEST_CASE("boxes tied to each other are made first and tied afterwards, and untied before they go") {
  Sides sides;
  const Id a = sides.to.add_box("a", {"s oak"}), b = sides.to.add_box("b", {"s oak"});
  sides.to.add(rope, a, "to_b", "tight", {b});
  sides.to.add(rope, b, "to_a", "tight", {a});
  const List up = sides.sql();
  CHECK(up == List{"CREATE BOX yard.a (\n    s oak\n)", "CREATE BOX yard.b (\n    s oak\n)",
                   "ALTER BOX yard.a ADD ROPE to_b tight", "ALTER BOX yard.b ADD ROPE to_a tight"});
  std::swap(sides.from, sides.to);
  const List down = sides.sql();
  REQUIRE(down.size() == 4);
  CHECK(says({down[0], down[1]}, "ALTER BOX yard.a DROP ROPE to_b"));
  CHECK(says({down[0], down[1]}, "ALTER BOX yard.b DROP ROPE to_a"));
  CHECK(says({down[2], down[3]}, "DROP BOX yard.b"));
}

TEST_CASE("a rope that closes no circle is a clause of its box") {
  Sides sides;
  const Id a = sides.to.add_box("a", {}), b = sides.to.add_box("b", {});
  sides.to.add(rope, a, "to_b", "tight", {b});
  CHECK(sides.sql() == List{"CREATE BOX yard.b (\n)", "CREATE BOX yard.a (\n    ROPE to_b tight\n)"});
}

TEST_CASE("a filler whose spell needs the box stands alone, its siblings do not") {
  Sides sides;
  const Id crate = sides.to.add_box("crate", {"a oak", "b elm"});
  sides.to.add(filler, sides.to.id(slat, crate, "b"), "", "straw");
  const Id conjure = sides.to.add(spell, sides.to.yard, "conjure", "", {crate}).id;
  sides.to.add(filler, sides.to.id(slat, crate, "a"), "", "magic", {conjure});
  CHECK(sides.sql() == List{"CREATE BOX yard.crate (\n    a oak,\n    b elm FILL straw\n)", "CREATE SPELL yard.conjure",
                            "ALTER BOX yard.crate SLAT a FILL magic"});
}

TEST_CASE("given order what they can, and hold nothing up") {
  Sides sides;
  Object& first = sides.to.add(spell, sides.to.yard, "a_first");
  Object& second = sides.to.add(spell, sides.to.yard, "b_second");
  first.want(second.id);
  CHECK(sides.sql() == List{"CREATE SPELL yard.b_second", "CREATE SPELL yard.a_first"});
  second.want(first.id);
  CHECK(sides.sql() == List{"CREATE SPELL yard.a_first", "CREATE SPELL yard.b_second"});
}

TEST_CASE("a true circle is an error that shows the way round") {
  Sides sides;
  Object& a = sides.to.add(lens, sides.to.yard, "a", "b");
  Object& b = sides.to.add(lens, sides.to.yard, "b", "c");
  Object& c = sides.to.add(lens, sides.to.yard, "c", "a");
  sides.to.add(lens, sides.to.yard, "d", "a", {a.id});
  a.need(b.id);
  b.need(c.id);
  c.need(a.id);
  try {
    plan(sides.from.schema, sides.to.schema);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code == Code::input);
    const Text said = error.what();
    for (const char* part : {"lens yard.a", "lens yard.b", "lens yard.c", " -> "}) CHECK(said.find(part) != Text::npos);
    CHECK(said.find("lens yard.d") == Text::npos);
  }
}

TEST_CASE("what is replaced takes all that stands on it along, with tags and carried attributes") {
  Sides sides;
  for (World* world : {&sides.from, &sides.to}) {
    const bool before = world == &sides.from;
    const Id base = world->add(lens, world->yard, "base", before ? "wide" : "narrow").id;
    Object& middle = world->add(lens, world->yard, "middle", "m", {base});
    if (before) middle.carried.push_back({"owner", "OWN yard.middle BY app"});
    world->add(tag, middle.id, "", "look");
    world->add(lens, world->yard, "top", "t", {middle.id});
    world->add(lens, world->yard, "bystander", "x");
  }
  CHECK(sides.sql() == List{"DROP LENS yard.top", "DROP LENS yard.middle", "DROP LENS yard.base",
                            "CREATE LENS yard.base AS narrow", "CREATE LENS yard.middle AS m", "TAG yard.middle look",
                            "CREATE LENS yard.top AS t", "OWN yard.middle BY app"});
}

TEST_CASE("a change in place leaves its users where they are; beneath a replacement it becomes one") {
  Sides sides;
  for (World* world : {&sides.from, &sides.to}) {
    const bool before = world == &sides.from;
    const Id crate = world->add_box("crate", {before ? "a oak" : "a elm"});
    const Id seen = world->add(lens, world->yard, "seen", before ? "w" : "wide").id;
    world->add(lens, world->yard, "on_seen", "o", {seen});
    const Id a = world->id(slat, crate, "a");
    world->add(lens, world->yard, "on_slat", before ? "p" : "plain", {a});
    world->add(filler, a, "", "straw");
  }
  CHECK(sides.sql() == List{"DROP LENS yard.on_slat", "ALTER BOX yard.crate SLAT a EMPTY",
                            "ALTER BOX yard.crate SLAT a OF elm", "ALTER BOX yard.crate SLAT a FILL straw",
                            "CREATE LENS yard.on_slat AS plain", "REPLACE LENS yard.seen AS wide"});
}

TEST_CASE("users follow what is rebuilt aside, once each") {
  Sides sides;
  for (World* world : {&sides.from, &sides.to}) {
    const bool before = world == &sides.from;
    const Id red = world->add(dye, world->yard, "red", before ? "light dark" : "dark light").id;
    const Id crate = world->add_box("crate", {"a oak", before ? "b oak" : "b elm"});
    for (const char* name : {"a", "b"}) world->schema.find(world->id(slat, crate, name))->need(red);
    world->add(lens, world->yard, "on_a", "a", {world->id(slat, crate, "a")});
  }
  const List sql = sides.sql();
  CHECK(sql == List{"DROP LENS yard.on_a", "ALTER DYE yard.red RENAME TO yard.red_old",
                    "CREATE DYE yard.red OF dark, light", "ALTER BOX yard.crate REPAINT SLAT a",
                    "ALTER BOX yard.crate SLAT b OF elm", "DROP DYE yard.red_old", "CREATE LENS yard.on_a AS a"});
}

TEST_CASE("an object that stays follows when what it stood on is dropped for another") {
  Sides sides;
  const Id old = sides.from.add(spell, sides.from.yard, "old").id, now = sides.to.add(spell, sides.to.yard, "now").id;
  sides.from.add(lens, sides.from.yard, "seen", "x", {old});
  sides.to.add(lens, sides.to.yard, "seen", "x", {now});
  CHECK(sides.sql() ==
        List{"DROP LENS yard.seen", "DROP SPELL yard.old", "CREATE SPELL yard.now", "CREATE LENS yard.seen AS x"});
}

TEST_CASE("what cannot change is an error with its path, and nothing is dropped for it") {
  Sides sides;
  for (World* world : {&sides.from, &sides.to}) {
    const Id crate = world->add_box("crate", {});
    const Text knot = world == &sides.from ? "loose" : "tight";
    world->add(rope, crate, "r", knot);
    world->add(mark, world->yard, "seal", "", {world->id(rope, crate, "r")});
  }
  const Plan made = plan(sides.from.schema, sides.to.schema);
  REQUIRE(made.errors.size() == 1);
  CHECK(made.errors[0].find("rope yard.crate.r has to be built anew") == 0);
  CHECK(made.errors[0].find("seal") != Text::npos);
}

TEST_CASE("another order of what keeps its order is a note") {
  Sides sides;
  sides.from.add_box("crate", {"a oak", "b elm"});
  sides.to.add_box("crate", {"b elm", "a oak"});
  const Plan made = plan(sides.from.schema, sides.to.schema);
  CHECK(made.steps.empty());
  CHECK(made.notes == List{"box yard.crate keeps the order that it has: a, b"});
}

TEST_CASE("what is used only after a commit does not run in one transaction") {
  Sides sides;
  sides.from.add(dye, sides.from.yard, "red", "light");
  const Id red = sides.to.add(dye, sides.to.yard, "red", "light dark").id;
  Plan made = plan(sides.from.schema, sides.to.schema);
  CHECK(runs_in_transaction(made.steps));
  sides.to.add(lens, sides.to.yard, "other", "'light'", {red});
  made = plan(sides.from.schema, sides.to.schema);
  CHECK(runs_in_transaction(made.steps));
  sides.to.add(lens, sides.to.yard, "seen", "'dark'", {red});
  made = plan(sides.from.schema, sides.to.schema);
  CHECK(statements(made.steps).back() == "CREATE LENS yard.seen AS 'dark'");
  CHECK_FALSE(runs_in_transaction(made.steps));
  const std::vector<Segment> parts = segments(made.steps);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].steps.size() == 1);
  CHECK(parts[1].steps.size() == made.steps.size() - 1);
  CHECK(emit(made.steps).find("\n\nBEGIN;\n\n") != Text::npos);
}

TEST_CASE("a step that cannot run in a transaction is a segment of its own") {
  Steps steps(5);
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i].sql = concat("STEP ", std::to_string(i));
  CHECK(segments({}).empty());
  CHECK(runs_in_transaction({}));
  CHECK(segments(steps).size() == 1);
  steps[2].outside_transaction = true;
  const std::vector<Segment> parts = segments(steps);
  REQUIRE(parts.size() == 3);
  CHECK_FALSE(parts[1].in_transaction);
  CHECK(emit(steps) ==
        "BEGIN;\n\nSTEP 0;\n\nSTEP 1;\n\nCOMMIT;\n\nSTEP 2;\n\nBEGIN;\n\nSTEP 3;\n\nSTEP 4;\n\nCOMMIT;\n");
}

TEST_CASE("renames come first, and what was named after the renamed follows") {
  Sides sides;
  const Id crate = sides.from.add_box("crate", {"a oak", "b elm"});
  sides.from.add(rope, crate, "crate_a_rope", "tight", {sides.from.id(slat, crate, "a")});
  const Id chest = sides.to.add_box("chest", {"x oak", "b elm"});
  sides.to.schema.find(chest)->renamed_from = "crate";
  sides.to.schema.find(sides.to.id(slat, chest, "x"))->renamed_from = "a";
  sides.to.add(rope, chest, "chest_x_rope", "tight", {sides.to.id(slat, chest, "x")});
  const Renames renames = rename_first(sides.from.schema, sides.to.schema, nullptr);
  CHECK(statements(renames.up) == List{"ALTER BOX yard.crate RENAME TO chest", "ALTER  yard.chest.a RENAME TO x",
                                       "ALTER  crate_a_rope ON yard.chest RENAME TO chest_x_rope"});
  CHECK(statements(renames.down) == List{"ALTER  chest_x_rope ON yard.chest RENAME TO crate_a_rope",
                                         "ALTER  yard.chest.x RENAME TO a", "ALTER BOX yard.chest RENAME TO crate"});
  CHECK(plan(sides.from.schema, sides.to.schema).empty());
  CHECK(rename_first(sides.from.schema, sides.to.schema, nullptr).up.empty());
}

TEST_CASE("a former name that nothing has is said, but not where all is new or it has been done") {
  Sides sides;
  sides.to.schema.find(sides.to.add_box("chest", {}))->renamed_from = "crate";
  CHECK(rename_first(sides.from.schema, sides.to.schema, nullptr).notes.empty());
  sides.from.add_box("barrel", {});
  CHECK(rename_first(sides.from.schema, sides.to.schema, nullptr).notes ==
        List{"box yard.chest says renamed_from: crate, but there is no box yard.crate; it is made anew"});
  sides.from.add_box("chest", {});
  CHECK(rename_first(sides.from.schema, sides.to.schema, nullptr).notes.empty());
}

TEST_CASE("a name that another holds is not renamed to") {
  Sides sides;
  sides.from.add_box("crate", {});
  sides.from.add(lens, sides.from.yard, "chest", "x");
  sides.to.schema.find(sides.to.add_box("chest", {}))->renamed_from = "crate";
  try {
    rename_first(sides.from.schema, sides.to.schema, nullptr);
    FAIL("no error");
  } catch (const Error& error) { CHECK(Text(error.what()).find("lens yard.chest has that name") != Text::npos); }
}

TEST_CASE("a hundred thousand objects are planned in time that grows with their number") {
  auto seconds = [](int boxes) {
    Sides sides;
    Id last;
    for (int i = 0; i < boxes; ++i) {
      const Id made = sides.to.add_box("b" + std::to_string(i), {"a oak", "b elm", "c ash", "d fir"});
      for (const char* name : {"a", "b"}) sides.to.add(filler, sides.to.id(slat, made, name), "", "straw");
      if (last) sides.to.add(rope, made, "r", "loose", {last});
      if (last) sides.to.add(lens, sides.to.yard, "l" + std::to_string(i), "x", {last, made});
      last = made;
    }
    const auto start = std::chrono::steady_clock::now();
    CHECK(plan(sides.from.schema, sides.to.schema).steps.size() == std::size_t(3 * boxes - 2));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const double small = seconds(1250), large = seconds(12500);
  INFO(small << " s, then " << large << " s");
  CHECK(large < 40 * small);
}
