#include "project/owners_rights.h"

#include "kinds/access/carried.h"
#include "kinds/access/grant.h"
#include "kinds/list.h"

namespace quoin {

void name_session_in_rights(Id owned, const Text& role, Schema& schema) {
  std::vector<Id> holders{owned};
  schema.each_child(owned, [&](const Object& child) { holders.push_back(child.id); });
  for (const Id holder : holders) {
    const Object* rights = schema.find(grant_kind, holder, session_role);
    if (!rights) continue;
    const Id named = schema.ids().of(grant_kind, holder, role_called(role));
    if (!schema.find(named)) schema.rename(rights->id, named);
  }
}

void name_session_in_rights(Schema& schema) {
  std::vector<Id> owned;
  schema.each([&](const Object& object) {
    if (object.id->kind == &owner_kind && told_owner(object.id->parent, schema) == schema.made_by)
      owned.push_back(object.id->parent);
  });
  for (const Id one : owned) name_session_in_rights(one, schema.made_by, schema);
}

namespace {
/// Of the grants of a role that is a schema's owner of the object, the role as that schema calls it.
std::optional<Text> owner_in(const Schema& schema, Id grant) {
  const Object* owned = schema.find(grant->parent);
  if (grant->kind != &grant_kind || grant->name == everybody || !owned || owned->id->kind->is_column())
    return std::nullopt;
  const Text owner = owner_of(*owned, schema);
  return owner.empty() || owner == schema.made_by ? Text(session_role) : role_called(owner);
}

// The role that made `to` owns there what another role may own in `from`.
void call_owners_alike(const Schema& from, Schema& to) {
  std::vector<std::pair<Id, Id>> names;
  to.each([&](const Object& object) {
    const std::optional<Text> owner = owner_in(from, object.id);
    const bool is_owners = object.id->name == session_role || object.id->name == from.made_by;
    if (owner && is_owners && (object.id->name == session_role) != (*owner == session_role))
      names.emplace_back(object.id, to.ids().of(grant_kind, object.id->parent, *owner));
  });
  for (const auto& [old_name, name] : names)
    if (!to.find(name)) to.rename(old_name, name);
}
}  // namespace

std::unordered_set<Id> with_rights_of_owners(const Schema& from, const Schema& to) {
  std::unordered_set<Id> owned;
  for (const Schema* schema : {&from, &to})
    schema->each([&](const Object& object) {
      if (object.id->kind == &grant_kind && object.id->name != everybody && object.has(grant_fields.initial))
        owned.insert(object.id->parent);
    });
  if (owned.empty()) return owned;
  to.each([&](const Object& object) {
    if (object.renamed_from.empty()) return;
    const Id former = former_id(object, to);
    if (owned.contains(former) || owned.contains(object.id)) owned.insert({former, object.id});
  });
  return owned;
}

void call_owners(Object& grant, const Object& owners) {
  grant.put(grant_fields.initial, owners.value(grant_fields.initial));
  grant.put(grant_fields.privileges, names_of(grant[grant_fields.privileges]));
}

// Owners' own rights go with the owners, who are not compared. What says nothing of an owner's rights leaves them as
// they are, and rights that it gives to the owner as to any other role are had anyway.
void keep_rights_of_owners(const Schema& from, Schema& to) {
  call_owners_alike(from, to);
  std::vector<Id> gone;
  to.each([&](Object& object) {
    const std::optional<Text> owner = owner_in(from, object.id);
    if (!owner) return;
    const Object* before = from.find(object.id);
    const bool owns = object.id->name == *owner;
    if (owns && !before) {
      if (!object.has(grant_fields.initial)) gone.push_back(object.id);
      return;
    }
    if (owns) return call_owners(object, *before);
    object.put(grant_fields.initial, Value());
    if (object[grant_fields.privileges].empty()) gone.push_back(object.id);
  });
  for (const Id id : gone) to.remove(id);
  from.each([&](const Object& object) {
    const bool is_owners = owner_in(from, object.id) == object.id->name;
    if (is_owners && to.find(object.id->parent) && !to.find(object.id)) to.add(object.id) = object;
  });
}

}  // namespace quoin
