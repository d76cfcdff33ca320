// Everything quoin knows about schemas: the name spaces of a database.
#include <algorithm>

#include "core/model/reading.h"
#include "kinds/access/grantable.h"
#include "kinds/list.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
} fields;

Steps create(const Object& schema) { return only(making(schema, "CREATE SCHEMA " + quote_ident(schema.id->name))); }

Text catalog(int) {
  return R"(
select 2615 as class, n.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, n.nspname as name,
  case when n.nspname <> 'public' and n.nspowner <> (select oid from pg_catalog.pg_roles where rolname = current_user)
    then pg_catalog.format('ALTER SCHEMA %I OWNER TO %I', n.nspname, pg_catalog.pg_get_userbyid(n.nspowner)) end as "~owner"
from pg_catalog.pg_namespace n
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema')";
}

/// The relation that an element of CREATE SCHEMA makes, or stands on.
ast::Node relation_of(ast::Node element) {
  for (const char* field : {"relation", "view", "sequence"})
    if (element[field].has("relname")) return element[field];
  return {};
}

/// The order in which the server makes them, whatever order they are written in.
int order_of(ast::Node element) {
  constexpr std::string_view tags[] = {"CreateSeqStmt", "CreateStmt", "ViewStmt", "IndexStmt", "CreateTrigStmt"};
  return static_cast<int>(std::ranges::find(tags, element.tag()) - std::begin(tags));
}

/// Says the schema wherever one of its relations is named without one.
void qualify(ast::Node node, ast::Node schema, const List& relations) {
  if (node.has("relname") && !node.has("schemaname") && std::ranges::count(relations, node["relname"].text()))
    node.set("schemaname", schema);
  for (const ast::Node item : node.items()) qualify(item, schema, relations);
  for (const auto& [field, value] : node.fields()) qualify(value, schema, relations);
}

/// Elements lie in the schema, and mean it first when they name relations, which can only be those made here.
void read_elements(ast::Node statement, ast::Node schema, Reading& reading) {
  std::vector<ast::Node> elements(statement["schemaElts"].begin(), statement["schemaElts"].end());
  std::ranges::stable_sort(elements, {}, order_of);
  List relations;
  for (const ast::Node element : elements) {
    const ast::Node relation = relation_of(element);
    if (relation && !relation.has("schemaname")) relations.emplace_back(relation["relname"].text());
  }
  for (const ast::Node element : elements) {
    qualify(element, schema, relations);
    reading.read(element, Id());
  }
}

void read_create(ast::Node statement, Reading& reading) {
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  const ast::Node schema = statement.has("schemaname") ? statement["schemaname"] : statement["authrole"]["rolename"];
  if (!schema) return reading.unknown({}, "it makes a schema named like the role that runs it");
  reading.make(schema_kind, Id(), Text(schema.text()), existing);
  read_elements(statement, schema, reading);
}

constexpr StatementReader readers[] = {{"CreateSchemaStmt", "", read_create}};

// Schema public has an access list from initdb on, of which what everybody may do stays when the owner is another.
Text access_lists(int server_version) {
  // One that was made anew has none from initdb.
  const std::string_view everybodys = server_version >= 150000 ? "'USAGE'" : "'USAGE'), ('CREATE'";
  return concat(R"(
  select 2615, n.oid, 0, n.nspowner, coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner)),
    pg_catalog.acldefault('n', n.nspowner) || case n.nspname when 'public' then coalesce((
      select pg_catalog.array_agg(pg_catalog.makeaclitem(0, n.nspowner, e.privilege_type, false))
      from pg_catalog.pg_init_privs i cross join lateral pg_catalog.aclexplode(i.initprivs) e
      where i.objoid = n.oid and i.classoid = 2615 and e.grantee = 0), (
      select pg_catalog.array_agg(pg_catalog.makeaclitem(0, n.nspowner, e.privilege, false))
      from (values ()",
                everybodys, R"()) e (privilege))) end
  from pg_catalog.pg_namespace n where n.nspacl is not null or n.nspname = 'public')");
}
constexpr Rights rights{"SCHEMA", &sort_of_schemas, access_lists};
}  // namespace

constexpr Kind schema_kind{.name = "schema",
                           .key = "schemas",
                           .weight = 10,
                           .fields = fields,
                           .traits = is_namespace | has_section | implied_in_template | has_document | has_owner,
                           .noun = "SCHEMA",
                           .object_type = "OBJECT_SCHEMA",
                           .addressed = &by_name,
                           .rights = &rights,
                           .sql = {.create = create},
                           .reading = {.catalog = catalog, .readers = readers}};
}  // namespace quoin
