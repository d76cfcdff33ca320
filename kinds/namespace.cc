// Everything quoin knows about schemas: the name spaces of a database.
#include "kinds/list.h"
#include "kinds/reading.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
} fields;

Slots slots(const Object& o) { return {{"schema", Id(), o.id->name, {}}}; }

Steps create(const Object& schema) { return only(making(schema, "CREATE SCHEMA " + quote_ident(schema.id->name))); }

Text catalog(int) {
  return R"(
select 2615 as class, n.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, n.nspname as name,
  case when n.nspname <> 'public' and n.nspowner <> (select oid from pg_catalog.pg_roles where rolname = current_user)
    then pg_catalog.format('ALTER SCHEMA %I OWNER TO %I', n.nspname, pg_catalog.pg_get_userbyid(n.nspowner)) end as "~owner"
from pg_catalog.pg_namespace n
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema')";
}

void read_create(ast::Node statement, Reading& reading) {
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  const Text name(statement["schemaname"].text());
  if (!name.empty()) reading.make(schema_kind, Id(), name, existing);
  for (ast::Node element : statement["schemaElts"]) reading.read(element, Id());
}

constexpr Reader readers[] = {{"CreateSchemaStmt", "", read_create}};
}  // namespace

constexpr Kind schema_kind{.name = "schema",
                           .key = "schemas",
                           .weight = 10,
                           .fields = fields,
                           .traits = has_section | implied_in_template | has_document,
                           .noun = "SCHEMA",
                           .object_type = "OBJECT_SCHEMA",
                           .naming = Naming::plain,
                           .slots = slots,
                           .create = create,
                           .catalog = catalog,
                           .readers = readers};
}  // namespace quoin
