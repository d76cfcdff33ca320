#include "diff/planner.h"

namespace quoin {

namespace {
Text carried_by(const Object* object) {
  List names;
  if (object)
    for (const Carried& carried : object->carried) names.push_back(carried.what);
  return join(names, ", ");
}

void note_carried(const Object* from, const Object* to, List& notes) {
  const std::vector<Carried> none;
  const auto &before = from ? from->carried : none, &after = to ? to->carried : none;
  if (before == after) return;
  const Id id = from ? from->id : to->id;
  notes.push_back(concat(path(id), ": not compared: ", carried_by(before.empty() ? to : from)));
}

// Only what both sides have; what is added comes last in any case.
std::vector<const Object*> in_declared_order(const Schema& schema, const Schema& other, Id parent) {
  std::vector<const Object*> all;
  for (const Object* child : schema.children(parent))
    if (child->position != 0 && other.find(child->id)) all.push_back(child);
  std::ranges::stable_sort(all, {}, &Object::position);
  return all;
}

void note_order(const Schema& from, const Schema& to, Id parent, List& notes) {
  const auto before = in_declared_order(from, to, parent), after = in_declared_order(to, from, parent);
  if (std::ranges::equal(before, after, {}, &Object::id, &Object::id)) return;
  List names;
  for (const Object* child : before) names.push_back(child->id->name);
  notes.push_back(concat(path(parent), " keeps the order that it has: ", quoted_list(names)));
}

std::set<Text> unmodelled(const Schema& schema) {
  std::set<Text> names(schema.unmodelled.begin(), schema.unmodelled.end());
  schema.each([&](const Object& object) {
    if (object.id->kind->has(opaque)) names.insert(path(object.id));
  });
  return names;
}

void note_unmodelled(const Schema& from, const Schema& to, List& notes) {
  const std::set<Text> before = unmodelled(from), after = unmodelled(to);
  for (const Text& name : before)
    if (!after.contains(name)) notes.push_back(concat(name, " stays as it is: quoin does not compare its kind yet"));
  for (const Text& name : after)
    if (!before.contains(name)) notes.push_back(concat(name, " is not created: quoin does not create its kind yet"));
}
}  // namespace

List notes(const Schema& from, const Schema& to, const std::vector<Delta>& deltas) {
  List notes;
  for (const Delta& delta : deltas) note_carried(delta.from, delta.to, notes);
  std::vector<Id> ordered;
  from.each([&](const Object& object) {
    const Object* after = to.find(object.id);
    if (!after) return;
    if (!object.carried.empty() && !after->carried.empty()) note_carried(&object, after, notes);
    if (object.position != 0 && object.position != after->position && object.id->parent)
      ordered.push_back(object.id->parent);
  });
  std::ranges::sort(ordered);
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  for (Id parent : ordered) note_order(from, to, parent, notes);
  note_unmodelled(from, to, notes);
  std::ranges::sort(notes);
  notes.erase(std::unique(notes.begin(), notes.end()), notes.end());
  return notes;
}

}  // namespace quoin
