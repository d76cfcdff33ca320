#include "core/model/object.h"

#include <tuple>
#include <unordered_set>

#include "core/model/kind.h"
#include "core/model/name.h"

namespace quoin {

namespace {
auto key(const Identity& i) { return std::tie(i.parent, i.name, i.signature); }

Value in_one_order(Value value) {
  if (auto* list = std::get_if<List>(&value)) std::ranges::sort(*list);
  return value;
}

void add_once(std::vector<Id>& ids, const Object& object, Id used) {
  if (!used || used == object.id || used == object.id->parent) return;
  if (!std::ranges::count(ids, used)) ids.push_back(used);
}

void add_once(std::vector<Id>& ids, const Object& object, std::span<const Id> all) {
  constexpr std::size_t few = 16;
  if (all.size() <= few) {
    for (Id used : all) add_once(ids, object, used);
    return;
  }
  std::unordered_set<Id> there(ids.begin(), ids.end());
  there.insert({Id(), object.id, object.id->parent});
  for (Id used : all)
    if (there.insert(used).second) ids.push_back(used);
}
}  // namespace

std::strong_ordering Id::operator<=>(const Id& other) const {
  if (*this == other || !*this || !other) return bool(*this) <=> bool(other);
  const Kind &kind = *identity->kind, &theirs = *other->kind;
  if (&kind != &theirs) return std::tie(kind.weight, kind.name) <=> std::tie(theirs.weight, theirs.name);
  return key(*identity) <=> key(*other.identity);
}

namespace {
struct IdParts {
  const Kind& kind;
  Id parent;
  std::string_view name, signature;
};

std::size_t hash_of(const IdParts& one) {
  const std::hash<std::string_view> text;
  return ((text(one.name) * 31 + text(one.signature)) * 31 + std::hash<Id>()(one.parent)) * 31 +
         static_cast<std::size_t>(one.kind.weight);
}

Id find_in(const HashTable<Id>& table, std::size_t hash, const IdParts& one) {
  return table.find(hash, [&](Id id) {
    return id->kind == &one.kind && id->parent == one.parent && id->name == one.name && id->signature == one.signature;
  });
}
}  // namespace

Id Ids::of(const Kind& kind, Id parent, Text name, Text signature) {
  const IdParts wanted{kind, parent, name, signature};
  const std::size_t hash = hash_of(wanted);
  if (const Id found = find_in(by_name_, hash, wanted)) return found;
  std::vector<Id> names;  // which may be new themselves
  if (!signature.empty() || !kind.named_after.empty()) names = names_in(*this, kind, name, signature);
  const auto number = static_cast<std::uint32_t>(all_.size());
  const Id made{
      &all_.emplace_back(Identity{&kind, parent, std::move(name), std::move(signature), number, std::move(names)})};
  by_name_.add(hash, made);
  return made;
}

Id Ids::find(const Kind& kind, Id parent, std::string_view name, std::string_view signature) const {
  const IdParts wanted{kind, parent, name, signature};
  return find_in(by_name_, hash_of(wanted), wanted);
}

const FieldBase* FieldTable::find(std::string_view name) const {
  // Few names of a kind begin alike.
  for (const FieldBase* row : *this)
    if (row->name.size() == name.size() && row->name.front() == name.front() && row->name == name) return row;
  return nullptr;
}

Object::Object(Id object_id) : id(object_id) {}

void Object::store(const FieldBase& field, Value value) {
  if (value.index() != 0 && value.index() != field.shape)
    throw Error(Code::internal, concat("the value given to ", field.name, " of ", path(id), " has another type"));
  if (value.index() == 0 || field.is_fallback(field, value)) value = {};
  if (values_.empty()) {
    if (value.index() == 0) return;
    values_.resize(id->kind->fields.size);
  }
  values_[field.ordinal] = std::move(value);
}

void Object::put(std::string_view field, Value value) {
  const FieldBase* row = id->kind->fields.find(field);
  if (!row) throw Error(Code::internal, concat(path(id), " has no attribute ", field));
  store(*row, std::move(value));
}

bool Object::differs_in_place(const Object& other) const {
  const FieldSet differing = differences(other);
  return std::ranges::any_of(id->kind->fields,
                             [&](const FieldBase* field) { return field->alter && differing.test(field->ordinal); });
}

FieldSet Object::differences(const Object& other) const {
  FieldSet changed;
  for (const FieldBase* field : id->kind->fields) {
    const Value &ours = value(*field), &theirs = other.value(*field);
    if (ours.index() == 0 && theirs.index() == 0) continue;
    const bool ordered = !row_of(field->role).is_set && field->counts != Counts::in_any_order;
    const bool counts = is_compared(field->counts) || (counted[field->ordinal] && other.counted[field->ordinal]);
    changed[field->ordinal] = counts && !unread[field->ordinal] && !other.unread[field->ordinal] && ours != theirs &&
                              (ordered || in_one_order(ours) != in_one_order(theirs));
  }
  return changed;
}

Text as_text(const Value& value) {
  if (const bool* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const List* items = std::get_if<List>(&value)) return join(*items, ", ");
  const Text* text = std::get_if<Text>(&value);
  return text ? *text : Text();
}

List set_by_hand(const Object& object) {
  List names;
  for (const FieldBase* field : object.id->kind->fields) {
    if (field->role != Role::secret) continue;
    if (const auto* items = std::get_if<List>(&object.value(*field)))
      names.insert(names.end(), items->begin(), items->end());
  }
  if (object.unread.none()) return names;
  for (const FieldBase* field : object.id->kind->fields)
    if (object.unread[field->ordinal] && field->role != Role::secret) names.emplace_back(field->name);
  return names;
}

void Object::need(Id used) { add_once(needs, *this, used); }
void Object::want(Id used) { add_once(wants, *this, used); }
void Object::need(std::span<const Id> used) { add_once(needs, *this, used); }
void Object::want(std::span<const Id> used) { add_once(wants, *this, used); }

}  // namespace quoin

std::size_t std::hash<quoin::Slot>::operator()(const quoin::Slot& slot) const {
  const std::hash<std::string_view> text;
  return ((std::hash<std::string_view>()(slot.space) * 31 + std::hash<quoin::Id>()(slot.scope)) * 31 +
          text(slot.name)) *
             31 +
         text(slot.signature);
}
