// What default privileges do to what is made.
#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/access/default_privileges.h"
#include "kinds/access/grant.h"

namespace quoin {
namespace {
bool concern(const DefaultRights& defaults, Id made) {
  return !defaults.id()->parent || (made->parent && defaults.id()->parent == schema_of(made));
}

List wanted_rights(Id made, const Text& role, const Schema& wanted) {
  const Object* grant = wanted.find(grant_kind, made, role);
  if (!grant) return allowed_at_first(made, role, wanted);
  List names;
  for (const Text& one : (*grant)[grant_fields.privileges]) names.emplace_back(privilege_name(one));
  return names;
}

void add(std::span<const Text> more, List& all) {
  all.insert(all.end(), more.begin(), more.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

// Grants to the role come after.
Step before_grants(Id made, const Text& role, Text sql) {
  return {.sql = std::move(sql), .needs = {made}, .frees = {{grant_kind.name, made, role, {}}}};
}

struct GivenRights {
  const List &privileges, &wanted;  // by a default; of which these are to stay
  int major;                        // of the server, 0: not known
};

// Of MAINTAIN, which not every server knows, it speaks as ALL, and gives again what is to stay.
List taking_back(Id made, const Text& role, const GivenRights& given) {
  const auto& [privileges, wanted, major] = given;
  if (privileges.empty()) return {};
  const Text on = concat(" ON ", on_what(made));
  const bool by_all = has(privileges, maintain) && (wanted.empty() || major == 0);
  const Text what = by_all ? upper(all_of_them) : spelled(privileges, made);
  List all{concat("REVOKE ", what, on, " FROM ", grantee(role))};
  if (by_all && !wanted.empty()) all.push_back(concat("GRANT ", spelled(wanted, made), on, " TO ", grantee(role)));
  return all;
}
}  // namespace

// Who runs it is not known: whatever any of them gives is taken back.
Steps DefaultPrivileges::close_to_others(Id made, const Schema& wanted) const {
  const auto sort = sort_of(*made->kind);
  if (!sort) return {};
  std::map<Text, List> given;
  bool withheld = false;
  const Text all(everybody);
  const List everybodys = sorts()[*sort]->everybodys();
  for (const DefaultRights& defaults : all_) {
    if (!concern(defaults, made)) continue;
    for (const auto& [key, privileges] : defaults.rights()) {
      if (key.first != *sort || key.second == defaults.id()->name) continue;
      List& names = given[key.second];
      for (const Text& one : privileges) names.emplace_back(privilege_name(one));
    }
    withheld |= !defaults.id()->parent && !everybodys.empty() && defaults.of(*sort, all).empty();
  }
  Steps steps;
  for (auto& [role, privileges] : given) {
    const List wanted_here = wanted_rights(made, role, wanted);
    std::erase_if(privileges, [&](const Text& one) { return std::ranges::count(wanted_here, one) != 0; });
    add({}, privileges);
    for (const Text& sql : taking_back(made, role, {privileges, wanted_here, wanted.major}))
      steps.push_back(before_grants(made, role, sql));
  }
  if (withheld && !wanted.find(grant_kind, made, all))
    steps.push_back(before_grants(
        made, all,
        concat("GRANT ", spelled(wanted_rights(made, all, wanted), made), " ON ", on_what(made), " TO PUBLIC")));
  return steps;
}

std::map<Text, List> DefaultPrivileges::rights_to(Id made, const Schema& schema) const {
  std::map<Text, List> rights;
  const auto sort = sort_of(*made->kind);
  if (!sort) return rights;
  const auto owner = [&](const DefaultRights& defaults, const Text& role) {
    const Object* object = schema.find(made);
    return role == defaults.id()->name && object ? owner_of(*object, schema) : role;
  };
  bool in_all = false;
  for (const DefaultRights& defaults : all_) {
    if (!concern(defaults, made)) continue;
    in_all |= !defaults.id()->parent;
    for (const auto& [key, privileges] : defaults.rights())
      if (key.first == *sort) add(privileges, rights[owner(defaults, key.second)]);
  }
  if (!in_all) add(sorts()[*sort]->everybodys(), rights[Text(everybody)]);
  rights.erase("");
  const List known = all_privileges(*made->kind, schema.major);
  for (auto& [role, privileges] : rights)
    std::erase_if(privileges, [&](const Text& one) { return !has(known, privilege_name(one)); });
  return rights;
}

void grant_by_default(std::span<const Id> made, Reading& reading) {
  std::vector<Id> concerned;
  for (Id id : made)
    if (sort_of(*id->kind) && reading.schema().find(id)) concerned.push_back(id);
  if (concerned.empty()) return;
  Schema& schema = reading.schema();
  const DefaultPrivileges defaults = DefaultPrivileges::of_session(concerned, schema);
  for (Id id : concerned)
    for (auto& [role, privileges] : defaults.rights_to(id, schema)) {
      const Object* old = schema.find(grant_kind, id, role);
      if (old) add((*old)[grant_fields.privileges], privileges);
      if (privileges == allowed_at_first(id, role, schema)) continue;
      Object* grant = old ? reading.change(schema.ids().of(grant_kind, id, role)) : reading.make(grant_kind, id, role);
      if (grant) grant->put(grant_fields.privileges, privileges);
    }
}

void grant_as_made(const Schema& before, Schema& schema) {
  const DefaultPrivileges defaults(before);
  std::vector<Id> made;
  schema.each([&](const Object& object) {
    if (sort_of(*object.id->kind) && !before.find(object.id)) made.push_back(object.id);
  });
  for (const Id id : made) {
    auto rights = defaults.rights_to(id, schema);
    rights.try_emplace(Text(everybody));
    for (const auto& [role, privileges] : rights) {
      if (privileges == allowed_at_first(id, role, schema) || schema.find(grant_kind, id, role)) continue;
      Object& grant = schema.add(schema.ids().of(grant_kind, id, role));
      grant.put(grant_fields.privileges, privileges);
      grant.put(grant_fields.initial, privileges);
    }
  }
}

}  // namespace quoin
