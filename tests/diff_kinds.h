// Kinds of the tests' own, so that the planner is tried on nothing but what a kind may say: boxes with slats, filled,
// tied to each other with ropes, seen through lenses, under spells, painted in dyes.
#pragma once
#include "diff/diff.h"
#include "kinds/list.h"

namespace quoin::toy {

extern const Kind box, slat, filler, rope, lens, spell, dye, tag, mark;

struct World {
  explicit World(Ids& shared) : schema(shared), yard(shared.of(schema_kind, Id(), "yard")) { schema.add(yard); }
  Schema schema;
  Id yard;

  Id id(const Kind& kind, Id parent, Text name) { return schema.ids().of(kind, parent, std::move(name)); }
  /// Adds an object; with its main field, if it has one.
  Object& add(const Kind&, Id parent, Text name, Text value = {}, std::vector<Id> needs = {});
  Id add_mirror(Id of_slat, Id inside, const Text& wood);  // a slat that follows another
  Id add_box(const Text& name, const List& slats);         // "a: oak" has the type oak
};

}  // namespace quoin::toy
