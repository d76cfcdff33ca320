#include "core/model/schema.h"

#include <limits>
#include <map>

#include "core/model/kind.h"
#include "core/model/name.h"

namespace quoin {

namespace {
std::size_t row_of(Id id) { return id ? id->number + 1 : 0; }

bool before(const Object* a, const Object* b) {
  const bool siblings = a->id->kind == b->id->kind && a->id->parent == b->id->parent;
  if (siblings && a->id->kind->has(ordered) && a->position != b->position) return a->position < b->position;
  return a->id < b->id;
}

int weight_of(const Object* object) { return object->id->kind->weight; }

/// Sorts objects as `before` has them. What lies in a parent weighs more than it does, so when a kind's turn comes the
/// places of its parents are known, and most comparisons are of two numbers instead of two paths.
void put_in_order(std::span<Object*> objects, std::vector<std::size_t>& places, std::size_t behind) {
  struct Entry {
    std::size_t parent;  // its place
    Object* object;
  };
  std::map<int, std::vector<Entry>> by_weight;
  for (Object* object : objects) by_weight[weight_of(object)].push_back({0, object});
  auto next = objects.begin();
  for (auto& [weight, entries] : by_weight) {
    for (Entry& entry : entries) entry.parent = places[row_of(entry.object->id->parent)];
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
      return a.parent != b.parent ? a.parent < b.parent : before(a.object, b.object);
    });
    for (const Entry& entry : entries) {
      *next++ = entry.object;
      places[row_of(entry.object->id)] = ++behind;
    }
  }
}
}  // namespace

Schema Schema::copy() const {
  Schema copy(*ids_);
  each([&](const Object& object) { copy.put(object); });
  copy.made_by = made_by;
  copy.major = major;
  copy.unmodelled = unmodelled;
  copy.histories = histories;
  copy.notes = notes;
  return copy;
}

namespace {
void check_parent(Id id) {
  if (may_lie_in(*id->kind, id->parent)) return;
  throw Error(Code::internal, concat(path(id), " cannot lie in ", path(id->parent)));
}
}  // namespace

Object& Schema::add(Id id) {
  check_parent(id);
  if (find(id)) throw Error(Code::internal, concat(path(id), " is in the schema already"));
  Object& object = objects_.emplace_back(id);
  enter(object);
  if (id->kind->has(ordered)) object.position = ++children_[row_of(id->parent)].last_position;
  ++size_;
  order_.push_back(&object);
  return object;
}

void Schema::put(const Object& object) {
  Object* there = find(object.id);
  (there ? *there : add(object.id)) = object;
  if (there) changed(object.id);
  int& last = children_[row_of(object.id->parent)].last_position;
  last = std::max(last, object.position);
}

void Schema::enter(Object& object) {
  const Id id = object.id;
  if (by_number_.size() <= id->number) {
    by_number_.resize(2 * std::size_t{id->number} + 1);
    child_at_.resize(by_number_.size());
  }
  if (children_.size() <= row_of(id->parent)) children_.resize(2 * row_of(id->parent) + 1);
  by_number_[id->number] = &object;
  std::vector<Id>& siblings = children_[row_of(id->parent)].ids;
  child_at_[id->number] = siblings.size();
  siblings.push_back(id);
  slots_.changed(id);
  users_.changed(id);
  touched_.add(id);
  for (const Id name : id->names) named_by_[name].push_back(id);
}

// Its entries in the indices are found out when they are asked for.
void Schema::leave(Id id) {
  touched_.add(id);
  by_number_[id->number] = nullptr;
  Children& siblings = children_[row_of(id->parent)];
  siblings.ids[child_at_[id->number]] = Id();
  if (2 * ++siblings.gone <= siblings.ids.size()) return;
  std::erase(siblings.ids, Id());
  siblings.gone = 0;
  for (std::size_t i = 0; i < siblings.ids.size(); ++i) child_at_[siblings.ids[i]->number] = i;
}

void Schema::remove(Id id) {
  Object* object = find(id);
  if (!object) return;
  leave(id);
  Object empty(id);
  *object = std::move(empty);
  object->id = Id();
  order_.clear();
  in_order_ = 0;
  --size_;
}

const Object* Schema::find(Id id) const {
  return id && id->number < by_number_.size() ? by_number_[id->number] : nullptr;
}
Object* Schema::find(Id id) {
  const Object* object = std::as_const(*this).find(id);
  if (object) touched_.add(id);
  return const_cast<Object*>(object);
}

std::vector<const Object*> Schema::objects() const {
  update_order();
  return {order_.begin(), order_.end()};
}
std::vector<Object*> Schema::objects() {
  touched_.add_all();
  update_order();
  return order_;
}

