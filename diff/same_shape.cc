#include "diff/same_shape.h"

namespace quoin {

std::size_t differences_in_shape(Placed a, Placed b) {
  const Object *first = a.schema.find(a.id), *second = b.schema.find(b.id);
  if (!first || !second) return 1;
  std::size_t all = first->differences(*second).count();
  std::size_t matched = 0;
  a.schema.each_child(a.id, [&](const Object& child) {
    const Id same = b.schema.ids().find(*child.id->kind, b.id, child.id->name, child.id->signature);
    if (same && b.schema.find(same)) {
      ++matched;
      all += differences_in_shape({a.schema, child.id}, {b.schema, same});
    } else {
      ++all;
    }
  });
  std::size_t there = 0;
  b.schema.each_child(b.id, [&](const Object&) { ++there; });
  return all + there - matched;
}

}  // namespace quoin
