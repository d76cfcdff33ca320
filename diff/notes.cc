#include <map>

#include "diff/planner.h"
#include "diff/same_shape.h"

namespace quoin {

namespace {
// Only children that both sides have, since what is added comes last in any case.
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

// A statement can rename it, and YAML can ask for that.
bool can_be_renamed(Id id) {
  const Kind& kind = *id->kind;
  if (!kind.has_name() || kind.has(single) || kind.has(opaque) || id->name.empty()) return false;
  return (kind.sql.rename || !kind.noun.empty()) && (id->parent || kind.has(has_document));
}

bool look_alike(Placed dropped, Placed created) {
  return dropped.id->signature == created.id->signature && differ_in_columns_and_fields(dropped, created) == 0;
}

// Only objects with one outline in one place are compared with each other, so that time stays linear in their number.
struct OutlineInPlace {
  const Kind* kind;
  Id parent;  // of what has another name; null: of what is in another schema
  Text outline;
  auto operator<=>(const OutlineInPlace&) const = default;
};
using GoneAndMade = std::pair<std::vector<Id>, std::vector<Id>>;

Text outline(const Object& object, const Schema& schema) {
  Text all = object.id->signature;
  for (const FieldBase* field : object.id->kind->fields)
    if (const Text* text = std::get_if<Text>(&object.value(*field));
        text && is_compared(field->counts) && !object.unread[field->ordinal])
      all.append("/").append(*text);
  for (const Object* child : schema.children(object.id))
    if (child->id->kind->has(ordered)) all.append("/").append(child->id->name);
  return all;
}

std::map<OutlineInPlace, GoneAndMade> gone_and_made(const Schema& from, const Schema& to,
                                                    const std::vector<Delta>& deltas) {
  std::map<OutlineInPlace, GoneAndMade> places;
  for (const Delta& delta : deltas) {
    if ((delta.from && delta.to) || !can_be_renamed(delta.id)) continue;
    const Id id = delta.id, parent = id->parent;
    const Text shape = delta.to ? outline(*delta.to, to) : outline(*delta.from, from);
    const auto enter = [&](OutlineInPlace place) {
      auto& [gone, made] = places[std::move(place)];
      (delta.to ? made : gone).push_back(id);
    };
    if (!parent || (from.find(parent) && to.find(parent))) enter({id->kind, parent, shape});
    if (parent && parent->kind->has(is_namespace)) enter({id->kind, Id(), concat(id->name, "/", shape)});
  }
  return places;
}

// An object that is dropped and one that is created, of the same shape, in one place under two names or in two schemas
// under one: a person is asked, and nothing is guessed. Where several look alike, the question would have several
// answers.
void note_possible_renames(const Schema& from, const Schema& to, const std::vector<Delta>& deltas, List& notes) {
  std::vector<std::pair<Id, Id>> pairs;
  std::unordered_map<Id, int> seen;
  for (const auto& [place, both] : gone_and_made(from, to, deltas))
    for (Id old : both.first)
      for (Id now : both.second)
        if (look_alike({from, old}, {to, now})) {
          pairs.emplace_back(old, now);
          ++seen[old];
          ++seen[now];
        }
  for (const auto& [old, now] : pairs) {
    if (seen[old] > 1 || seen[now] > 1) continue;
    const bool moved = now->parent != old->parent;
    notes.push_back(concat("possibly renamed: ", path(old), " to ", moved ? qualified(now) : quote_ident(now->name),
                           "; if so, add renamed_from: ", moved ? qualified(old) : quote_ident(old->name)));
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

// Columns that are dropped from one table and created in a new one that refers to it: no step moves what they hold.
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

bool is_for_server(const Delta& delta, const FieldBase& field) {
  return delta.from && delta.to && delta.touches(field) && row_of(field.role).only_server_tells &&
         delta.from->has(field) && delta.to->has(field);
}

bool decides_without_server(const Schema& from, const Schema& to, const Same& same) {
  return same && (from.major == 0 || from.major != to.major);
}

// Without a server nobody can tell: two texts of an expression may mean the same though their normal forms differ.
void note_undecided(const std::vector<Delta>& deltas, List& notes) {
  List names;
  for (const Delta& delta : deltas)
    for (const FieldBase* field : delta.id->kind->fields) {
      if (is_for_server(delta, *field)) names.push_back(concat(field->name, " of ", path(delta.id)));
    }
  if (!names.empty())
    notes.push_back(
        concat("taken for changed, though only a server can tell whether they mean the same (--shadow auto): ",
               join(names, ", ")));
}
}  // namespace

bool is_undecided(const Schema& from, const Schema& to, const Delta& delta, const Same& same) {
  return decides_without_server(from, to, same) && delta.from && delta.to &&
         std::ranges::all_of(delta.id->kind->fields, [&](const FieldBase* field) {
           return !delta.touches(*field) || is_for_server(delta, *field);
         });
}

List notes(const Schema& from, const Schema& to, const std::vector<Delta>& deltas, const Same& same) {
  List notes;
  if (decides_without_server(from, to, same)) note_undecided(deltas, notes);
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
