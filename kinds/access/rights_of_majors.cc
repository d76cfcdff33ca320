// What rights are on a server whose ALL is another than the newest one's.
#include "kinds/access/carried.h"
#include "kinds/access/default_privileges.h"
#include "kinds/access/grant.h"

namespace quoin {
namespace {
/// True if the object says nothing any more.
bool settle_grant(Object& grant, int major) {
  const List known = all_privileges(*grant.id->parent->kind, major);
  const auto without_unknown = [&](const Field<List>& field) {
    List names(grant[field].begin(), grant[field].end());
    std::erase_if(names, [&](const Text& one) { return !has(known, privilege_name(one)); });
    grant.put(field, names);
  };
  without_unknown(grant_fields.privileges);
  without_unknown(grant_fields.initial);
  return std::ranges::equal(grant[grant_fields.privileges], grant[grant_fields.initial]);
}
}  // namespace

void settle_rights(Schema& schema, int major) {
  std::vector<Id> gone;
  schema.each([&](Object& object) {
    if (object.id->kind == &grant_kind && settle_grant(object, major)) gone.push_back(object.id);
  });
  for (const Id id : gone) schema.remove(id);
  settle_default_privileges(schema, major);
}

}  // namespace quoin
