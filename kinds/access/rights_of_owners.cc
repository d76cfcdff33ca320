// What becomes of rights where something gets another owner.
#include "kinds/access/carried.h"
#include "kinds/access/grant.h"

namespace quoin {
namespace {
/// One object's change of owner.
struct Handover {
  Id object;
  Text old_owner, owner;
};

std::vector<Handover> handovers(const Schema& before, const Schema& after) {
  std::vector<Handover> all;
  after.each([&](const Object& object) {
    const Text owner = object.id->kind == &owner_kind ? told_owner(object.id->parent, after) : Text();
    const Object* there = owner.empty() ? nullptr : before.find(object.id->parent);
    if (!there) return;
    if (const Text old_owner = owner_of(*there, before); !old_owner.empty() && old_owner != owner)
      all.push_back({there->id, role_called(old_owner), role_called(owner)});
  });
  return all;
}

/// The role's rights in a grant of its own, which goes; nullopt: there is none.
std::optional<List> taken_out(Id object, const Text& role, Schema& schema) {
  const Object* grant = schema.find(grant_kind, object, role);
  if (!grant) return std::nullopt;
  List names;
  for (const Text& one : (*grant)[grant_fields.privileges]) names.emplace_back(privilege_name(one));
  schema.remove(grant->id);
  return names;
}

Object& put_grant(Id object, const Text& role, List privileges, Schema& schema) {
  Object& grant = schema.add(schema.ids().of(grant_kind, object, role));
  std::ranges::sort(privileges);
  privileges.erase(std::unique(privileges.begin(), privileges.end()), privileges.end());
  grant.put(grant_fields.privileges, std::move(privileges));
  return grant;
}

// As aclnewowner() in acl.c has it: the new owner takes the old one's part.
void hand_over(const Handover& handover, Id what, Schema& before, const Schema& after) {
  const bool is_whole = what == handover.object;
  const List all = is_whole ? all_privileges(*what->kind, before.major) : List();
  const std::optional<List> old_rights = taken_out(what, handover.old_owner, before);
  List rights = old_rights.value_or(all);
  const List more = taken_out(what, handover.owner, before).value_or(List());
  rights.insert(rights.end(), more.begin(), more.end());
  const auto is_said = [&](const Text& role) { return after.find(grant_kind, what, role) != nullptr; };
  if (is_said(handover.owner) || (is_whole ? old_rights.has_value() : !rights.empty())) {
    Object& grant = put_grant(what, handover.owner, std::move(rights), before);
    if (is_whole) grant.put(grant_fields.initial, all);
  }
  if (is_said(handover.old_owner)) put_grant(what, handover.old_owner, {}, before);
}
}  // namespace

void hand_over_rights(Schema& before, const Schema& after) {
  for (const Handover& handover : handovers(before, after)) {
    std::vector<Id> concerned{handover.object};
    before.each_child(handover.object, [&](const Object& child) {
      if (child.id->kind->is_column() && after.find(child.id)) concerned.push_back(child.id);
    });
    for (const Id what : concerned)
      if (may_lie_in(grant_kind, what)) hand_over(handover, what, before, after);
  }
  before.all_changed();
}

}  // namespace quoin
