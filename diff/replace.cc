#include "diff/planner.h"

namespace quoin {

// Its children go with it and come again; so do those of them that its DROP takes along from elsewhere.
void Planner::replace(Id id) {
  if (goes(id) || fate(id) == Fate::created) return;
  set(id, Fate::replaced);
  worklist_.push_back(id);
}

void Planner::spread() {
  while (!worklist_.empty()) {
    const Id id = worklist_.back();
    worklist_.pop_back();
    const auto [seen, first] = spread_.try_emplace(id, fate(id));
    if (!first && seen->second == fate(id)) continue;
    seen->second = fate(id);
    spread_from(id);
  }
}

void Planner::spread_from(Id id) {
  const bool as_new = fate(id) == Fate::replaced;
  const Object* rebuilt = to_.find(id);
  if (!rebuilt) rebuilt = from_.find(id);
  if (fate(id) != Fate::dropped)
    for (const Object* child : from_.children(id)) {
      if (!to_.find(child->id)) continue;
      if (as_new) replace(child->id);
      if (!as_new) follow(child->id, *rebuilt, true);
    }
  if (as_new)
    if (const auto along = company().find(id); along != company().end())
      for (Id taken : along->second)
        if (to_.find(taken)) replace(taken);
  if (const auto found = users().find(id); found != users().end())
    for (Id user : found->second) follow(user, *rebuilt, false);
}

void Planner::follow(Id user, const Object& rebuilt, bool child) {
  const Object* after = to_.find(user);
  if (!after || goes(user) || rebuilt_by_own_[user->number] || user->kind->has(opaque)) return;
  // Its own change takes it off what is rebuilt.
  if (!child && fate(user) == Fate::changed && !std::ranges::count(after->needs, rebuilt.id)) return;
  const Kind& kind = *user->kind;
  Follow answer;
  if (kind.follow) {
    answer = kind.follow(*after, rebuilt);
  } else if (kind.has(replaceable)) {
    answer = Replaced{};
  } else if (!child) {
    answer = Cannot{concat("it needs ", path(rebuilt.id), ", which has to be ",
                           fate(rebuilt.id) == Fate::dropped ? "dropped" : "built anew")};
  }
  if (std::holds_alternative<Replaced>(answer)) return replace(user);
  if (const auto* cannot = std::get_if<Cannot>(&answer)) return refuse(user, cannot->why);
  if (auto* steps = std::get_if<Steps>(&answer)) {
    note_rebuilt(*steps);
    if (fate(user) == Fate::kept) set(user, Fate::changed);
    Steps& own = steps_[user];
    own.insert(own.end(), std::make_move_iterator(steps->begin()), std::make_move_iterator(steps->end()));
  }
}

// Nobody here could make it again, so nothing may take it away but the drop of what it lies in.
void Planner::refuse_opaque() {
  from_.each([&](const Object& object) {
    if (!object.id->kind->has(opaque)) return;
    for (Id up = object.id->parent; up; up = up->parent)
      if (from_.find(up) && fate(up) == Fate::dropped) return;
    std::vector<Id> used = object.needs;
    if (object.id->parent) used.push_back(object.id->parent);
    for (Id id : used)
      if (from_.find(id) && (goes(id) || spread_.contains(id)))
        errors.push_back(concat(path(id), " has to be ", fate(id) == Fate::dropped ? "dropped" : "built anew",
                                ", but quoin could not make ", path(object.id),
                                " again, which needs it; drop that by hand first, and create it again afterwards"));
  });
}

}  // namespace quoin
