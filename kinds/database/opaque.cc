// What a database may hold beyond the kinds that quoin models: one kind for all of it, listed by name, never changed.
// What a catalog has of it, kinds/database/remainder.h finds.
#include "kinds/database/opaque.h"

#include "core/model/space.h"
#include "kinds/access/outside_rights.h"

namespace quoin {
namespace {
constexpr auto& fields = opaque_fields;

Slots slots(const Object& o) {
  Slots all = own_slot(o);
  const Text called(o[fields.called]);
  const auto take = [&](std::string_view space) {
    all.push_back({space, schema_of(o.id), called, Text(o[fields.arguments])});
  };
  if (o[fields.space] == "relation") take("relation");
  if (o[fields.space] == "relation" || o[fields.space] == "type") take("type");
  if (o[fields.space] == "routine") take("routine");
  return all;
}

// Rules, policies and statistics go with their relation; what lies in a schema keeps it from being dropped.
Id holder_of(const Object& o) { return o.id->parent && o.id->parent->kind != &schema_kind ? o.id->parent : Id(); }

Steps drop(const Object& o) { throw Error(Code::internal, concat(path(o.id), " is not quoin's to drop")); }

// Of what no kind reads, kinds/database/remainder.h finds the rest.
Text catalog(int) {
  return concat(R"(
select 0 as class, 0 as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, r.name, r.what
from ()",
                outside_rights(), ") r");
}

constexpr std::string_view parents[] = {"*"};

const ObjectType object_types[] = {
    {"OBJECT_ROUTINE", space::routine, &by_arguments},  // a function, a procedure or an aggregate
};

}  // namespace

std::span<const ObjectType> types_without_kind() { return object_types; }

constexpr Kind opaque_kind{.name = "other object",
                           .key = "",
                           .weight = 290,
                           .fields = fields,
                           .traits = opaque,
                           .addressed = &by_parent,
                           .parents = parents,
                           .slots = slots,
                           .dropped_with = holder_of,
                           .sql = {.drop = drop},
                           .reading = {.catalog = catalog}};
}  // namespace quoin
