// What a database may hold beyond the kinds that quoin models: one kind for all of it, listed by name, never changed.
#include "kinds/database/opaque.h"

#include "core/model/reading.h"
#include "core/model/space.h"
#include "kinds/access/outside_rights.h"
#include "kinds/constraint/constraint.h"

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

// Tables that the kind of tables leaves alone, since their columns follow a type that is not read, with what means
// them: what their defaults, constraints, triggers and indexes need, they need. Rules, policies and statistics lie in
// their relation, whose drop takes them along.
constexpr std::string_view relations = R"(
  select 1259, c.oid, c.relnamespace, 'typed table', 'relation', c.relname::text, '', array['1247:' || c.reltype || ':0']
      || array(select '2604:' || d.oid || ':0' from pg_catalog.pg_attrdef d where d.adrelid = c.oid
        union all select '2606:' || k.oid || ':0' from pg_catalog.pg_constraint k where k.conrelid = c.oid
        union all select '2620:' || t.oid || ':0' from pg_catalog.pg_trigger t where t.tgrelid = c.oid
        union all select '1259:' || i.indexrelid || ':0' from pg_catalog.pg_index i where i.indrelid = c.oid)
  from pg_catalog.pg_class c where c.relpersistence <> 't' and c.relkind in ('r', 'p', 'f') and c.reloftype in (
    select d.objid from pg_catalog.pg_depend d where d.classid = 1247 and d.deptype = 'e')
  union all select 2618, r.oid, c.oid, null, '', '', '', null
  from pg_catalog.pg_rewrite r join pg_catalog.pg_class c on c.oid = r.ev_class
  where r.rulename <> '_RETURN' and r.oid >= 16384
  union all select 3381, s.oid, s.stxrelid, null, '', '', '', null from pg_catalog.pg_statistic_ext s)";

struct Catalog {
  std::string_view oid, name;  // regclass number, table
};
constexpr Catalog in_database[] = {{"2328", "pg_foreign_data_wrapper"}, {"1417", "pg_foreign_server"}};

Text all_of(const Catalog& catalog) {
  return concat("\n  union all select ", catalog.oid, ", o.oid, 0, null, '', '', '', null from pg_catalog.",
                catalog.name, " o where o.oid >= 16384");
}

Text catalog(int) {
  Text all = Text(relations);
  for (const Catalog& one : in_database) all += all_of(one);
  // The table of user mappings is not for everybody to read, its view is.
  all += "\n  union all select 1418, m.umid, 0, null, '', '', '', null from pg_catalog.pg_user_mappings m";
  all += concat(
      "\n  union all select 3256, p.oid, c.oid, null, '', '', '', null from pg_catalog.pg_policy p "
      "join pg_catalog.pg_class c on c.oid = p.polrelid where not (",
      modelled_table("c"), ")");
  return concat(R"(
select x.class, x.oid, 0 as sub, case when x.parent = 0 then 0
  when x.class in (2618, 3256, 3381) then 1259 else 2615 end as parent_class, x.parent as parent_oid,
  0 as parent_sub, w.what || ' ' || i.identity as name, w.what as what, x.space, x.called, x.arguments, x.also
from ()",
                all, R"() x(class, oid, parent, what, space, called, arguments, also)
cross join lateral pg_catalog.pg_identify_object(x.class::oid, x.oid, 0) i
cross join lateral (select coalesce(x.what, i.type)) w(what)
where (select pg_catalog.count(*) from pg_catalog.pg_depend d
  where d.classid = x.class::oid and d.objid = x.oid and d.objsubid = 0 and d.deptype in ('e', 'i')) = 0
union all
select 0, 0, 0, 0, 0, 0, r.name, r.what, '', '', '', null
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
