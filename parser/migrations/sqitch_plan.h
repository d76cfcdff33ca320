// sqitch.plan: the changes of a Sqitch project, in order.
#pragma once
#include <vector>

#include "core/base/text.h"

namespace quoin {

struct SqitchChange {
  Text name;
  List needs, conflicts;  // as the plan has them: "users", "users@v1", "other:users"
  Text planned_at, planner, note;
  List tags;     // "@v1.0", those that stand between it and the next change
  Text id;       // the hash that its ledger knows it by
  int line = 0;  // in the plan
};

struct SqitchPlan {
  Text file, project;
  std::vector<SqitchChange> changes;
};

/// Throws Error(Code::input) with its place for a line that is none of a plan's.
SqitchPlan read_sqitch_plan(const Text& file);

}  // namespace quoin
