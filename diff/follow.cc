// What has no steps of its own: the steps of what it follows, or lies in, make, change and drop it.
#include "diff/planner.h"

namespace quoin {

Id host_of(Id id) {
  Id host = id->parent;
  while (host && host->parent && !host->parent->kind->has(is_namespace)) host = host->parent;
  return host;
}

namespace {
/// False where what the follower lies in is there on the other side, and has nothing of what the leader lies in: it
/// leaves that, or joins it, by steps of its own, which see to what lies in it.
bool hosts_stay_together(Id follower, Id leader, const Schema& other_side) {
  const Id host = host_of(follower), leaders = host_of(leader);
  const Object* there = host != leaders ? other_side.find(host) : nullptr;
  return !there || std::ranges::count(there->needs, leaders) > 0;
}
}  // namespace

bool stays_in_place(Id id, const Schema& from, const Schema& to) {
  const Id host = host_of(id);
  return host && from.find(host) && to.find(host) && dropped_with(*from.find(host)) == dropped_with(*to.find(host));
}

// Of a change only its like takes it along: an extension's comment is not the extension.
bool Planner::is_led(Id id) const {
  if (dropped_by_others_.contains(id)) return false;  // it is to come by itself
  if (brought_.contains(id)) return false;            // it is to go by itself
  if (handed_over_.contains(id)) return true;
  if (besides_.contains(id) && fate(id) == Fate::changed) return false;
  if (fate(id) == Fate::replaced && is_own_besides(*to_.find(id))) return false;
  for (auto at = leads_.find(id); at != leads_.end(); at = leads_.find(at->second))
    if (const Fate of_leader = fate(at->second); of_leader != Fate::kept && of_leader == fate(id)) return true;
  if (!leads_.contains(id) || fate(id) == Fate::kept || fate(id) == Fate::changed) return false;
  for (Id up = id->parent; up; up = up->parent)
    if (fate(up) == fate(id)) return true;
  return false;
}

bool Planner::has_leader_that(Id id, Fate as) const {
  auto at = leads_.find(id);
  while (at != leads_.end() && fate(at->second) != as) at = leads_.find(at->second);
  return at != leads_.end();
}

// Wanting its host says so. Null: nothing of what it follows does.
Id Planner::leader_that_comes_after(const Object& follower) const {
  const Id host = host_of(follower.id);
  for (const Object* leader = to_.find(follows(follower)); leader; leader = to_.find(follows(*leader)))
    if (fate(leader->id) == Fate::created && std::ranges::count(leader->wants, host)) return leader->id;
  return {};
}

// Where what it lies in is new, or goes, that does it, else what it follows.
void Planner::set_one_sided(const Object& follower, Fate as) {
  const Id brought_by = follows(follower);
  if (as == Fate::created && fate(brought_by) == as && !creates_followers(brought_by)) return set(follower.id, as);
  Id doer = as == Fate::created ? leader_that_comes_after(follower) : Id();
  if (!doer) doer = follower.id->parent;
  while (doer && fate(doer) != as) doer = doer->parent;
  const Schema& side = as == Fate::created ? to_ : from_;
  const Schema& other_side = as == Fate::created ? from_ : to_;
  for (const Object* up = &follower; up && !doer; up = side.find(follows(*up))) {
    const Id leader = follows(*up);
    if (!leader || !hosts_stay_together(up->id, leader, other_side)) break;
    if (fate(leader) == as) doer = leader;
  }
  if (!doer) return;
  leads_[follower.id] = follows(follower);
  followers_[doer].push_back(follower.id);
  set(follower.id, as);
  if (as == Fate::dropped) worklist_.push_back(follower.id);
}

// It is to be there all the same: made anew once what it followed has taken it along. What leaves its host takes along
// what it has.
bool Planner::goes_with_leader(const Object& follower) const {
  return fate(follows(follower)) == Fate::dropped && fate(follower.id) == Fate::kept &&
         follower.id->kind->has(replaceable) && host_stays(follower.id) && goes_with(follower, follows(follower)) &&
         hosts_stay_together(follower.id, follows(follower), to_);
}

// It is to be its table's own from now on, and the server drops it with what it has been inherited from.
bool Planner::loses_rows_with_leader(const Object& follower) const {
  const Id leader = follows(follower);
  if (fate(leader) != Fate::dropped || !follower.id->kind->has(holds_rows) || is_own_besides(follower)) return false;
  const bool has_another = std::ranges::any_of(follower.needs, [&](Id used) {
    return used != leader && used->kind == leader->kind && used->name == leader->name && fate(used) != Fate::dropped;
  });
  return leader->kind == follower.id->kind && host_stays(follower.id) && host_stays(leader) && !has_another;
}

namespace {
Text would_go_with(Id leader) {
  return concat("it would go with ", path(leader),
                ", which it is inherited from, and what its rows hold with it; "
                "ALTER TABLE ONLY … DROP COLUMN, in a migration written by hand, leaves it there");
}
}  // namespace

bool Planner::host_stays(Id id) const { return stays_in_place(id, from_, to_); }

bool Planner::creates_followers(Id leader) const {
  const Object* object = to_.find(leader);
  return object && (!leader->kind->creates_followers || leader->kind->creates_followers(*object));
}

void Planner::fall_to(const Object& follower) {
  if (!dropped_by_others_.insert(follower.id).second) return;
  followers_[follows(follower)].push_back(follower.id);
  if (to_.find(follower.id)) set(follower.id, Fate::replaced);
  worklist_.push_back(follower.id);
}

// The part of one index, and by the same name of another: the server drops it with the one, and makes it with the
// other. An heir that goes to another parent keeps what it has.
bool Planner::is_handed_over(const Object& before, Id leader) const {
  const Id old = follows(before);
  if (!old || old == leader || !before.id->kind->has(replaceable) || leader->kind != before.id->kind) return false;
  return fate(old) == Fate::dropped && fate(leader) == Fate::created && creates_followers(leader) &&
         host_stays(before.id) && goes_with(before, old) && hosts_stay_together(before.id, old, to_) &&
         hosts_stay_together(before.id, leader, from_);
}

void Planner::hand_over(const Object& before, Id leader) {
  leads_[before.id] = leader;
  for (const Id one : {follows(before), leader}) followers_[one].push_back(before.id);
  go_and_come(before.id);
}

// Of its table's own until now, or not there, and made as a part of what is made anew: that brings it under its name.
bool Planner::is_brought(Id id) const {
  const Object* after = fate(id) == Fate::created || fate(id) == Fate::replaced ? to_.find(id) : nullptr;
  const Id leader = after ? follows(*after) : Id();
  if (!leader || leader->kind != id->kind || !id->kind->has(replaceable) || !creates_followers(leader)) return false;
  if (fate(leader) != Fate::created && fate(leader) != Fate::replaced) return false;
  const Object* before = from_.find(id);
  if ((before && follows(*before)) || is_own_besides(*after) || is_led(id) || dropped_by_others_.contains(id))
    return false;
  return host_stays(id) && hosts_stay_together(id, leader, from_);
}

void Planner::find_brought() {
  std::vector<Id> found;
  for (const Id id : touched_)
    if (is_brought(id)) found.push_back(id);
  for (const Id id : found) {
    brought_.insert(id);
    leads_[id] = follows(*to_.find(id));
    followers_[leads_[id]].push_back(id);
  }
}

void Planner::go_and_come(Id follower) {
  if (!handed_over_.insert(follower).second) return;
  set(follower, Fate::replaced);
  worklist_.push_back(follower);
  for (const Id below : followers_of(follower)) go_and_come(below);
}

// Once the fates of what is made and dropped are known.
void Planner::find_followers(const std::vector<Delta>& deltas) {
  if (deltas.empty()) return;
  std::vector<Id> to_be_left;
  to_.each([&](const Object& object) {
    const Id leader = follows(object);
    if (!leader) return;
    const Object* before = from_.find(object.id);
    if (!before) return is_own_besides(object) ? void() : set_one_sided(object, Fate::created);
    if (is_handed_over(*before, leader)) return hand_over(*before, leader);
    if (leader->kind != object.id->kind || follows(*before) != leader) return;  // it joins by itself
    leads_[object.id] = leader;
    followers_[leader].push_back(object.id);
    if (handed_over_.contains(leader)) go_and_come(object.id);
  });
  from_.each([&](const Object& object) {
    if (!follows(object)) return;
    if (to_.find(object.id)) {
      if (loses_rows_with_leader(object)) refuse(object.id, would_go_with(follows(object)));
      return goes_with_leader(object) ? fall_to(object) : void();
    }
    if (is_own_besides(object)) return;
    set_one_sided(object, Fate::dropped);
    if (!leads_.contains(object.id) && comes_by_itself(object, from_, to_)) to_be_left.push_back(follows(object));
  });
  // What follows cannot go by itself: what brings it is made anew without it.
  for (const Id leader : to_be_left)
    if (leader->kind->has(replaceable)) replace(leader);
}

void Planner::lead(Steps& steps) const {
  if (followers_.empty()) return;
  for (Step& step : steps) {
    for (std::size_t i = 0; i < step.makes.size(); ++i)
      for (const Id follower : followers_of(step.makes[i])) {
        if (!to_.find(follower) || std::ranges::count(step.makes, follower) || dropped_by_others_.contains(follower))
          continue;
        step.makes.push_back(follower);
        if (const Id leader = leads_.at(follower); !std::ranges::count(step.makes, leader))
          step.needs.push_back(leader);
        if (!from_.find(follower) || handed_over_.contains(follower) || brought_.contains(follower))
          std::ranges::move(slots_of(*to_.find(follower)), std::back_inserter(step.takes));
      }
    for (std::size_t i = 0; i < step.drops.size(); ++i)
      for (const Id follower : followers_of(step.drops[i])) {
        if (!from_.find(follower) || std::ranges::count(step.drops, follower)) continue;
        if (fate(follower) == Fate::kept && !std::ranges::count(step.makes, step.drops[i])) continue;
        step.drops.push_back(follower);
        if (!to_.find(follower) || dropped_by_others_.contains(follower) || handed_over_.contains(follower))
          std::ranges::move(slots_of(*from_.find(follower)), std::back_inserter(step.frees));
      }
  }
}

std::span<const Id> Planner::followers_of(Id id) const {
  const auto found = followers_.find(id);
  return found == followers_.end() ? std::span<const Id>() : std::span<const Id>(found->second);
}

}  // namespace quoin
