#include "diff/planner.h"

namespace quoin {

namespace {
// Drop it and make it again, so that what lies in it is gone in between.
bool drop_apart(const Steps& steps, Id id) {
  return std::ranges::any_of(steps, [&](const Step& step) {
    return std::ranges::count(step.drops, id) && !std::ranges::count(step.makes, id);
  });
}
}  // namespace

// Its children go with it and come again; so do those of them that its DROP takes along from elsewhere.
void Planner::replace(Id id) {
  if (goes(id) || fate(id) == Fate::created) return;
  set(id, Fate::replaced);
  worklist_.push_back(id);
  for (const Id follower : followers_of(id))
    if (to_.find(follower)) replace(follower);
  admit(id);
}

// Of the parent, which stays; a parent that is made anew has room for all that is to be in it.
void Planner::admit(Id id) {
  const Id parent = id->parent;
  if (!id->kind->sql.admit || !from_.find(parent) || fate(parent) == Fate::replaced || rebuilt_[parent->number]) return;
  const Object& object = *to_.find(id);
  Follow answer = id->kind->sql.admit(object, users_);
  if (const auto* cannot = std::get_if<Cannot>(&answer)) return refuse(id, cannot->why);
  heed(parent, object, std::move(answer));
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

bool Planner::is_dropped_apart(Id id) const {
  const auto found = steps_.find(id);
  return found != steps_.end() && drop_apart(found->second, id);
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
  for (Id user : users_.of(id)) follow(user, *rebuilt, false);
}

bool Planner::spares_unchanged(Id rebuilt) const {
  const auto found = steps_.find(rebuilt);
  return found != steps_.end() && std::ranges::any_of(found->second, &Step::spares_unchanged);
}

void Planner::follow(Id user, const Object& rebuilt, bool child) {
  const Object* after = to_.find(user);
  // It is led, or leaves by a step of its own.
  if (const Object* before = from_.find(user); before && quoin::follows(*before) == rebuilt.id) {
    const bool comes_with_it = after && quoin::follows(*after) == rebuilt.id && creates_followers(rebuilt.id);
    if (fate(rebuilt.id) == Fate::replaced && !comes_with_it && host_stays(user)) fall_to(*before);
    return;
  }
  if (!after || goes(user) || user->kind->has(opaque)) return;
  if (const auto led = leads_.find(user); led != leads_.end() && std::ranges::count(users_.of(rebuilt.id), led->second))
    return;  // as what it follows does
  if (rebuilt_[user->number]) return let_go(rebuilt.id, user, steps_[user]);
  // Its own change takes it off what is rebuilt.
  if (!child && fate(user) == Fate::changed && !std::ranges::count(after->needs, rebuilt.id)) return;
  if (fate(user) == Fate::kept && spares_unchanged(rebuilt.id)) return;
  const Kind& kind = *user->kind;
  Follow answer;
  if (kind.sql.on_rebuild) {
    const bool anew = goes(rebuilt.id) || is_dropped_apart(rebuilt.id);
    answer = kind.sql.on_rebuild({user, changed_fields(user), from_.find(user), after},
                                 {rebuilt, anew ? Rebuilt::Manner::anew : Rebuilt::Manner::in_place}, users_);
  } else if (kind.has(replaceable)) {
    answer = Replaced{};
  } else if (!child) {
    answer = Cannot{concat("it needs ", path(rebuilt.id), ", which has to be ",
                           fate(rebuilt.id) == Fate::dropped ? "dropped" : "built anew")};
  }
  heed(user, rebuilt, std::move(answer));
}

void Planner::heed(Id user, const Object& rebuilt, Follow answer) {
  if (std::holds_alternative<RemadeByServer>(answer)) return remake(user, rebuilt.id);
  if (std::holds_alternative<Replaced>(answer)) return replace(user);
  if (const auto* cannot = std::get_if<Cannot>(&answer)) return refuse(user, cannot->why);
  if (anew_.contains(user)) return replace(user);
  if (auto* steps = std::get_if<Steps>(&answer)) take(user, rebuilt, std::move(*steps));
}

// What makes it anew makes it as it is to be; what changes it in place comes once, whatever asks for it.
void Planner::take(Id user, const Object& rebuilt, Steps steps) {
  if (steps.empty()) return;
  lead(steps);
  note_rebuilt(steps);
  let_go(rebuilt.id, user, steps);
  if (fate(user) == Fate::kept) set(user, Fate::changed);
  Steps& own = steps_[user];
  if (drop_apart(steps, user)) own.clear();
  for (Step& step : steps) {
    const auto same = std::ranges::find(own, step.sql, &Step::sql);
    if (same == own.end()) {
      own.push_back(std::move(step));
      continue;
    }
    same->releases.insert(same->releases.end(), step.releases.begin(), step.releases.end());
    same->takes.insert(same->takes.end(), step.takes.begin(), step.takes.end());
  }
}

// By the statement that rebuilds what it stands on.
void Planner::remake(Id user, Id with) {
  const auto found = steps_.find(with);
  if (goes(with) || found == steps_.end()) return replace(user);
  for (Step& step : found->second)
    if (std::ranges::count(step.makes, with) && std::ranges::count(step.drops, with)) {
      step.makes.push_back(user);
      step.drops.push_back(user);
    }
  worklist_.push_back(user);
}

// Where the old one goes by a step of its own, when its last user has moved over, the steps of users come before it.
void Planner::let_go(Id rebuilt, Id user, Steps& steps) {
  if (!is_dropped_apart(rebuilt)) return;
  for (Step& step : steps)
    if (std::ranges::count(step.makes, user)) step.releases.push_back(rebuilt);
}

}  // namespace quoin
