// The effect of each step of a plan as data, for JSON and summaries.
#pragma once
#include "core/model/lock.h"
#include "project/routes.h"

namespace quoin {

struct StepFacts {
  Id object;                // what it is about; null: nothing in particular
  std::string_view action;  // made, changed, dropped, renamed, "made anew", "dropped, to be made anew", run
};

/// The facts of each of the plan's steps; `back` is the plan that undoes it.
std::vector<StepFacts> facts_of(const Plan&, const Plan& back);

struct StepLock {
  Lock mode = Lock::none;
  std::vector<Id> on{};  // relations that were there before the plan
};
/// The locks that the plan's steps take, one each, for which each statement is parsed.
std::vector<StepLock> locks_of(const Plan&, const Plan& back);

/// True of a step that renames what it makes, and drops nothing else.
bool renames(const Step&);

}  // namespace quoin
