#include "core/model/kind.h"

#include "core/model/name.h"
#include "core/model/space.h"

namespace quoin {

namespace {
Text noun_of(Id id) { return Text(id->kind->noun); }
}  // namespace

std::string_view space_of(const Kind& kind) { return kind.space.empty() ? kind.name : kind.space; }

namespace {
// Not Slots{…}, which would copy its Slots: these are asked for with every object that is made or changed.
Slots listed(Slot first) {
  Slots all;
  all.push_back(std::move(first));
  return all;
}
}  // namespace

Slots own_slot(const Object& o) { return listed({space_of(*o.id->kind), scope_of(o.id), o.id->name, o.id->signature}); }
Slots relation_slot(const Object& o) { return listed({space::relation, schema_of(o.id), o.id->name, {}}); }
Slots row_type_slots(const Object& o) {
  Slots all;
  all.reserve(2);
  const Id schema = schema_of(o.id);
  for (const std::string_view in : {space::relation, space::type}) all.push_back({in, schema, o.id->name, {}});
  return all;
}
Slots slots_of(const Object& o) { return o.id->kind->slots ? o.id->kind->slots(o) : own_slot(o); }
bool is_relation(const Object& o) { return std::ranges::count(slots_of(o), space::relation, &Slot::space) > 0; }

Id schema_of(Id id) {
  while (id && !id->kind->has(is_namespace)) id = id->parent;
  return id;
}

Id scope_of(Id id) { return id->kind->has(named_in_schema) ? schema_of(id) : id->parent; }

std::span<const std::string_view> possible_parents(const Kind& kind) {
  return kind.willing_parents ? kind.willing_parents() : kind.parents;
}

bool may_lie_below(const Kind& kind, const Kind& parent) {
  return std::ranges::count(possible_parents(kind), parent.name) > 0;
}

bool may_lie_in(const Kind& kind, Id parent) {
  const auto parents = possible_parents(kind);
  if (parents.empty()) return !parent;
  return std::ranges::any_of(
      parents, [&](std::string_view name) { return name == "*" || (parent && name == parent->kind->name); });
}

Id relation_of(const Object& object) {
  const FieldBase* field = object.id->kind->relation;
  if (!field) return object.id->parent;
  const Text* name = std::get_if<Text>(&object.value(*field));
  for (const Id used : object.needs)
    if (const Id id = used->kind->is_column() ? used->parent : used; name && qualified(id) == *name) return id;
  return {};
}

Text title(Id id) {
  switch (id->kind->addressed->told_by) {
    case ToldBy::types: {
      const Text between = address(id);
      return between.substr(1, between.size() - 2);
    }
    case ToldBy::operands:
      return concat(id->name, " ", id->signature);
    case ToldBy::method:
      return concat(quote_ident(id->name), " USING ", types_of(id->signature).at(0));
    case ToldBy::language:
      return address(id);
    default:
      return id->name + id->signature;
  }
}

Text path(Id id) {
  if (!id) return "the database";
  if (id->kind->has(opaque)) return id->name;
  const ToldBy told_by = id->kind->addressed->told_by;
  if (told_by != ToldBy::name && told_by != ToldBy::inputs) return concat(id->kind->name, " ", address(id));
  if (!id->kind->has_name() && id->name.empty()) return concat(id->kind->name, " of ", path(id->parent));
  if (!id->kind->has_name()) return concat(id->kind->name, " ", quote_ident(id->name), " of ", path(id->parent));
  Text dotted = concat(quote_ident(id->name), id->signature);
  for (Id up = id->parent; up; up = up->parent)
    if (up->kind->has_name()) dotted = concat(quote_ident(up->name), ".", dotted);
  return concat(id->kind->name, " ", dotted);
}

Text qualified(Id id) {
  const Id schema = id->parent ? schema_of(id->parent) : Id();
  return quote_qualified(schema ? std::string_view(schema->name) : std::string_view(), id->name);
}

Text address(Id id) {
  if (id->kind->has_name()) return id->kind->addressed->address(id);
  throw Error(Code::internal, concat(path(id), " has no name of its own"));
}

Text address_with_noun(Id id) { return concat(noun_of(id), " ", address(id)); }

Text rename_sql(Id id, std::string_view new_name) {
  if (id->kind->sql.rename) return id->kind->sql.rename(id, new_name);
  return concat("ALTER ", address_with_noun(id), " RENAME TO ", quote_ident(new_name));
}

Text set_schema_sql(Id id, std::string_view schema) {
  return concat("ALTER ", address_with_noun(id), " SET SCHEMA ", quote_ident(schema));
}

std::vector<Id> owned_by(Id owner, Schema& schema) {
  std::vector<Id> owners{owner}, all;
  schema.each_child(owner, [&](const Object& part) { owners.push_back(part.id); });
  for (Id one : owners)
    for (Id user : schema.users(one))
      if (user->kind->has(goes_where_owner_goes) && dropped_with(*schema.find(user)) == one) all.push_back(user);
  return all;
}

Id former_id(const Object& wanted, const Schema& before) {
  const Id now = wanted.id;
  Ids& ids = before.ids();
  const Id beside = ids.of(*now->kind, now->parent, wanted.renamed_from, now->signature);
  const List parts = name_parts(wanted.renamed_from);
  if (before.find(beside) || parts.size() != 2 || !now->parent || !now->parent->kind->has(is_namespace)) return beside;
  return ids.of(*now->kind, ids.of(*now->parent->kind, Id(), parts[0]), parts[1], now->signature);
}

Hazard loss_of(Id id) { return {"data-loss", concat("drops ", path(id), " and the data in it")}; }

Steps drop_steps(const Object& object) {
  const Kind& kind = *object.id->kind;
  if (kind.sql.drop) return kind.sql.drop(object);
  return only(dropping(object, kind.has_name() ? concat("DROP ", address_with_noun(object.id)) : Text()));
}

Id dropped_with(const Object& object) {
  const Kind& kind = *object.id->kind;
  if (kind.dropped_with) return kind.dropped_with(object);
  return kind.has(dropped_with_parent) ? object.id->parent : Id();
}

namespace {
// What has something from two others keeps it until both have gone.
bool follows_alone(const Object& object, Id leader) {
  if (follows(object) != leader || is_own_besides(object)) return false;
  Object without(object.id);
  without.needs = object.needs;
  std::erase(without.needs, leader);
  return !follows(without);
}
}  // namespace

bool goes_with(const Object& object, Id used) {
  if (object.id->parent == used || dropped_with(object) == used || follows_alone(object, used)) return true;
  return object.id->kind->has(dropped_with_column) && used->kind->is_column() && used->parent == relation_of(object) &&
         std::ranges::count(object.needs, used) > 0;
}

Steps only(Step step) {
  Steps steps;
  steps.push_back(std::move(step));
  return steps;
}

Slots shared_slots_of(const Object& object) {
  return object.id->kind->shared_slots ? object.id->kind->shared_slots(object) : Slots();
}

Step making(const Object& object, Text sql) {
  return {.sql = std::move(sql),
          .makes = {object.id},
          .needs = object.needs,
          .wants = object.wants,
          .takes_shared = shared_slots_of(object),
          .takes_names_of = &object};
}

std::vector<Hazard> hazards_of(const FieldBase& field, Id id) {
  if (field.access.empty()) return {};
  return {{"access", concat(path(id), ": ", field.access, " changes")}};
}

Step in_place(const Delta& delta, Text sql) {
  Step step{.sql = std::move(sql), .makes = {delta.id}, .needs = delta.to->needs, .wants = delta.to->wants};
  for (Id used : delta.from->needs)
    if (!std::ranges::count(step.needs, used)) step.releases.push_back(used);
  return step;
}

Step rebuilding(const Delta& delta, Text sql) {
  Step step = in_place(delta, std::move(sql));
  step.drops = {delta.id};
  return step;
}

Step dropping(const Object& object, Text sql) {
  return {.sql = std::move(sql),
          .releases = object.needs,
          .drops = {object.id},
          .frees = slots_of(object),
          .frees_shared = shared_slots_of(object)};
}

Steps dropping_by(const Object& object, List statements) {
  Steps steps;
  for (Text& sql : statements) {
    if (steps.empty())
      steps.push_back(dropping(object, std::move(sql)));
    else
      steps.push_back({.sql = std::move(sql), .drops = {object.id}});
  }
  return steps;
}

Id follows(const Object& o) { return o.id->kind->follows ? o.id->kind->follows(o) : Id(); }
bool is_own_besides(const Object& o) { return o.id->kind->own_besides && o.id->kind->own_besides(o); }

List counted_on(const Schema& schema) {
  List names;
  schema.each([&](const Object& object) {
    const auto counts_on = object.id->kind->counts_on;
    if (const Id path = counts_on ? counts_on(object) : Id()) names.push_back(path->name);
  });
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace quoin
