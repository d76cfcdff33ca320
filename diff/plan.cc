#include "diff/planner.h"

namespace quoin {

Planner::Planner(const Schema& from, const Schema& to, const Moving& moving, const std::unordered_set<Id>& anew)
    : from_(from),
      to_(to),
      moving_(moving),
      anew_(anew),
      fates_(from.ids().size(), Fate::kept),
      rebuilt_(from.ids().size(), false),
      defaults_(from),
      users_(from, to),
      counts_on_paths_(!counted_on(to).empty()) {
  for (const auto& [now, old] : moving.old_of) set_aside_before_.insert(old);
}

void Planner::set(Id id, Fate fate) {
  if (fates_[id->number] == Fate::kept && !steps_.contains(id)) touched_.push_back(id);
  fates_[id->number] = fate;
}

// By the object whose DROP drops them: objects that lie elsewhere than below it.
const UsersById& Planner::dropped_along() {
  if (dropped_along_) return *dropped_along_;
  dropped_along_.emplace();
  from_.each([&](const Object& object) {
    const Id host = dropped_with(object);
    if (host && host != object.id->parent) (*dropped_along_)[host].push_back(object.id);
  });
  return *dropped_along_;
}

FieldSet Planner::changed_fields(Id id) const {
  const auto found = changed_fields_.find(id);
  return found == changed_fields_.end() ? FieldSet() : found->second;
}

// An object that its own steps both drop and make is a new object to its users.
void Planner::note_rebuilt(const Steps& steps) {
  std::unordered_set<Id> dropped;
  for (const Step& step : steps) dropped.insert(step.drops.begin(), step.drops.end());
  for (const Step& step : steps)
    for (Id id : step.makes)
      if (dropped.erase(id)) {
        worklist_.push_back(id);
        rebuilt_[id->number] = true;
      }
}

Change Planner::change_in_place(const Delta& delta) {
  const Kind& kind = *delta.id->kind;
  Delta together = delta;
  Steps apart;
  std::vector<Hazard> hazards;
  List names;
  for (const FieldBase* field : kind.fields) {
    if (!delta.touches(*field)) continue;
    if (!field->alter || (kind.sql.refuses && kind.sql.refuses(delta, *field, users_))) {
      names.emplace_back(field->name);
      std::ranges::move(hazards_of(*field, delta.id), std::back_inserter(hazards));
      continue;
    }
    together.changed.reset(field->ordinal);
    Text sql = field->alter(*delta.from, *delta.to);
    if (sql.empty()) continue;
    apart.push_back(in_place(delta, std::move(sql)));
    apart.back().hazards = hazards_of(*field, delta.id);
  }
  if (names.empty()) return apart;
  if (!kind.sql.change) return Cannot{join(names, ", ") + " cannot change in place"};
  Change change = kind.sql.change(together, users_);
  if (auto* steps = std::get_if<Steps>(&change)) {
    if (!steps->empty()) std::ranges::move(hazards, std::back_inserter(steps->front().hazards));
    steps->insert(steps->end(), apart.begin(), apart.end());
  }
  return change;
}

bool Planner::could_be_made_anew(Id id) const { return fate(id) == Fate::changed && id->kind->has(replaceable); }

void Planner::change(const Delta& delta) {
  if (anew_.contains(delta.id)) return replace(delta.id);
  Change change = change_in_place(delta);
  if (const auto* cannot = std::get_if<Cannot>(&change)) {
    if (delta.id->kind->has(replaceable)) return replace(delta.id);
    return refuse(delta.id, cannot->why);
  }
  Steps& steps = std::get<Steps>(change);
  // The DROP of its former host would drop it too, so that it leaves that before.
  if (const Id host = dropped_with(*delta.from); host && host != dropped_with(*delta.to) && !steps.empty()) {
    steps.front().releases.push_back(host);
    steps.front().frees.push_back(place_beside_leader(delta.id));
  }
  add_followers(steps);
  note_rebuilt(steps);
  set(delta.id, Fate::changed);
  changed_fields_[delta.id] = delta.changed;
  steps_[delta.id] = std::move(steps);
}

namespace {
// ALTER TABLE changes a column in inheriting tables too, so that only fields remain that each table sets for itself.
Delta of_its_own(Delta delta) {
  for (const FieldBase* field : delta.id->kind->fields)
    if (!field->alter || !delta.id->kind->is_column()) delta.changed.reset(field->ordinal);
  return delta;
}
}  // namespace

namespace {
bool is_table_of_rows(Id id) { return id->kind->has(holds_rows) && !id->kind->has(folds); }
}  // namespace

void Planner::find_leaving(const std::vector<Delta>& deltas) {
  for (const Delta& delta : deltas) {
    if (!delta.from || !delta.to || !is_table_of_rows(delta.id)) continue;
    for (const Id used : delta.from->needs)
      if (is_table_of_rows(used) && !std::ranges::count(delta.to->needs, used)) leaving_[used].push_back(delta.id);
  }
}

void Planner::decide(const std::vector<Delta>& deltas) {
  for (const Delta& delta : deltas) {
    if (delta.from && delta.to) continue;
    set(delta.id, delta.to ? Fate::created : Fate::dropped);
    if (!delta.to) worklist_.push_back(delta.id);
  }
  find_followers(deltas);
  find_leaving(deltas);
  for (const bool led : {false, true})
    for (const Delta& delta : deltas) {
      if (!delta.from || !delta.to || fate(delta.id) != Fate::kept || leader_of_.contains(delta.id) != led) continue;
      if (!has_leader_that(delta.id, Fate::changed)) {
        change(delta);
      } else if (const Delta own = of_its_own(delta); own.changed.any()) {
        besides_.insert(delta.id);
        change(own);
      }
    }
  for (const Delta& delta : deltas)
    if (!delta.from) ask_parent_to_admit(delta.id);
  decide_users();
  find_brought();
  decide_moves();
  find_dropped_by_others();
  refuse_loss_of_opaque();
  refuse_want_of_opaque();
  std::ranges::sort(errors);
}

// Event triggers are told once for a table, not again for its columns and indexes.
List Planner::acting_on_new() const {
  const bool creates = std::ranges::any_of(touched_, [&](Id id) {
    return (fate(id) == Fate::created || fate(id) == Fate::replaced) && (!id->parent || !id->parent->parent);
  });
  List paths;
  if (creates)
    from_.each([&](const Object& object) {
      if (object.id->kind->has(acts_on_new)) paths.push_back(path(object.id));
    });
  std::ranges::sort(paths);
  return paths;
}

List Planner::moved_to_end() const {
  List notes;
  for (const Id id : touched_) {
    const Object *before = from_.find(id), *after = to_.find(id);
    if (!before || !after || before->position == 0 || !id->parent || is_dropped(id->parent) || !is_dropped_apart(id))
      continue;
    const bool was_last = !from_.any_child(id->parent, [&](const Object& sibling) {
      return sibling.id->kind == id->kind && sibling.position > before->position && to_.find(sibling.id) &&
             !is_dropped_apart(sibling.id);
    });
    if (!was_last) notes.push_back(concat(path(id), " is made anew, and so stands last from then on"));
  }
  std::ranges::sort(notes);
  return notes;
}

namespace {
void turn_off(Step& step) {
  step.sql = concat("SET ", step.checked_by, " = off;\n", step.sql, ";\nRESET ", step.checked_by);
  step.checked_by = {};
}

Plan ordered_plan(const Schema& from, const Schema& to, const Same& same, const Moving& moving) {
  Plan plan;
  const std::vector<Delta> deltas = compare(from, to, same);
  plan.notes = notes(from, to, deltas, same);
  for (const Delta& delta : deltas)
    (is_undecided(from, to, delta, same) ? plan.undecided : plan.differing).push_back(delta.id);
  if (deltas.empty()) return plan;
  // Steps in a cycle leave no order; an object of it that is dropped and created instead of changed in place breaks it.
  std::unordered_set<Id> anew;
  std::optional<Planner> planned;
  std::optional<Draft> draft;
  Arcs arcs;
  for (bool ordered = false; !ordered;) {
    planned.emplace(from, to, moving, anew).decide(deltas);
    draft.emplace(planned->draft());
    arcs = quoin::arcs(*draft);
    fold(*draft, arcs);
    ordered = true;
    for (const Id id : in_cycles(*draft, arcs))
      if (planned->could_be_made_anew(id)) ordered &= !anew.insert(id).second;
  }
  Planner& planner = *planned;
  plan.errors = std::move(planner.errors);
  for (Text& note : planner.moved_to_end()) plan.notes.push_back(std::move(note));
  if (const List acting = planner.acting_on_new(); !acting.empty())
    plan.notes.push_back(concat("what is created comes under the eyes of ", join(acting, ", "),
                                ": what that does to it has to be part of the desired state"));
  plan.steps = order(std::move(*draft), arcs);
  mark_unseen_uses(plan.steps, to);
  add_moving(plan, moving);
  return plan;
}
}  // namespace

Plan plan(const Schema& from, const Schema& to, const Same& same, const Moving& moving) {
  Plan plan = ordered_plan(from, to, same, moving);
  for (Step& step : plan.steps)
    if (step.unchecked && !step.checked_by.empty()) turn_off(step);
  return plan;
}

Plan creation(const Schema& nothing, const Schema& all) {
  Plan plan = ordered_plan(nothing, all, nullptr, {});
  std::set<std::string_view> settings;
  for (const Step& step : plan.steps)
    if (!step.checked_by.empty()) settings.insert(step.checked_by);
  for (const std::string_view setting : settings) {
    plan.steps.insert(plan.steps.begin(), {.sql = concat("SET ", setting, " = off")});
    plan.steps.push_back({.sql = concat("RESET ", setting)});
  }
  return plan;
}

bool has_same_body(Id id, const Schema& schema, const Schema& other) {
  const Object *one = schema.find(id), *same = other.find(id);
  return one && same && std::ranges::all_of(id->kind->fields, [&](const FieldBase* field) {
           return field->role != Role::body || one->value(*field) == same->value(*field);
         });
}

bool leave_unchecked(Steps& steps, const std::function<bool(Id)>& was_accepted) {
  bool any = false;
  for (Step& step : steps) {
    if (step.checked_by.empty() || !std::ranges::all_of(step.makes, was_accepted)) continue;
    turn_off(step);
    any = true;
  }
  return any;
}

}  // namespace quoin
