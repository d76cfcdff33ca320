// The search_path under which a step runs what it calls.
#include "diff/planner.h"

namespace quoin {

namespace {
using Seen = std::unordered_set<Id>;

bool is_rebuilt(Id id, const Step& step) { return std::ranges::count(step.drops, id) > 0; }

void add_callers_below(Id id, const Schema& schema, std::vector<Id>& all) {
  schema.each_child(id, [&](const Object& child) {
    if (child.id->kind->has(calls_when_made)) all.push_back(child.id);
    add_callers_below(child.id, schema, all);
  });
}
}  // namespace

// A rewrite of a table builds its indexes again, so that it also calls what they call.
List Planner::path_for(const Step& step) const {
  std::vector<Id> left;
  for (Id id : step.makes) {
    if (!id->kind->has(calls_when_made)) continue;
    left.push_back(id);
    if (is_rebuilt(id, step)) add_callers_below(group_of(id), to_, left);
  }
  std::erase_if(left, [&](Id id) { return fate(id) != Fate::kept && !std::ranges::count(step.makes, id); });
  Seen seen;
  List names;
  while (!left.empty()) {
    const Id id = left.back();
    left.pop_back();
    const Object* object = seen.insert(id).second ? to_.find(id) : nullptr;
    if (!object) continue;
    for (const auto* used : {&object->needs, &object->wants}) left.insert(left.end(), used->begin(), used->end());
    const auto counts_on = id->kind->counts_on;
    const Id schema = counts_on ? counts_on(*object) : Id();
    if (schema && !std::ranges::count(names, schema->name)) names.push_back(schema->name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace quoin
