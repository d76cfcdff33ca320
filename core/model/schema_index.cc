#include "core/model/schema_index.h"

#include "core/model/kind.h"
#include "core/model/space.h"

namespace quoin {

namespace {
bool holds(Id id, const Slot& slot, const Schema& schema) {
  const Object* object = schema.find(id);
  if (!object) return false;
  if (id->kind->slots) return std::ranges::count(slots_of(*object), slot) > 0;
  return id->name == slot.name && id->signature == slot.signature && scope_of(id) == slot.scope &&
         space_of(*id->kind) == slot.space;
}

/// A Slot without texts of its own.
struct SlotParts {
  std::string_view space;
  Id scope;
  std::string_view name, signature;
  bool operator==(const SlotParts&) const = default;
};
SlotParts parts_of(const Slot& slot) { return {slot.space, slot.scope, slot.name, slot.signature}; }
SlotParts own_parts(Id id) { return {space_of(*id->kind), scope_of(id), id->name, id->signature}; }

// Name spaces are few, and their sizes and ends tell them apart well enough.
std::size_t hash(const SlotParts& slot) {
  const std::hash<std::string_view> text;
  const auto end = static_cast<unsigned char>(slot.space.back());
  const std::size_t within = (slot.space.size() * 251 + end) * 31 + std::hash<Id>()(slot.scope);
  return (within * 0x9E3779B97F4A7C15U) ^ (text(slot.name) + (slot.signature.empty() ? 0 : 31 * text(slot.signature)));
}

void put(HashTable<Id>& table, const SlotParts& key, Id id) {
  const std::size_t row = hash(key);
  if (!table.find(row, [id](Id there) { return there == id; })) table.add(row, id);
}

/// The server chooses names for constraints that differ in the whole schema, though they need only differ in a table.
bool is_chosen_within_schema(const Slot& slot) { return slot.space == space::constraint; }

SlotParts without_signature(const Slot& slot) { return {slot.space, slot.scope, slot.name, {}}; }
SlotParts within_schema(const Slot& slot) { return {slot.space, schema_of(slot.scope), slot.name, {}}; }

bool uses(const Object& object, Id used) {
  return std::ranges::count(object.needs, used) > 0 || std::ranges::count(object.wants, used) > 0;
}
}  // namespace

void SlotIndex::add(const Slot& slot, Id id) {
  if (!slot.signature.empty()) put(alike_, without_signature(slot), id);
  if (is_chosen_within_schema(slot)) put(alike_, within_schema(slot), id);
  put(holders_, parts_of(slot), id);
}

void SlotIndex::update(const Schema& schema) {
  if (!is_built_) {
    is_built_ = true;
    schema.each([&](const Object& object) { changed_.push_back(object.id); });
  }
  Id last;
  for (Id id : changed_) {
    const Object* object = id == last ? nullptr : schema.find(id);
    last = id;
    if (!object) continue;
    const bool has_alike = !id->signature.empty() || space_of(*id->kind) == space::constraint;
    if (!id->kind->slots && !has_alike) {  // most are so, and their name is at hand
      put(holders_, own_parts(id), id);
      continue;
    }
    for (const Slot& slot : slots_of(*object)) add(slot, id);
  }
  changed_.clear();
}

Id SlotIndex::holder(const Slot& slot, const Schema& schema) const {
  return holders_.find(hash(parts_of(slot)), [&](Id id) { return holds(id, slot, schema); });
}

std::vector<Id> SlotIndex::overloads(const Slot& name, const Schema& schema) const {
  std::vector<Id> all;
  alike_.find(hash(parts_of(name)), [&](Id id) {
    const Object* object = schema.find(id);
    if (object && std::ranges::count(slots_of(*object), parts_of(name), without_signature)) all.push_back(id);
    return false;  // to go on
  });
  return all;
}

bool SlotIndex::is_held_within(const Slot& name, const Schema& schema) const {
  return bool(alike_.find(hash(parts_of(name)), [&](Id id) {
    const Object* object = schema.find(id);
    return object && std::ranges::count(slots_of(*object), parts_of(name), within_schema) > 0;
  }));
}

void UserIndex::add(const Object& user) {
  for (const std::vector<Id>* used : {&user.needs, &user.wants})
    for (Id id : *used) {
      if (users_.size() <= id->number) users_.resize(2 * std::size_t{id->number} + 1);
      std::vector<Id>& ids = users_[id->number];
      if (ids.empty() || ids.back() != user.id) ids.push_back(user.id);
    }
}

void UserIndex::update(const Schema& schema) {
  if (!is_built_) schema.each([&](const Object& object) { add(object); });
  is_built_ = true;
  Id last;
  for (Id id : changed_) {
    const Object* object = id == last ? nullptr : schema.find(id);
    last = id;
    if (object) add(*object);
  }
  changed_.clear();
}

std::vector<Id> UserIndex::users(Id used, const Schema& schema) {
  update(schema);
  if (!used || used->number >= users_.size()) return {};
  std::vector<Id>& ids = users_[used->number];
  std::ranges::sort(ids, {}, [](Id id) { return id->number; });
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::erase_if(ids, [&](Id id) {
    const Object* object = schema.find(id);
    return !object || !uses(*object, used);
  });
  return ids;
}

}  // namespace quoin
