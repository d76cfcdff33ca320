// Everything quoin knows about owners: one an object that may have one, where quoin.yaml has them managed. Without one,
// whoever makes the object owns it. Otherwise an owner is carried by its object (kinds/access/carried.h).
#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> role{*this,
                   "role",
                   "who owns it, where quoin.yaml has owners managed",
                   {.role = Role::role, .presence = Presence::filled}};
} fields;

Text give(Id object, std::string_view role) { return concat("ALTER ", address_with_noun(object), " OWNER TO ", role); }

Text give_to_role(const Object& owner) { return give(owner.id->parent, quote_ident(owner[fields.role])); }

// Rights are given and taken once it is the owner's.
Step before_grants(Step step, Id owner) {
  step.frees.push_back({space::owner, owner->parent, {}, {}});
  return step;
}

Hazard hazard(const Object& owner) {
  return {"access", concat(path(owner.id->parent), " is given to ", owner[fields.role], ", who may do all with it")};
}

Steps create(const Object& owner) { return only(before_grants(making(owner, give_to_role(owner)), owner.id)); }
Change change(const Delta& delta, const Users&) {
  return only(before_grants(in_place(delta, give_to_role(*delta.to)), delta.id));
}
Steps drop(const Object& owner) { return only(dropping(owner, give(owner.id->parent, "CURRENT_USER"))); }
std::vector<Hazard> hazards_of_access(const Delta& delta, const Users& users) {
  const bool is_as_it_was = delta.from && (*delta.from)[fields.role] == (*delta.to)[fields.role];
  if (is_as_it_was || !users.from.find(delta.id->parent)) return {};
  return {hazard(*delta.to)};
}
Follow on_rebuild(const Delta&, const Rebuilt&, const Users&) { return Unaffected{}; }

std::span<const std::string_view> what_has_one() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> names;
    for (const Kind* kind : all_kinds())
      if (kind->has(has_owner)) names.push_back(kind->name);
    return names;
  }();
  return all;
}
}  // namespace

void tell_owner(const Object& object, std::string_view role, Schema& schema) {
  schema.add(schema.ids().of(owner_kind, object.id, {})).put(fields.role, Text(role));
}

Text told_owner(Id object, const Schema& schema) {
  const Object* owner = schema.find(owner_kind, object, {});
  return owner ? Text((*owner)[fields.role]) : Text();
}

constexpr Kind owner_kind{.name = "owner",
                          .key = "owner",
                          .weight = 240,
                          .fields = fields,
                          .traits = replaceable | dropped_with_parent | single,
                          .addressed = &by_parent,
                          .willing_parents = what_has_one,
                          .matter = Matter::owner,
                          .sql = {.create = create, .drop = drop, .change = change, .on_rebuild = on_rebuild},
                          .cost = {.of_access = hazards_of_access}};
}  // namespace quoin
