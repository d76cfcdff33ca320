#include "core/base/parallel.h"
#include "core/model/space.h"
#include "diff/planner.h"

namespace quoin {

namespace {
Text names_of(const std::vector<const Object*>& objects) {
  List names;
  for (const Object* object : objects) names.push_back(path(object->id));
  return join(names, ", ");
}

// A new object has no rows and no users, so that it needs neither sort of hazard.
bool about_rows(const Hazard& hazard) { return hazard.rule != "data-loss"; }
bool about_rows_that_fit(const Hazard& hazard) { return about_rows(hazard) && hazard.rule != "may-fail"; }
bool about_access(const Hazard& hazard) { return hazard.rule == "access"; }
}  // namespace

Id group_of(Id id) {
  while (id && id->parent && id->parent->parent) id = id->parent;
  return id;
}

Draft Planner::draft() const {
  Draft draft;
  draft_drops(draft);
  std::vector<Steps> making(touched_.size());
  in_parallel(touched_.size(), [&](std::size_t i) { making[i] = steps_of(touched_[i]); });
  for (std::size_t i = 0; i < touched_.size(); ++i) draft_object(touched_[i], std::move(making[i]), draft);
  put_default_rights_last(draft);
  draft_moves(draft);
  return draft;
}

// Default privileges apply to what is created after them: what the plan creates is to get those of before.
void Planner::put_default_rights_last(Draft& draft) const {
  std::vector<Id> made;
  for (Id id : touched_)
    if ((fate(id) == Fate::created || fate(id) == Fate::replaced) && !id->kind->has(rules_new) && group_of(id) == id)
      made.push_back(id);
  for (Drafted& drafted : draft)
    if (drafted.subject->kind->has(rules_new))
      drafted.step->needs.insert(drafted.step->needs.end(), made.begin(), made.end());
}

// The server creates a follower like its leader; these steps make it what it is besides.
Steps Planner::own_steps(const Object& follower) const {
  const Kind& kind = *follower.id->kind;
  Steps steps = kind.sql.after_leader ? kind.sql.after_leader(follower) : Steps();
  const Object* leader = to_.find(follows(follower));
  if (!leader || leader->id->kind != &kind) return steps;
  const FieldSet differing = follower.differences(*leader);
  for (const FieldBase* field : kind.fields)
    if (field->alter &&
        (field->heirs == Heirs::have_their_own ? follower.has(*field) : differing.test(field->ordinal))) {
      Step step{.sql = field->alter(*leader, follower), .needs = {follower.id}};
      if (!std::ranges::count(steps, step.sql, &Step::sql)) steps.push_back(std::move(step));
    }
  return steps;
}

// Runs on many threads, so it may read the planner and ask kinds, and change nothing.
Steps Planner::steps_of(Id id) const {
  if (id->kind->has(opaque)) return {};
  if (brought_.contains(id)) return own_steps(*to_.find(id));
  if (is_led(id)) return fate(id) == Fate::created || handed_over_.contains(id) ? own_steps(*to_.find(id)) : Steps();
  if (fate(id) == Fate::created || fate(id) == Fate::replaced) {
    const Object* made = to_.find(id);
    if (!made) throw Error(Code::internal, concat(path(id), " is to be made anew, and is not wanted"));
    if (id->kind->sql.create) {
      Steps steps = id->kind->sql.create(*made);
      add_followers(steps);
      return steps;
    }
    throw Error(Code::internal, concat("quoin cannot create ", path(id), ": its kind has no way to"));
  }
  const auto changes = steps_.find(id);
  return fate(id) == Fate::dropped || changes == steps_.end() ? Steps() : changes->second;
}

// The steps of another object drop it, or what it lies in, so that it has no drop of its own.
bool Planner::is_dropped_by_others(Id id) const {
  for (Id one = id; one; one = one->parent)
    if (dropped_by_others_.contains(one)) return true;
  return false;
}

void Planner::find_dropped_by_others() {
  for (const auto& [user, steps] : steps_)
    for (const Step& step : steps)
      for (Id id : step.drops)
        if (id != user && fate(id) == Fate::dropped)
          dropped_by_others_.insert(id);
        else if (id == user && step.makes.empty())
          set_aside_.insert(id);
}

// Its host's own steps drop the old host once all users have the new one, and with it this object, whose drop costs
// nothing that a person should know.
bool Planner::needs_no_drop(const Object& object) const {
  return fate(object.id) == Fate::dropped && !object.id->kind->cost.of_drop &&
         set_aside_.contains(dropped_with(object));
}

void Planner::draft_drops(Draft& draft) const {
  std::unordered_map<Id, std::size_t> at;
  for (Id id : touched_) {
    // The loss of an opaque object was refused before.
    if (!is_dropped(id) || is_dropped_by_others(id) || is_led(id) || id->kind->has(opaque)) continue;
    const Object& object = *from_.find(id);
    if (needs_no_drop(object)) continue;
    Steps dropped = drop_steps(object);
    if (dropped.empty()) continue;  // nothing has to be done
    at.emplace(id, draft.size());
    // Once its leader is dropped, it is its parent's own alone, and can be dropped; a parent's DROP drops it anyway.
    if (is_own_besides(object) && !is_dropped(id->parent)) dropped.front().after_drop_of.push_back(follows(object));
    // The server drops what a partition has from its parent only once the partition is detached.
    if (follows(object)) dropped.front().takes.push_back(place_beside_leader(host_of(id)));
    add_followers(dropped);
    Steps& kept = draft.keep(std::move(dropped));
    Step& step = kept.front();
    const bool has_rows = id->kind->has(holds_rows) && (!id->kind->has(folds) || id->parent->kind->has(holds_rows));
    const bool moved = is_moved(id), for_good = fate(id) == Fate::dropped && has_rows && !moved;
    draft.add(
        {.step = &step, .subject = id, .dropped = &object, .then = std::span(kept).subspan(1), .for_good = for_good});
    if (for_good) step.hazards.push_back(loss_of(id));
    if (id->kind->cost.of_drop && !moved)
      std::ranges::move(id->kind->cost.of_drop(object, to_.find(id)), std::back_inserter(step.hazards));
    std::vector<const Object*> lost;
    for (const Object* child : from_.children(id))
      if (child->id->kind->has(opaque) && dropped_with(*child) == id) lost.push_back(child);
    if (!lost.empty()) step.hazards.push_back({"data-loss", concat("takes ", names_of(lost), " along")});
  }
  for (Drafted& drop : draft) {
    Id holder = dropped_with(*drop.dropped);
    while (holder && is_led(holder)) holder = dropped_with(*from_.find(holder));  // it has no DROP of its own
    auto host = at.find(holder);
    if (host == at.end() && drop.subject->kind->has(dropped_with_parent)) host = at.find(drop.subject->parent);
    if (host == at.end()) continue;
    drop.inside = host->second;
    // The object is lost although its host is created again, and no statement of its own carries its hazards.
    if (fate(host->first) == Fate::replaced && drop.subject->kind->cost.of_drop)
      std::ranges::move(drop.step->hazards, std::back_inserter(draft[host->second].step->hazards));
  }
}

namespace {
// Of an object that is dropped and made anew.
std::vector<Hazard> access_hazards_between(const Object& from, const Object& to) {
  std::vector<Hazard> hazards;
  for (const FieldBase* field : to.id->kind->fields)
    if (from.value(*field) != to.value(*field))
      std::ranges::move(hazards_of(*field, to.id), std::back_inserter(hazards));
  return hazards;
}
}  // namespace

std::vector<FieldChange> Planner::changes_of(Id id) const {
  std::vector<FieldChange> changes;
  const Object *from = from_.find(id), *to = to_.find(id);
  const FieldSet changed = changed_fields(id);
  if (!from || !to || changed.none()) return changes;
  for (const FieldBase* field : id->kind->fields)
    if (changed.test(field->ordinal))
      changes.push_back({field->name, as_text(from->value(*field)), as_text(to->value(*field))});
  return changes;
}

void Planner::draft_object(Id id, Steps steps, Draft& draft) const {
  if (fate(id) == Fate::dropped) return;
  if (is_led(id) || brought_.contains(id)) {
    for (Step& step : draft.keep(std::move(steps))) draft.add({.step = &step, .subject = id});
    return;
  }
  const bool anew = fate(id) == Fate::created || fate(id) == Fate::replaced;
  const Object& object = *to_.find(id);
  const bool without_rows = lies_in_new_table(id), lies_in_made = lies_in_what_is_made(id);
  const bool rows_come = moving_.old_of.contains(host_of(id)) || moving_.old_of.contains(id);
  std::vector<Hazard> access;
  if (!steps.empty() && id->kind->cost.of_access)
    access = id->kind->cost.of_access({id, changed_fields(id), from_.find(id), &object}, users_);
  // What has left the table by then does not get it.
  if (const auto leaving = leaving_.find(id->parent); anew && leaving != leaving_.end())
    for (Step& step : steps)
      for (const Id heir : leaving->second) step.takes.push_back(place_beside_leader(heir));
  Steps& kept = draft.keep(std::move(steps));
  for (Step& step : kept) {
    if (step.for_rows && !object_may_have_rows(object)) continue;
    for (auto* hazards : {&step.hazards, &step.alone, &step.folded}) {
      if (without_rows) std::erase_if(*hazards, rows_come ? about_rows_that_fit : about_rows);
      if (lies_in_made) std::erase_if(*hazards, about_access);
    }
    if (fate(id) == Fate::replaced && id->kind->cost.of_rebuild && std::ranges::count(step.makes, id))
      std::ranges::move(id->kind->cost.of_rebuild(object), std::back_inserter(step.hazards));
    if (fate(id) == Fate::replaced && std::ranges::count(step.makes, id))
      std::ranges::move(access_hazards_between(*from_.find(id), object), std::back_inserter(step.hazards));
    if (std::ranges::count(step.makes, id) && surely_holds(object))
      for (auto* hazards : {&step.hazards, &step.alone})
        std::erase_if(*hazards, [](const Hazard& hazard) { return hazard.rule == "may-fail"; });
    if (&step == &kept.back()) std::ranges::move(access, std::back_inserter(step.hazards));
    if (&step == &kept.front()) step.changes = changes_of(id);
    if (counts_on_paths_) step.search_path = path_for(step);
    const bool merges = id->kind->merges_as && std::ranges::count(step.makes, id) > 0;
    draft.add({.step = &step,
               .subject = id,
               .position = object.position,
               .merges_as = merges ? id->kind->merges_as(object) : Text()});
  }
  if (anew || is_dropped_apart(id)) put_back_carried(object, draft);
  if (!anew) return;
  for (Step& step : draft.keep(defaults_.close_to_others(id, to_)))
    draft.add({.step = &step, .subject = id, .position = object.position});
}

// Only a side that was read from a server has carried attributes; where both were, those of `from` stay. A sequence
// that a column owns has the owner of the column's table, and ALTER SEQUENCE … OWNER TO would be refused.
void Planner::put_back_carried(const Object& object, Draft& draft) const {
  const Object* before = from_.find(object.id);
  const auto put_back = object.id->kind->sql.put_back;
  const bool has_own_owner = !object.id->kind->has(goes_where_owner_goes) || !dropped_with(object);
  for (const Carried& carried : before && !before->carried.empty() ? before->carried : object.carried) {
    Text sql = before && put_back ? put_back(carried, *before, object) : carried.sql;
    if (sql.empty() || (carried.what == space::owner && !has_own_owner)) continue;
    Step& step = draft.keep(only({.sql = std::move(sql), .needs = {object.id}})).front();
    step.frees.push_back({carried.what, object.id, {}, {}});
    draft.add({.step = &step, .subject = object.id, .position = object.position, .carried = true});
  }
}

bool Planner::object_may_have_rows(const Object& object) const {
  const Object* column = to_.find(object.id->parent);
  if (column && before_move(*column) && !before_move(object)) return true;  // whose rows are brought
  for (Id id = dropped_with(object); id; id = id->parent)
    if (fate(id) == Fate::created) return false;
  return true;
}

// It holds by what it says; or something that says the same, over columns that stay, is satisfied by the rows already.
bool Planner::surely_holds(const Object& object) const {
  const Kind& kind = *object.id->kind;
  if (kind.cost.surely_holds && kind.cost.surely_holds(object, to_)) return true;
  if (const Object* old = before_move(object); old && old->differences(object).none()) return true;
  const Object* before = fate(object.id) == Fate::replaced ? from_.find(object.id) : nullptr;
  const auto says_the_same = [&](Id used) { return fate(used) == Fate::kept || used->kind->merges_as; };
  const bool parent_stays = !object.id->parent || !is_dropped(object.id->parent);
  if (parent_stays && before && before->differences(object).none() && std::ranges::all_of(object.needs, says_the_same))
    return true;
  if (!kind.merges_as || !from_.find(object.id->parent)) return false;
  const auto stays = [&](Id used) { return fate(used) == Fate::kept; };
  if (!std::ranges::all_of(object.needs, stays)) return false;
  const Text says = kind.merges_as(object);
  return from_.any_child(object.id->parent, [&](const Object& sibling) {
    const auto merges_as = sibling.id->kind->merges_as;
    return merges_as && merges_as(sibling) == says;
  });
}

bool Planner::lies_in_what_is_made(Id id) const {
  while ((id = id->parent))
    if (fate(id) == Fate::created || fate(id) == Fate::replaced) return true;
  return false;
}

bool Planner::lies_in_new_table(Id id) const {
  for (; id; id = id->parent)
    if (fate(id) == Fate::created && id->kind->has(holds_rows) && !id->kind->has(folds)) return true;
  return false;
}

}  // namespace quoin
