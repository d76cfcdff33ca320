// Objects without steps of their own (Kind::follows), here "followers": the steps of their leader, which is what they
// follow, or of what they lie in make, change and drop them.
#include "diff/planner.h"

namespace quoin {

Id host_of(Id id) {
  Id host = id->parent;
  while (host && host->parent && !host->parent->kind->has(is_namespace)) host = host->parent;
  return host;
}

namespace {
/// False if the follower's host is on the other side without needing the leader's host: then the host is attached or
/// detached by steps of its own, which see to what lies in it.
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

// A change of a leader does not change a follower of another kind: an extension's comment is not the extension.
bool Planner::is_led(Id id) const {
  if (dropped_by_others_.contains(id)) return false;  // its own steps create it again
  if (brought_.contains(id)) return false;            // its own steps drop it
  if (handed_over_.contains(id)) return true;
  if (besides_.contains(id) && fate(id) == Fate::changed) return false;
  if (fate(id) == Fate::replaced && is_own_besides(*to_.find(id))) return false;
  for (auto at = leader_of_.find(id); at != leader_of_.end(); at = leader_of_.find(at->second))
    if (const Fate of_leader = fate(at->second); of_leader != Fate::kept && of_leader == fate(id)) return true;
  if (!leader_of_.contains(id) || fate(id) == Fate::kept || fate(id) == Fate::changed) return false;
  for (Id up = id->parent; up; up = up->parent)
    if (fate(up) == fate(id)) return true;
  return false;
}

bool Planner::has_leader_that(Id id, Fate as) const {
  auto at = leader_of_.find(id);
  while (at != leader_of_.end() && fate(at->second) != as) at = leader_of_.find(at->second);
  return at != leader_of_.end();
}

// A leader is created after the follower's host where it wants that host, or where rows move into what it lies in
// first. Null: none of the leaders does.
Id Planner::leader_that_comes_after(const Object& follower) const {
  const Id host = host_of(follower.id);
  for (const Object* leader = to_.find(follows(follower)); leader; leader = to_.find(follows(*leader)))
    if (fate(leader->id) == Fate::created && (std::ranges::count(leader->wants, host) || comes_after_rows(leader->id)))
      return leader->id;
  return {};
}

// The nearest object around it with that fate creates or drops it too, else the nearest leader with that fate.
void Planner::set_one_sided(const Object& follower, Fate as) {
  const Id brought_by = follows(follower);
  if (as == Fate::created && fate(brought_by) == as && !creates_followers(brought_by)) return set(follower.id, as);
  Id doer = as == Fate::created ? leader_that_comes_after(follower) : Id();
  // What is set aside goes once its rows have moved; its leader gives way to the new one's before.
  if (!doer && !(as == Fate::dropped && is_moved(follower.id))) doer = follower.id->parent;
  while (doer && fate(doer) != as) doer = doer->parent;
  const Schema& side = as == Fate::created ? to_ : from_;
  const Schema& other_side = as == Fate::created ? from_ : to_;
  for (const Object* up = &follower; up && !doer; up = side.find(follows(*up))) {
    const Id leader = follows(*up);
    if (!leader || !hosts_stay_together(up->id, leader, other_side)) break;
    if (fate(leader) == as) doer = leader;
  }
  if (!doer) return;
  leader_of_[follower.id] = follows(follower);
  followers_[doer].push_back(follower.id);
  set(follower.id, as);
  if (as == Fate::dropped) worklist_.push_back(follower.id);
}

// The desired schema has it, but the DROP of its leader drops it, so that it is to be created anew. Not where its host
// is detached, since it then keeps what it has.
bool Planner::is_dropped_with_leader(const Object& follower) const {
  return fate(follows(follower)) == Fate::dropped && fate(follower.id) == Fate::kept &&
         follower.id->kind->has(replaceable) && host_stays(follower.id) && goes_with(follower, follows(follower)) &&
         hosts_stay_together(follower.id, follows(follower), to_);
}

// The desired schema has it as its table's own, but the server drops it together with the column it is inherited from.
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

void Planner::drop_with_leader(const Object& follower) {
  if (!dropped_by_others_.insert(follower.id).second) return;
  followers_[follows(follower)].push_back(follower.id);
  if (to_.find(follower.id)) set(follower.id, Fate::replaced);
  worklist_.push_back(follower.id);
}

// It was a partition of one index and is to be one, of the same name, of another: the server drops it with the old
// index, and creates it with the new one.
// An heir that goes to another parent keeps what it has.
bool Planner::is_handed_over(const Object& before, Id leader) const {
  const Id old = follows(before);
  if (!old || old == leader || !before.id->kind->has(replaceable) || leader->kind != before.id->kind) return false;
  return fate(old) == Fate::dropped && fate(leader) == Fate::created && creates_followers(leader) &&
         host_stays(before.id) && goes_with(before, old) && hosts_stay_together(before.id, old, to_) &&
         hosts_stay_together(before.id, leader, from_);
}

void Planner::hand_over(const Object& before, Id leader) {
  leader_of_[before.id] = leader;
  for (const Id one : {follows(before), leader}) followers_[one].push_back(before.id);
  replace_handed_over(before.id);
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
    leader_of_[id] = follows(*to_.find(id));
    followers_[leader_of_[id]].push_back(id);
  }
}

void Planner::replace_handed_over(Id follower) {
  if (!handed_over_.insert(follower).second) return;
  set(follower, Fate::replaced);
  worklist_.push_back(follower);
  for (const Id below : followers_of(follower)) replace_handed_over(below);
}

// Called once the fates of all that only one side has are known.
void Planner::find_followers(const std::vector<Delta>& deltas) {
  if (deltas.empty()) return;
  std::vector<Id> to_be_left;
  to_.each([&](const Object& object) {
    const Id leader = follows(object);
    if (!leader) return;
    const Object* before = from_.find(object.id);
    if (!before) return is_own_besides(object) ? void() : set_one_sided(object, Fate::created);
    if (is_handed_over(*before, leader)) return hand_over(*before, leader);
    if (leader->kind != object.id->kind || follows(*before) != leader) return;  // it is attached by a step of its own
    leader_of_[object.id] = leader;
    followers_[leader].push_back(object.id);
    if (handed_over_.contains(leader)) replace_handed_over(object.id);
  });
  from_.each([&](const Object& object) {
    if (!follows(object)) return;
    if (to_.find(object.id)) {
      if (loses_rows_with_leader(object)) refuse(object.id, would_go_with(follows(object)));
      return is_dropped_with_leader(object) ? drop_with_leader(object) : void();
    }
    if (is_own_besides(object)) return;
    set_one_sided(object, Fate::dropped);
    if (!leader_of_.contains(object.id) && comes_by_itself(object, from_, to_)) to_be_left.push_back(follows(object));
  });
  // No statement drops a follower alone: its leader is made anew without it.
  for (const Id leader : to_be_left)
    if (leader->kind->has(replaceable)) replace(leader);
}

void Planner::add_followers(Steps& steps) const {
  if (followers_.empty()) return;
  for (Step& step : steps) {
    for (std::size_t i = 0; i < step.makes.size(); ++i)
      for (const Id follower : followers_of(step.makes[i])) {
        if (!to_.find(follower) || std::ranges::count(step.makes, follower) || dropped_by_others_.contains(follower))
          continue;
        step.makes.push_back(follower);
        if (const Id leader = leader_of_.at(follower); !std::ranges::count(step.makes, leader))
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
