// Objects that no statement turns into what they are to be: the old one takes another name, and its rows move.
#include "core/model/reading.h"
#include "diff/planner.h"
#include "diff/renamed.h"

namespace quoin {

namespace {
// The side that reads from a server knows what an object carries.
void hand_over_carried(Id id, const Schema& from, Schema& to) {
  const Object* before = from.find(id);
  Object* after = to.find(id);
  if (!before || !after) return;
  if (!before->carried.empty()) after->carried = before->carried;
  for (const Object* child : from.children(id)) hand_over_carried(child->id, from, to);
}

// The old one holds the names that a server would choose now.
void spell_out_below(Id id, Schema& to) {
  for (const Object* child : std::as_const(to).children(id)) {
    const Kind& kind = *child->id->kind;
    if (kind.reading.spell_out && !kind.sql.rename_part) kind.reading.spell_out(*to.find(child->id), to);
    spell_out_below(child->id, to);
  }
}

Text free_name(const Slot& taken, const Schema& from, const Schema& to) {
  Slot free = taken;
  for (int number = 0; number == 0 || from.holder(free) || to.holder(free); ++number)
    free.name = object_name(taken.name, "", number == 0 ? "old" : concat("old", std::to_string(number)));
  return free.name;
}

// A part that is no object takes a name of its own all the same: an identity's sequence.
void set_parts_aside(Id id, Schema& from, const Schema& to, Steps& steps) {
  Object& object = *from.find(id);
  for (const Slot& slot : id->kind->sql.rename_part ? slots_of(object) : Slots()) {
    const Text name = free_name(slot, from, to);
    Text sql = id->kind->sql.rename_part(object, slot.name, name);
    if (sql.empty()) continue;
    steps.push_back({.sql = std::move(sql), .needs = {id}});
    from.changed(id);
  }
  for (const Object* child : std::as_const(from).children(id)) set_parts_aside(child->id, from, to, steps);
}

bool lies_in_namespace(Id id) { return !id->parent || id->parent->kind->has(is_namespace); }

std::vector<Id> moved_by_name(const Moving& moving) {
  std::vector<Id> moved;
  for (const auto& [now, old] : moving.old_of) moved.push_back(now);
  std::ranges::sort(moved, {}, [](Id id) { return qualified(id); });
  return moved;
}
}  // namespace

namespace {
// In the words of the other side, where both say the same.
Object in_words_of(const Object& to, const Object& from, const Same& same) {
  Object before = from;
  for (const FieldBase* field : to.id->kind->fields)
    if (same && before.value(*field) != to.value(*field) && same(*field, from, to))
      before.put(*field, to.value(*field));
  return before;
}

// On both sides a part of what is moved.
bool is_part_of_moved(Id id, const std::vector<Id>& moved, const Schema& schema) {
  const Object* object = schema.find(id);
  for (Id whole = object ? dropped_with(*object) : Id(); whole; whole = object ? dropped_with(*object) : Id()) {
    if (std::ranges::count(moved, whole) > 0) return true;
    object = schema.find(whole);
  }
  return false;
}
}  // namespace

std::vector<Id> to_be_moved(const Schema& from, const Schema& to, const Same& same) {
  std::vector<Id> found, parts;
  to.each([&](const Object& object) {
    const auto has_to_move = object.id->kind->sql.has_to_move;
    const Object* before = has_to_move ? from.find(object.id) : nullptr;
    if (before && has_to_move(*before, object) && (!same || has_to_move(in_words_of(object, *before, same), object)))
      found.push_back(object.id);
  });
  if (found.empty()) return found;
  to.each([&](const Object& object) {
    if (object.id->kind->sql.has_to_move && is_part_of_moved(object.id, found, from) &&
        is_part_of_moved(object.id, found, to) && !std::ranges::count(found, object.id))
      parts.push_back(object.id);
  });
  found.insert(found.end(), parts.begin(), parts.end());
  return found;
}

Moving set_aside(Schema& from, Schema& to, const std::vector<Id>& ids, const RenameInTexts& rename_in_texts) {
  Moving moving;
  const Users users(from, to);
  std::unordered_set<Id> leaving;
  for (const Id id : ids)
    if (!is_part_of_moved(id, ids, from) || !is_part_of_moved(id, ids, to)) leaving.insert(id);
  for (const Id id : ids) moving.old_of[id] = from.ids().of(*id->kind, id->parent, users.aside(id), id->signature);
  for (const Id now : moved_by_name(moving)) {
    const Id old = moving.old_of[now];
    hand_over_carried(now, from, to);
    spell_out_below(now, to);
    moving.first.push_back({.sql = rename_sql(now, old->name), .makes = {old}, .drops = {now}});
    rename_all(from, now, old, rename_in_texts);
    Object& object = *from.find(old);
    if (leaving.contains(now) && dropped_with(object) && old->kind->sql.leave_whole)
      std::ranges::move(old->kind->sql.leave_whole(object, from), std::back_inserter(moving.first));
    set_parts_aside(old, from, to, moving.first);
  }
  return moving;
}

bool Planner::is_moved(Id id) const {
  while (id && !set_aside_before_.contains(id))
    id = lies_in_namespace(id) && from_.find(id) ? dropped_with(*from_.find(id)) : id->parent;
  return id != Id();
}

// The new one, and of several the whole, that the object lies in, or is a part of.
Id Planner::moved_into(Id id) const {
  Id found;
  while (id) {
    if (moving_.old_of.contains(id)) found = id;
    const Object* object = to_.find(id);
    const Id whole = object && lies_in_namespace(id) && id->kind->has(holds_rows) ? dropped_with(*object) : Id();
    id = lies_in_namespace(id) ? whole : id->parent;
  }
  return found;
}

// What holds the rows is there before them; all else that lies in the new one comes after them, so that an index is
// built once, no trigger fires and no policy hides a row. What the new one has from a whole that stays comes with it.
bool Planner::comes_after_rows(Id id) const {
  const Id into = moved_into(id);
  if (!into || into == id) return static_cast<bool>(into);
  const Object* leader = to_.find(id);
  while (leader && to_.find(follows(*leader))) leader = to_.find(follows(*leader));
  return !id->kind->has(holds_rows) && !id->kind->has(folds) && leader && moved_into(leader->id);
}

// Null: it was not there, or lies in nothing that is moved.
const Object* Planner::before_move(const Object& object) const {
  const auto moved = [&](Id id) { return id && moving_.old_of.contains(id); };
  const Id id = object.id, parent = id->parent;
  if (moved(parent)) return from_.find(*id->kind, moving_.old_of.at(parent), id->name, id->signature);
  if (!parent || !moved(parent->parent)) return nullptr;
  const Object* column = from_.find(*parent->kind, moving_.old_of.at(parent->parent), parent->name, parent->signature);
  return column ? from_.find(*id->kind, column->id, id->name, id->signature) : nullptr;
}

// A type that is made anew is another type to the old rows.
bool Planner::changes_type_of(Id now) const {
  return to_.any_child(now, [&](const Object& column) {
    return std::ranges::any_of(column.needs, [&](Id used) {
      return from_.find(used) && used->parent && used->parent->kind->has(is_namespace) &&
             (is_dropped(used) || rebuilt_[used->number] || is_dropped_apart(used));
    });
  });
}

void Planner::decide_moves() {
  for (const Id now : moved_by_name(moving_)) {
    if (fate(now) != Fate::created) continue;
    Change change = now->kind->sql.move_rows(*from_.find(moving_.old_of.at(now)), *to_.find(now), users_);
    if (const auto* cannot = std::get_if<Cannot>(&change)) {
      refuse(now, cannot->why);
    } else if (changes_type_of(now)) {
      refuse(now, "its rows would have to move while a type of its columns is made anew");
    } else {
      moves_.emplace_back(now, std::move(std::get<Steps>(change)));
    }
  }
}

void Planner::draft_moves(Draft& draft) const {
  if (moves_.empty()) return;
  for (Drafted& drafted : draft) {
    const Id id = drafted.subject, now = drafted.dropped ? Id() : moved_into(id);
    if (!now || std::ranges::count(drafted.step->makes, now)) continue;
    const bool is_clause = id->kind->has(holds_rows) || drafted.step->host;  // else it may scan what is there
    if (comes_after_rows(id) || !is_clause)
      drafted.step->after_drop_of.push_back(moving_.old_of.at(now));
    else
      drafted.step->frees_shared.push_back({space::rows, now, {}, {}});
  }
  for (const auto& [now, steps] : moves_)
    for (Step& step : draft.keep(steps)) {
      step.takes_shared.push_back({space::rows, now, {}, {}});
      draft.add({.step = &step, .subject = now});
    }
}

namespace {
bool touches(const Step& step, const std::unordered_set<Id>& moved) {
  return std::ranges::any_of(std::array{&step.makes, &step.drops, &step.needs, &step.releases}, [&](const auto* ids) {
    return std::ranges::any_of(*ids, [&](Id id) { return moved.contains(id) || moved.contains(host_of(id)); });
  });
}

bool commits_first(const Step& step) { return !step.commits_first.empty(); }
}  // namespace

// A label is committed before all else, and the names that the old objects have left are not to be seen without the
// new ones.
void add_moving(Plan& plan, const Moving& moving) {
  if (moving.old_of.empty()) return;
  std::unordered_set<Id> moved, old_ones;
  for (const auto& [now, old] : moving.old_of) {
    moved.insert({now, old});
    old_ones.insert(old);
  }
  const auto last = std::find_if(plan.steps.rbegin(), plan.steps.rend(), commits_first).base();
  const auto at = std::find_if(plan.steps.begin(), last, [&](const Step& step) { return touches(step, moved); });
  plan.steps.insert(at, moving.first.begin(), moving.first.end());
  for (const Segment& segment : segments(plan.steps)) {
    std::unordered_set<Id> aside;
    for (const Step& step : segment.steps) {
      aside.insert(step.makes.begin(), step.makes.end());
      for (const Id id : step.drops)
        if (old_ones.contains(id) && !aside.contains(id))
          plan.errors.push_back(concat(path(id),
                                       ": its rows would move in several transactions, with nothing under its name in "
                                       "between; change what has to be committed first by a migration of its own"));
    }
  }
}

}  // namespace quoin
