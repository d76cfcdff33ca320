#include "diff/planner.h"

namespace quoin {

namespace {
// True if one step drops the object and another makes it again, so that what lies in it is lost in between.
bool drop_apart(const Steps& steps, Id id) {
  return std::ranges::any_of(steps, [&](const Step& step) {
    return std::ranges::count(step.drops, id) && !std::ranges::count(step.makes, id);
  });
}
}  // namespace

// Its children, and what its DROP drops elsewhere, are replaced by decide_users_of().
void Planner::replace(Id id) {
  if (is_dropped(id) || fate(id) == Fate::created) return;
  set(id, Fate::replaced);
  worklist_.push_back(id);
  for (const Id follower : followers_of(id))
    if (to_.find(follower)) replace(follower);
  ask_parent_to_admit(id);
}

// Only a parent that stays is asked; one that is made anew is made to hold all that is to be in it.
void Planner::ask_parent_to_admit(Id id) {
  const Id parent = id->parent;
  if (!id->kind->sql.admit || !from_.find(parent) || fate(parent) == Fate::replaced || rebuilt_[parent->number]) return;
  const Object& object = *to_.find(id);
  Follow answer = id->kind->sql.admit(object, users_);
  if (const auto* cannot = std::get_if<Cannot>(&answer)) return refuse(id, cannot->why);
  apply(parent, object, std::move(answer));
}

void Planner::decide_users() {
  while (!worklist_.empty()) {
    const Id id = worklist_.back();
    worklist_.pop_back();
    const auto [seen, first] = users_decided_.try_emplace(id, fate(id));
    if (!first && seen->second == fate(id)) continue;
    seen->second = fate(id);
    decide_users_of(id);
  }
}

bool Planner::is_dropped_apart(Id id) const {
  const auto found = steps_.find(id);
  return found != steps_.end() && drop_apart(found->second, id);
}

void Planner::decide_users_of(Id id) {
  const bool as_new = fate(id) == Fate::replaced, takes_children = as_new || is_dropped_apart(id);
  const Object* rebuilt = to_.find(id);
  if (!rebuilt) rebuilt = from_.find(id);
  if (fate(id) != Fate::dropped)
    for (const Object* child : from_.children(id)) {
      if (!to_.find(child->id)) continue;
      if (takes_children) replace(child->id);
      if (!takes_children) decide_user(child->id, *rebuilt, true);
    }
  if (as_new)
    if (const auto along = dropped_along().find(id); along != dropped_along().end())
      for (Id taken : along->second)
        if (to_.find(taken)) replace(taken);
  for (Id user : users_.of(id)) decide_user(user, *rebuilt, false);
}

bool Planner::spares_unchanged(Id rebuilt) const {
  const auto found = steps_.find(rebuilt);
  return found != steps_.end() && std::ranges::any_of(found->second, &Step::spares_unchanged);
}

void Planner::decide_user(Id user, const Object& rebuilt, bool child) {
  const Object* after = to_.find(user);
  // A follower's fate is its leader's, or it is detached by a step of its own.
  if (const Object* before = from_.find(user); before && follows(*before) == rebuilt.id) {
    const bool comes_with_it = after && follows(*after) == rebuilt.id && creates_followers(rebuilt.id);
    if (fate(rebuilt.id) == Fate::replaced && !comes_with_it && host_stays(user)) drop_with_leader(*before);
    return;
  }
  if (!after || is_dropped(user) || user->kind->has(opaque)) return;
  if (const auto led = leader_of_.find(user);
      led != leader_of_.end() && std::ranges::count(users_.of(rebuilt.id), led->second))
    return;  // what it follows is asked instead
  if (rebuilt_[user->number]) return release_old(rebuilt.id, user, steps_[user]);
  // By its own change it no longer needs what is rebuilt.
  if (!child && fate(user) == Fate::changed && !std::ranges::count(after->needs, rebuilt.id)) return;
  if (fate(user) == Fate::kept && spares_unchanged(rebuilt.id)) return;
  const Kind& kind = *user->kind;
  Follow answer;
  if (kind.sql.on_rebuild) {
    const bool anew = is_dropped(rebuilt.id) || is_dropped_apart(rebuilt.id);
    answer = kind.sql.on_rebuild({user, changed_fields(user), from_.find(user), after},
                                 {rebuilt, anew ? Rebuilt::Manner::anew : Rebuilt::Manner::in_place}, users_);
  } else if (kind.has(replaceable)) {
    answer = Replaced{};
  } else if (!child) {
    answer = Cannot{concat("it needs ", path(rebuilt.id), ", which has to be ",
                           fate(rebuilt.id) == Fate::dropped ? "dropped" : "built anew")};
  }
  apply(user, rebuilt, std::move(answer));
}

void Planner::apply(Id user, const Object& rebuilt, Follow answer) {
  if (std::holds_alternative<RemadeByServer>(answer)) return add_to_rebuilding_step(user, rebuilt.id);
  if (std::holds_alternative<Replaced>(answer)) return replace(user);
  if (const auto* cannot = std::get_if<Cannot>(&answer)) return refuse(user, cannot->why);
  if (anew_.contains(user)) return replace(user);
  if (auto* steps = std::get_if<Steps>(&answer)) add_steps(user, rebuilt, std::move(*steps));
}

// Steps that make the user anew make it as desired, so that its former steps are dropped; the same statement, asked for
// by several rebuilt objects, is kept once.
void Planner::add_steps(Id user, const Object& rebuilt, Steps steps) {
  if (steps.empty()) return;
  add_followers(steps);
  note_rebuilt(steps);
  release_old(rebuilt.id, user, steps);
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

// The statement that rebuilds an object remakes the user too, so that the user's own users are dropped before it.
void Planner::add_to_rebuilding_step(Id user, Id rebuilt) {
  const auto found = steps_.find(rebuilt);
  if (is_dropped(rebuilt) || found == steps_.end()) return replace(user);
  for (Step& step : found->second)
    if (std::ranges::count(step.makes, rebuilt) && std::ranges::count(step.drops, rebuilt)) {
      step.makes.push_back(user);
      step.drops.push_back(user);
    }
  worklist_.push_back(user);
}

// Where a step of its own drops the old object, the steps by which its users turn to the new one come before.
void Planner::release_old(Id rebuilt, Id user, Steps& steps) {
  if (!is_dropped_apart(rebuilt)) return;
  for (Step& step : steps)
    if (std::ranges::count(step.makes, user)) step.releases.push_back(rebuilt);
}

}  // namespace quoin
