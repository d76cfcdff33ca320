// What tests of the planner share: two schemas of the tests' own kinds, and the statements that lead from one to the
// other.
#pragma once
#include "tests/catch.h"
#include "tests/diff_kinds.h"

namespace quoin::toy {

struct Sides {
  Ids ids;
  World from{ids}, to{ids};
  List sql() {
    const Plan made = plan(from.schema, to.schema);
    CHECK(made.errors == List());
    return statements(made.steps);
  }
};

}  // namespace quoin::toy