void Schema::update_order() const {
  if (order_.size() != size_) {
    order_.clear();
    for (const Object& object : objects_)
      if (object.id) order_.push_back(by_number_[object.id->number]);
  }
  if (in_order_ == order_.size()) return;
  const auto added = [this] { return std::span(order_).subspan(in_order_); };
  const int heaviest = in_order_ == 0 ? std::numeric_limits<int>::min() : weight_of(order_[in_order_ - 1]);
  if (std::ranges::any_of(
          added(), [&](int weight) { return weight <= heaviest; }, weight_of))
    in_order_ = 0;
  places_.resize(by_number_.size() + 1);
  put_in_order(added(), places_, in_order_);
  in_order_ = order_.size();
}

void Schema::build_indexes() const {
  slots_.update(*this);
  update_order();
}

void Schema::changed(Id id) {
  if (id->kind->slots) slots_.changed(id);
  users_.changed(id);
}

void Schema::all_changed() {
  slots_ = {};
  users_ = {};
}

std::vector<const Object*> Schema::children(Id id) const {
  std::vector<const Object*> all;
  each_child(id, [&](const Object& child) { all.push_back(&child); });
  if (!std::ranges::is_sorted(all, before)) std::ranges::sort(all, before);
  return all;
}

Id Schema::holder(const Slot& slot) const {
  slots_.update(*this);
  return slots_.holder(slot, *this);
}

std::vector<Id> Schema::holders(std::string_view space, Id scope, std::string_view name) const {
  slots_.update(*this);
  std::vector<Id> all = slots_.overloads({space, scope, Text(name), {}}, *this);
  std::ranges::sort(all);
  return all;
}

bool Schema::is_held_within(std::string_view space, Id schema, std::string_view name) const {
  slots_.update(*this);
  return slots_.is_held_within({space, schema, Text(name), {}}, *this);
}

std::vector<Id> Schema::users(Id used) { return users_.users(used, *this); }

void Schema::rename(Id from, Id to) {
  check_parent(to);
  const Moves moves = moves_of(from, to);
  NewNames names;
  for (const auto& [old, now] : moves)
    for (const Slot& slot : slots_of(*find(old)))
      if (const Id name = slot.name == old->name ? find_name_id(*ids_, slot) : Id())
        names.emplace(name, name_id(*ids_, {slot.space, slot.scope ? schema_of(now) : Id(), now->name, {}}));
  move(moves);
  follow(names);
}

void Schema::rename_part(Id whole, const Text& old_name, const Text& new_name) {
  std::vector<Id> named;
  each_child(whole, [&](const Object& child) {
    if (child.id->kind->has(names_part) && child.id->name == old_name) named.push_back(child.id);
  });
  for (Id id : named) rename(id, ids_->of(*id->kind, whole, new_name, id->signature));
}

void Schema::rename(const Slot& old_name, const Slot& new_name) {
  if (const Id name = find_name_id(*ids_, old_name)) follow({{name, name_id(*ids_, new_name)}});
}

Schema::Moves Schema::moves_of(Id from, Id to) const {
  Moves moves{{from, to}};
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const auto [old, now] = moves[i];
    if (find(now)) throw Error(Code::internal, concat(path(now), " is in the schema already"));
    each_child(old, [&, parent = now](const Object& child) {
      moves.emplace_back(child.id, ids_->of(*child.id->kind, parent, child.id->name, child.id->signature));
    });
  }
  return moves;
}

// Where another has the new name already, it keeps the old one.
void Schema::follow(const NewNames& names) {
  for (const auto& [name, now] : names) {
    const auto found = named_by_.find(name);
    if (found == named_by_.end()) continue;
    for (const Id user : std::vector<Id>(found->second)) {
      const Id renamed = find(user) ? with_names(*ids_, user, names) : Id();
      if (renamed && !find(renamed)) move(moves_of(user, renamed));
    }
  }
}

void Schema::move(const Moves& moves) {
  const std::unordered_map<Id, Id> names(moves.begin(), moves.end());
  const auto put_new = [&](Id& id) {
    if (const auto found = names.find(id); found != names.end()) id = found->second;
  };
  for (const auto& [old, now] : moves)
    for (Id user : users(old)) {
      Object& object = *find(user);
      std::ranges::for_each(object.needs, put_new);
      std::ranges::for_each(object.wants, put_new);
      users_.changed(user);
    }
  for (const auto& [old, now] : moves) {
    Object& object = *find(old);
    leave(old);
    object.id = now;
    enter(object);
    if (children_.size() <= std::max(row_of(old), row_of(now))) continue;  // nothing lies below
    children_[row_of(now)].last_position = children_[row_of(old)].last_position;
  }
  in_order_ = 0;
}

std::unordered_map<Id, std::vector<Id>> users_of(const Schema& schema) {
  std::unordered_map<Id, std::vector<Id>> users;
  schema.each([&](const Object& object) {
    for (Id used : object.needs) users[used].push_back(object.id);
  });
  for (auto& [used, by] : users) std::ranges::sort(by);
  return users;
}

}  // namespace quoin
