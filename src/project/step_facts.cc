#include "project/step_facts.h"

#include <algorithm>
#include <unordered_set>

#include "diff/diff.h"
#include "kinds/locks.h"

namespace quoin {
namespace {

bool has(const std::vector<Id>& ids, Id id) { return std::ranges::count(ids, id) > 0; }

// What one way of a plan makes and drops, in all its steps but those that give another name.
struct Reach {
  std::unordered_set<Id> makes, drops;
  explicit Reach(const Steps& steps) {
    for (const Step& step : steps) {
      if (renames(step)) continue;
      makes.insert(step.makes.begin(), step.makes.end());
      drops.insert(step.drops.begin(), step.drops.end());
    }
  }
};

// What the way back drops is new.
std::string_view action_of(const Step& step, Id id, const Reach& up, const Reach& down) {
  if (!id) return "run";
  if (renames(step)) return "renamed";
  if (has(step.makes, id) && has(step.drops, id)) return "changed";
  if (has(step.drops, id)) return up.makes.contains(id) ? "dropped, to be made anew" : "dropped";
  if (!has(step.makes, id)) return "changed";
  if (up.drops.contains(id)) return "made anew";
  return down.drops.contains(id) && !down.makes.contains(id) ? "made" : "changed";
}

Lock lock_of(const Step& step) {
  try {
    const auto tree = ast::Tree::parse(concat(step.prefix, step.sql, step.tail));
    Lock lock = Lock::none;
    for (const ast::Statement& one : tree.statements()) lock = std::max(lock, quoin::lock_of(one.node));
    return lock;
  } catch (const Error&) {  // of a newer server's grammar: nothing is said of it
    return Lock::none;
  }
}

Id relation_around(Id id) {
  while (id && !is_relation(Object(id))) id = id->parent;
  return id;
}

// The relations of what it makes, changes and drops; of an index or a sequence that of what it lies in, or itself.
std::vector<Id> locked_by(const Step& step, Id subject, const std::unordered_set<Id>& made) {
  std::vector<Id> all;
  const auto add = [&](Id id) {
    for (Id at = relation_around(id); at; at = relation_around(at->parent))
      if (!made.contains(at) && !has(all, at)) all.push_back(at);
  };
  add(subject);
  for (const auto* ids : {&step.makes, &step.drops})
    for (Id id : *ids) add(id);
  const bool is_reference = subject && subject->kind->has(is_edge);
  for (Id id : step.needs)
    if (is_reference) add(id);
  return all;
}

}  // namespace

bool renames(const Step& step) {
  return step.makes.size() == 1 && step.drops.size() == 1 && step.makes[0] != step.drops[0] &&
         step.makes[0]->kind == step.drops[0]->kind;
}

std::vector<StepFacts> facts_of(const Plan& plan, const Plan& back) {
  const Reach up(plan.steps), down(back.steps);
  std::vector<StepFacts> all;
  for (const Step& step : plan.steps) {
    const Id subject = subject_of(step);
    all.push_back({subject, action_of(step, subject, up, down)});
  }
  return all;
}

std::vector<StepLock> locks_of(const Plan& plan, const Plan& back) {
  const Reach up(plan.steps), down(back.steps);
  std::unordered_set<Id> made;
  for (Id id : up.makes)
    if (down.drops.contains(id) && !up.drops.contains(id)) made.insert(id);
  std::vector<StepLock> all;
  for (const Step& step : plan.steps) {
    StepLock lock{lock_of(step)};
    if (lock.mode != Lock::none) lock.on = locked_by(step, subject_of(step), made);
    if (lock.on.empty()) lock.mode = Lock::none;
    all.push_back(std::move(lock));
  }
  return all;
}

}  // namespace quoin
