#include "kinds/schema.h"

#include <limits>
#include <map>

#include "kinds/kind.h"

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
  each([&](const Object& object) { copy.add(object.id) = object; });
  copy.made_by = made_by;
  copy.major = major;
  copy.unmodelled = unmodelled;
  copy.notes = notes;
  return copy;
}

Object& Schema::add(Id id) {
  if (find(id)) throw Error(Code::internal, concat(path(id), " is in the schema already"));
  if (by_number_.size() <= id->number) by_number_.resize(2 * std::size_t{id->number} + 1);
  if (children_.size() <= row_of(id->parent)) children_.resize(2 * row_of(id->parent) + 1);
  Object& object = objects_.emplace_back(id);
  if (id->kind->has(ordered)) object.position = next_position(id);
  by_number_[id->number] = &object;
  children_[row_of(id->parent)].push_back(id);
  ++size_;
  order_.push_back(&object);
  forget_slots(id);
  return object;
}

int Schema::next_position(Id id) const {
  int last = 0;
  for (Id sibling : children_[row_of(id->parent)])
    if (sibling->kind == id->kind) last = std::max(last, find(sibling)->position);
  return last + 1;
}

void Schema::remove(Id id) {
  Object* object = find(id);
  if (!object) return;
  std::erase(children_[row_of(id->parent)], id);
  by_number_[id->number] = nullptr;
  Object empty(id);
  *object = std::move(empty);
  object->id = Id();  // the entries of its slots are found out when they are asked for
  order_.clear();
  in_order_ = 0;
  --size_;
}

const Object* Schema::find(Id id) const {
  return id && id->number < by_number_.size() ? by_number_[id->number] : nullptr;
}
Object* Schema::find(Id id) { return const_cast<Object*>(std::as_const(*this).find(id)); }

std::vector<const Object*> Schema::objects() const {
  settle_order();
  return {order_.begin(), order_.end()};
}
std::vector<Object*> Schema::objects() {
  settle_order();
  return order_;
}

void Schema::settle_order() const {
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

void Schema::settle() const {
  settle_slots();
  settle_order();
}

std::vector<const Object*> Schema::children(Id id) const {
  std::vector<const Object*> all;
  each_child(id, [&](const Object& child) { all.push_back(&child); });
  if (!std::ranges::is_sorted(all, before)) std::ranges::sort(all, before);
  return all;
}

void Schema::build_slots() const {
  slots_.clear();
  slots_.reserve(size_ + size_ / 4);
  unslotted_.clear();
  each([&](const Object& object) {
    for (Slot& slot : slots_of(object)) slots_.emplace(std::move(slot), object.id);
  });
  slots_built_ = true;
}

void Schema::add_slots() const {
  for (Id id : unslotted_)
    if (const Object* object = find(id))
      for (Slot& slot : slots_of(*object))
        if (const auto [entry, is_new] = slots_.try_emplace(slot, id); !is_new && !holds(entry->second, slot))
          entry->second = id;
  unslotted_.clear();
}

void Schema::settle_slots() const {
  if (!slots_built_) build_slots();
  if (!unslotted_.empty()) add_slots();
}

bool Schema::holds(Id id, const Slot& slot) const {
  const Object* object = find(id);
  if (!object) return false;
  const Slots slots = slots_of(*object);
  return std::ranges::find(slots, slot) != slots.end();
}

Id Schema::holder(const Slot& slot) const {
  settle_slots();
  const auto found = slots_.find(slot);
  return found == slots_.end() || !holds(found->second, slot) ? Id() : found->second;
}

std::vector<Id> Schema::holders(std::string_view space, Id scope, std::string_view name) const {
  std::vector<Id> all;
  for (Id child : row_of(scope) < children_.size() ? children_[row_of(scope)] : std::vector<Id>())
    if (child->name == name)
      for (const Slot& slot : slots_of(*find(child)))
        if (slot.space == space && slot.name == name) all.push_back(child);
  std::ranges::sort(all);
  return all;
}

void Schema::rename(Id from, Id to) {
  std::unordered_map<Id, Id> moved;
  auto move = [&](auto&& self, Id old, Id now) -> void {
    if (find(now)) throw Error(Code::internal, concat(path(now), " is in the schema already"));
    moved[old] = now;
    const std::vector<const Object*> below = children(old);
    Object object = *find(old);
    remove(old);
    object.id = now;
    add(now) = std::move(object);
    for (const Object* child : below)
      self(self, child->id, ids_->of(*child->id->kind, now, child->id->name, child->id->signature));
  };
  move(move, from, to);
  each([&](Object& object) {
    for (auto* ids : {&object.needs, &object.wants})
      for (Id& id : *ids)
        if (auto found = moved.find(id); found != moved.end()) id = found->second;
  });
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
