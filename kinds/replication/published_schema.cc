// Everything quoin knows about schemas in publications: all of their tables are published, those to come too.
#include "kinds/list.h"
#include "kinds/replication/publication.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
} no_fields;

Text naming(const Object& o, std::string_view verb) {
  return concat(alter_publication(o.id), verb, " TABLES IN SCHEMA ", quote_ident(o.id->parent->name));
}
Steps create(const Object& o) { return only(making(o, naming(o, "ADD"))); }
Steps drop(const Object& o) { return only(dropping(o, naming(o, "DROP"))); }

Text catalog(int server_version) {
  if (server_version < 150000)
    return "select 0 as class, 0 as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, null as name "
           "where false";
  return R"(
select 6237 as class, n.oid as oid, 0 as sub, 2615 as parent_class, n.pnnspid as parent_oid, 0 as parent_sub,
  p.pubname as name
from pg_catalog.pg_publication_namespace n join pg_catalog.pg_publication p on p.oid = n.pnpubid)";
}

constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind published_schema_kind{.name = "published schema",
                                     .key = "published_in",
                                     .weight = 236,
                                     .fields = no_fields,
                                     .traits = replaceable | dropped_with_parent,
                                     .addressed = &by_parent,
                                     .parents = parents,
                                     .named_after = space::publication,
                                     .dropped_with = publication_of,
                                     .sql = {.create = create, .drop = drop},
                                     .reading = {.catalog = catalog, .derive = need_publication}};
}  // namespace quoin
