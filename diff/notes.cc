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

// The first of many, so that a note stays one that is read.
Text some_of(const List& names) {
  constexpr std::size_t most = 20;
  if (names.size() <= most) return join(names, ", ");
  return concat(join(std::span(names).first(most), ", "), " and ", std::to_string(names.size() - most), " more");
}

void note_unmodelled(const Schema& from, const Schema& to, List& notes) {
  const std::set<Text> before = unmodelled(from), after = unmodelled(to);
  List stay, wanted, both;
  for (const Text& name : before) (after.contains(name) ? both : stay).push_back(name);
  for (const Text& name : after)
    if (!before.contains(name)) wanted.push_back(name);
  const auto note = [&](std::string_view fate, std::string_view lacking, const List& names) {
    if (!names.empty())
      notes.push_back(concat(fate, ", being of a kind that quoin does not ", lacking, " yet: ", some_of(names)));
  };
  note("left as it is", "compare", stay);
  note("on both sides, whether alike or not", "compare", both);
  note("not created", "create", wanted);
}

// What no server has said: two texts of an expression may mean the same though their normal forms differ.
void note_undecided(const std::vector<Delta>& deltas, List& notes) {
  List names;
  for (const Delta& delta : deltas)
    for (const FieldBase* field : delta.id->kind->fields) {
      const bool text = field->role == Role::expression || field->role == Role::query || field->role == Role::key;
      if (delta.from && delta.to && delta.touches(*field) && text && delta.from->has(*field) && delta.to->has(*field))
        names.push_back(concat(field->name, " of ", path(delta.id)));
    }
  if (!names.empty())
    notes.push_back(
        concat("taken for changed, though only a server can tell whether they mean the same (--shadow auto): ",
               join(names, ", ")));
}
}  // namespace

List notes(const Schema& from, const Schema& to, const std::vector<Delta>& deltas, const Same& same) {
  List notes;
  if (same) note_undecided(deltas, notes);
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
