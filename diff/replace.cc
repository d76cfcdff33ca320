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

// By steps of its own that drop it and make it again, so that what lies in it is gone in between.
bool Planner::is_dropped_apart(Id id) const {
  const auto found = steps_.find(id);
  return found != steps_.end() && std::ranges::any_of(found->second, [&](const Step& step) {
           return std::ranges::count(step.drops, id) && !std::ranges::count(step.makes, id);
         });
}

void Planner::spread_from(Id id) {
  const bool as_new = fate(id) == Fate::replaced, takes_children = as_new || is_dropped_apart(id);
  const Object* rebuilt = to_.find(id);
  if (!rebuilt) rebuilt = from_.find(id);
  if (fate(id) != Fate::dropped)
    for (const Object* child : from_.children(id)) {
      if (!to_.find(child->id)) continue;
      if (takes_children) replace(child->id);
      if (!takes_children) follow(child->id, *rebuilt, true);
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
  if (!after || goes(user) || user->kind->has(opaque)) return;
  if (rebuilt_by_own_[user->number]) return let_go(rebuilt.id, user, steps_[user]);
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
    let_go(rebuilt.id, user, *steps);
    if (fate(user) == Fate::kept) set(user, Fate::changed);
    Steps& own = steps_[user];
    own.insert(own.end(), std::make_move_iterator(steps->begin()), std::make_move_iterator(steps->end()));
  }
}

// Where the old one goes by a step of its own, when its last user has moved over, the steps of users come before it.
void Planner::let_go(Id rebuilt, Id user, Steps& steps) {
  if (!is_dropped_apart(rebuilt)) return;
  for (Step& step : steps)
    if (std::ranges::count(step.makes, user)) step.releases.push_back(rebuilt);
}

}  // namespace quoin
