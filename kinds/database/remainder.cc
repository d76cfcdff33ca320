#include "kinds/database/remainder.h"

#include "kinds/replication/subscription.h"

namespace quoin {
namespace {
struct Catalog {
  std::string_view number, name;
  std::string_view schema{};    // the column with the schema that an object lies in
  std::string_view relation{};  // or with its relation
  std::string_view where{};
};
constexpr Catalog catalogs[] = {
    {.number = "826", .name = "pg_default_acl", .schema = "defaclnamespace"},
    {.number = "1247", .name = "pg_type", .schema = "typnamespace"},
    {.number = "1255", .name = "pg_proc", .schema = "pronamespace"},
    {.number = "1259",
     .name = "pg_class",
     .schema = "relnamespace",
     .where = "o.relkind not in ('i', 'I', 't') and o.relpersistence <> 't'"},
    {.number = "1417", .name = "pg_foreign_server"},
    {.number = "2328", .name = "pg_foreign_data_wrapper"},
    {.number = "2601", .name = "pg_am"},
    {.number = "2605", .name = "pg_cast"},
    {.number = "2607", .name = "pg_conversion", .schema = "connamespace"},
    {.number = "2612", .name = "pg_language"},
    {.number = "2616", .name = "pg_opclass", .schema = "opcnamespace"},
    {.number = "2617", .name = "pg_operator", .schema = "oprnamespace"},
    {.number = "2618", .name = "pg_rewrite", .relation = "ev_class"},
    {.number = "2753", .name = "pg_opfamily", .schema = "opfnamespace"},
    {.number = "3079", .name = "pg_extension"},
    {.number = "3256", .name = "pg_policy", .relation = "polrelid"},
    {.number = "3381", .name = "pg_statistic_ext", .relation = "stxrelid"},
    {.number = "3456", .name = "pg_collation", .schema = "collnamespace"},
    {.number = "3466", .name = "pg_event_trigger"},
    {.number = "3576", .name = "pg_transform"},
    {.number = "3600", .name = "pg_ts_dict", .schema = "dictnamespace"},
    {.number = "3601", .name = "pg_ts_parser", .schema = "prsnamespace"},
    {.number = "3602", .name = "pg_ts_config", .schema = "cfgnamespace"},
    {.number = "3764", .name = "pg_ts_template", .schema = "tmplnamespace"},
    {.number = "6104", .name = "pg_publication"},
};

Text rows_of(const Catalog& catalog) {
  const std::string_view above = catalog.schema.empty() ? catalog.relation : catalog.schema;
  const std::string_view above_class = !catalog.schema.empty() ? "2615" : !catalog.relation.empty() ? "1259" : "0";
  return concat("select ", catalog.number, ", o.oid, ", above_class, ", ", above.empty() ? "0" : concat("o.", above),
                " from pg_catalog.", catalog.name, " o where o.oid >= 16384", catalog.where.empty() ? "" : " and ",
                catalog.where);
}

Text array_of(const std::vector<Listed>& objects, std::uint64_t Listed::*part) {
  List numbers;
  for (const Listed& one : objects) numbers.push_back(std::to_string(one.*part));
  return concat("'{", join(numbers, ","), "}'::pg_catalog.oid[]");
}
}  // namespace

// The table of user mappings is not for everybody to read, its view is; nor is all of a subscription. What is made
// along with another object depends on it internally.
Text all_objects_query(int server_version) {
  List all;
  for (const Catalog& catalog : catalogs) all.push_back(rows_of(catalog));
  all.push_back(subscriptions(server_version));
  all.emplace_back("select 1418, m.umid, 0, 0 from pg_catalog.pg_user_mappings m");
  return concat("select x.class, x.oid, x.parent_class, x.parent_oid from (", join(all, "\n  union all "), R"(
) x(class, oid, parent_class, parent_oid)
where not exists (select from pg_catalog.pg_depend d
  where d.classid = x.class and d.objid = x.oid and d.objsubid = 0 and d.deptype in ('i', 'e')))");
}

// What the defaults, constraints, triggers and indexes of a relation need, it needs.
Text naming_query(const std::vector<Listed>& objects) {
  return concat(R"(
select x.class, x.oid, 0 as sub, x.parent_class, x.parent_oid, 0 as parent_sub, w.what || ' ' || i.identity as name,
  w.what as what, case x.class when 1259 then 'relation' when 1247 then 'type' else '' end as space,
  coalesce(c.relname, t.typname)::text as called, case when c.oid is not null then array['1247:' || c.reltype || ':0']
      || array(select '2604:' || d.oid || ':0' from pg_catalog.pg_attrdef d where d.adrelid = c.oid
        union all select '2606:' || k.oid || ':0' from pg_catalog.pg_constraint k where k.conrelid = c.oid
        union all select '2620:' || g.oid || ':0' from pg_catalog.pg_trigger g where g.tgrelid = c.oid
        union all select '1259:' || n.indexrelid || ':0' from pg_catalog.pg_index n where n.indrelid = c.oid) end as also
from rows from (pg_catalog.unnest()",
                array_of(objects, &Listed::catalog), "), pg_catalog.unnest(", array_of(objects, &Listed::oid),
                "), pg_catalog.unnest(", array_of(objects, &Listed::parent_catalog), "), pg_catalog.unnest(",
                array_of(objects, &Listed::parent_oid), R"()) x(class, oid, parent_class, parent_oid)
left join pg_catalog.pg_class c on x.class = 1259 and c.oid = x.oid
left join pg_catalog.pg_type t on x.class = 1247 and t.oid = x.oid
cross join lateral pg_catalog.pg_identify_object(x.class, x.oid, 0) i
cross join lateral (select case when c.reloftype <> 0 then 'typed table' else i.type end) w(what)
where i.identity is not null
order by x.class <> 1259, x.class, x.oid)");
}

List listed_catalogs() {
  List all{"pg_user_mapping", "pg_subscription"};
  for (const Catalog& catalog : catalogs) all.emplace_back(catalog.name);
  return all;
}

}  // namespace quoin
