#include "diff/same_shape.h"

namespace quoin {

namespace {
enum class Below { all, ordered };

bool counts(const Object& child, Below below) { return below == Below::all || child.id->kind->has(ordered); }

std::size_t differences(Placed a, Placed b, Below below) {
  const Object *first = a.schema.find(a.id), *second = b.schema.find(b.id);
  if (!first || !second) return 1;
  std::size_t all = first->differences(*second).count(), matched = 0, there = 0;
  a.schema.each_child(a.id, [&](const Object& child) {
    if (!counts(child, below)) return;
    const Id same = b.schema.ids().find(*child.id->kind, b.id, child.id->name, child.id->signature);
    if (same && b.schema.find(same)) {
      ++matched;
      all += differences({a.schema, child.id}, {b.schema, same}, below);
    } else {
      ++all;
    }
  });
  b.schema.each_child(b.id, [&](const Object& child) { there += counts(child, below) ? 1 : 0; });
  return all + there - matched;
}
}  // namespace

std::size_t differences_in_shape(Placed a, Placed b) { return differences(a, b, Below::all); }
std::size_t differ_in_columns_and_fields(Placed a, Placed b) { return differences(a, b, Below::ordered); }

}  // namespace quoin
