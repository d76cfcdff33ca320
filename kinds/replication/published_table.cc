// Everything quoin knows about tables in publications.
#include "core/base/text.h"
#include "core/sql/print.h"
#include "kinds/constraint/constraint.h"
#include "kinds/list.h"
#include "kinds/replication/publication.h"

namespace quoin {
namespace {
constexpr auto& fields = published_table_fields;

// ONLY: what inherits from it is published by itself.
Steps create(const Object& o) {
  return only(making(o, concat(alter_publication(o.id), "ADD TABLE ONLY ", qualified(o.id->parent),
                               o.has(fields.columns) ? concat(" ", columns_clause(o[fields.columns])) : Text(),
                               o.has(fields.where) ? concat(" WHERE ", in_parentheses(o[fields.where])) : Text())));
}
Steps drop(const Object& o) {
  return only(dropping(o, concat(alter_publication(o.id), "DROP TABLE ONLY ", qualified(o.id->parent))));
}

void derive(Object& o, Schema& schema) {
  need_publication(o, schema);
  if (o.has(fields.where)) o.put(fields.where, settled(o[fields.where]));
}

Text catalog(int server_version) {
  return concat(R"(
select 6106 as class, r.oid as oid, 0 as sub, 1259 as parent_class, r.prrelid as parent_oid, 0 as parent_sub,
  p.pubname as name)",
                server_version < 150000 ? "" : R"(,
  (select pg_catalog.array_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute a
    where a.attrelid = r.prrelid and a.attnum = any (r.prattrs::int2[])) as columns,
  pg_catalog.pg_get_expr(r.prqual, r.prrelid) as "where")",
                "\nfrom pg_catalog.pg_publication_rel r join pg_catalog.pg_publication p on p.oid = r.prpubid");
}

constexpr std::string_view parents[] = {"table"};
}  // namespace

constexpr Kind published_table_kind{.name = "published table",
                                    .key = "published_in",
                                    .weight = 234,
                                    .fields = fields,
                                    .traits = replaceable | dropped_with_parent,
                                    .addressed = &by_parent,
                                    .parents = parents,
                                    .named_after = space::publication,
                                    .dropped_with = publication_of,
                                    .sql = {.create = create, .drop = drop},
                                    .reading = {.catalog = catalog, .derive = derive}};
}  // namespace quoin
