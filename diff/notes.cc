#include <map>

#include "diff/planner.h"
#include "diff/same_shape.h"

namespace quoin {

namespace {
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

// What a person may rename, and YAML can say so.
bool can_be_renamed(Id id) {
  const Kind& kind = *id->kind;
  if (!kind.has_name() || kind.has(single) || kind.has(opaque) || id->name.empty()) return false;
  return (kind.rename || !kind.noun.empty()) && (id->parent || kind.has(has_document));
}

bool look_alike(Placed dropped, Placed created) {
  return dropped.id->signature == created.id->signature && differ_in_columns_and_fields(dropped, created) == 0;
}

// What goes and comes again in the same place with the same shape: asked about, never guessed. Where several look
// alike, the question has no one answer.
void note_possible_renames(const Schema& from, const Schema& to, const std::vector<Delta>& deltas, List& notes) {
  std::map<std::pair<const Kind*, Id>, std::pair<std::vector<Id>, std::vector<Id>>> places;
  for (const Delta& delta : deltas) {
    if ((delta.from && delta.to) || !can_be_renamed(delta.id)) continue;
    const Id parent = delta.id->parent;
    if (parent && (!from.find(parent) || !to.find(parent))) continue;
    auto& [dropped, created] = places[{delta.id->kind, parent}];
    (delta.to ? created : dropped).push_back(delta.id);
  }
  for (const auto& [place, both] : places) {
    const auto& [dropped, created] = both;
    for (Id now : created) {
      const auto alike = [&, now = now](Id old) { return look_alike({from, old}, {to, now}); };
      const auto old = std::ranges::find_if(dropped, alike);
      if (old == dropped.end() || std::ranges::count_if(dropped, alike) > 1) continue;
      const auto as_well = [&](Id other) { return look_alike({from, *old}, {to, other}); };
      if (std::ranges::count_if(created, as_well) > 1) continue;
      notes.push_back(concat("possibly renamed: ", path(*old), " to ", quote_ident(now->name),
                             "; if so, add renamed_from: ", quote_ident((*old)->name)));
    }
  }
}

bool are_tied(const Schema& schema, Id one, Id other) {
  const auto leads = [&](Id from, Id to) {
    return schema.any_child(from, [&](const Object& child) {
      const auto edge = child.id->kind->edge;
      return edge && edge(child, schema).to == to;
    });
  };
  return leads(one, other) || leads(other, one);
}

// Columns that leave a table for a new one beside it: the rows are not told to go with them.
void note_split(const Schema& from, const Schema& to, const std::vector<Delta>& deltas, List& notes) {
  std::multimap<std::string_view, Id> gone;
  for (const Delta& delta : deltas)
    if (!delta.to && delta.id->kind->is_column() && to.find(delta.id->parent)) gone.emplace(delta.id->name, delta.id);
  std::map<std::pair<Id, Id>, List> moved;
  for (const Delta& delta : deltas) {
    if (gone.empty() || delta.from || !delta.id->kind->is_column() || from.find(delta.id->parent)) continue;
    const auto [begin, end] = gone.equal_range(delta.id->name);
    for (auto old = begin; old != end; ++old)
      if (delta.to->differences(*from.find(old->second)).none() && are_tied(to, old->second->parent, delta.id->parent))
        moved[{old->second->parent, delta.id->parent}].push_back(quote_ident(delta.id->name));
  }
  for (auto& [tables, names] : moved) {
    std::ranges::sort(names);
    notes.push_back(concat("rows do not move by themselves: ", join(names, ", "), " of ", path(tables.first),
                           " goes, and comes in the new ", path(tables.second),
                           "; copy what is to stay with INSERT INTO ", qualified(tables.second), " … SELECT … FROM ",
                           qualified(tables.first), ", before the column is dropped"));
  }
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
  if (same && (from.major == 0 || from.major != to.major)) note_undecided(deltas, notes);
  note_possible_renames(from, to, deltas, notes);
  note_split(from, to, deltas, notes);
  std::vector<Id> ordered;
  from.each([&](const Object& object) {
    const Object* after = to.find(object.id);
    if (!after) return;
    if (object.position != 0 && object.position != after->position && object.id->parent)
      ordered.push_back(object.id->parent);
  });
  std::ranges::sort(ordered);
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  for (Id parent : ordered) note_order(from, to, parent, notes);
  std::ranges::sort(notes);
  notes.erase(std::unique(notes.begin(), notes.end()), notes.end());
  return notes;
}

}  // namespace quoin
