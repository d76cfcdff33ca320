// Everything quoin knows about tables: ordinary ones, without partitions and inheritance.
#include "kinds/constraint.h"

namespace quoin {
namespace {
Text set_logged(const Object& from, const Object& to);
Text set_access_method(const Object& from, const Object& to);
Text set_with(const Object& from, const Object& to);
Text set_tablespace(const Object& from, const Object& to);
Text set_row_security(const Object& from, const Object& to);
Text set_force_row_security(const Object& from, const Object& to);
Text set_replica_identity(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<bool> unlogged{*this, "unlogged", "is emptied after a crash", {.alter = set_logged}};
  Field<Text> access_method{
      *this, "access_method", "how rows are stored", {.fallback = "heap", .alter = set_access_method}};
  Field<List> with{*this, "with", "storage parameters", {.alter = set_with}};
  Field<Text> tablespace{*this, "tablespace", "where it lies", {.alter = set_tablespace}};
  Field<bool> row_security{*this, "row_security", "policies decide about rows", {.alter = set_row_security}};
  Field<bool> force_row_security{
      *this, "force_row_security", "policies bind its owner too", {.alter = set_force_row_security}};
  Field<Text> replica_identity{*this,
                               "replica_identity",
                               "what of an old row is logged: default, full, nothing",
                               {.fallback = "default", .alter = set_replica_identity}};
} fields;

Text set_logged(const Object&, const Object& to) {
  return alter_table(to.id, to[fields.unlogged] ? "SET UNLOGGED" : "SET LOGGED");
}
Text set_access_method(const Object&, const Object& to) {
  return alter_table(to.id, concat("SET ACCESS METHOD ", quote_ident(to[fields.access_method])));
}
Text set_with(const Object& from, const Object& to) {
  return change_parameters(from[fields.with], to[fields.with], concat("ALTER TABLE ", qualified(to.id)));
}
Text set_tablespace(const Object&, const Object& to) {
  const auto place = to[fields.tablespace];
  return alter_table(to.id, concat("SET TABLESPACE ", place.empty() ? Text("pg_default") : quote_ident(place)));
}
Text set_row_security(const Object&, const Object& to) {
  return alter_table(to.id, to[fields.row_security] ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
}
Text set_force_row_security(const Object&, const Object& to) {
  return alter_table(to.id, to[fields.force_row_security] ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY");
}
Text set_replica_identity(const Object&, const Object& to) {
  Text which(to[fields.replica_identity]);
  std::ranges::transform(which, which.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  return alter_table(to.id, "REPLICA IDENTITY " + which);
}

Text storage_clauses(const Object& table) {
  Text clauses;
  if (table.has(fields.access_method)) clauses += " USING " + quote_ident(table[fields.access_method]);
  clauses += with_clause(table[fields.with]);
  if (table.has(fields.tablespace)) clauses += " TABLESPACE " + quote_ident(table[fields.tablespace]);
  return clauses;
}

Steps create(const Object& table) {
  Step step = making(
      table, concat(table[fields.unlogged] ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ", qualified(table.id), " ("));
  step.separator = ",\n    ";
  step.tail = concat("\n)", storage_clauses(table));
  Steps steps{std::move(step)};
  for (const FieldBase* field :
       {static_cast<const FieldBase*>(&fields.row_security), static_cast<const FieldBase*>(&fields.force_row_security),
        static_cast<const FieldBase*>(&fields.replica_identity)})
    if (table.has(*field)) steps.push_back({.sql = field->alter(table, table), .needs = {table.id}});
  return steps;
}

void derive(Object& table, Schema&) { table.put(fields.with, sorted(table[fields.with])); }

constexpr std::string_view owner_and_grants = R"(,
  case when c.relowner <> (select r.oid from pg_catalog.pg_roles r where r.rolname = current_user)
    then pg_catalog.format('ALTER TABLE %s OWNER TO %I', c.oid::pg_catalog.regclass,
      pg_catalog.pg_get_userbyid(c.relowner)) end as "~owner",
  case when c.relacl is not null then (
    select pg_catalog.string_agg(pg_catalog.format('GRANT %s ON TABLE %s TO %s%s', g.what, c.oid::pg_catalog.regclass,
      g.grantee, g.leave), '; ' order by g.grantee, g.leave)
    from (select case a.grantee when 0 then 'PUBLIC'
          else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) end as grantee,
        case when a.is_grantable then ' WITH GRANT OPTION' else '' end as leave,
        pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type) as what
      from pg_catalog.aclexplode(c.relacl) a where a.grantee <> c.relowner group by 1, 2) g) end as "~grants")";

Text catalog(int server_version) {
  const std::string_view heap = server_version >= 120000 ? "am.amname" : "null";
  return concat(R"(
select 1259 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.relnamespace as parent_oid, 0 as parent_sub,
  c.relname as name, array['1247:' || c.reltype || ':0'] as also, c.relpersistence = 'u' as unlogged, )",
                heap, R"( as access_method,
  case when c.reloptions is not null or tc.reloptions is not null then (
    select pg_catalog.array_agg(o order by o collate "C") from (select pg_catalog.unnest(c.reloptions)
      union all select 'toast.' || pg_catalog.unnest(tc.reloptions)) all_options(o)) end as "with",
  s.spcname as tablespace, c.relrowsecurity as row_security, c.relforcerowsecurity as force_row_security,
  case c.relreplident when 'f' then 'full' when 'n' then 'nothing' else 'default' end as replica_identity)",
                owner_and_grants, R"(
from pg_catalog.pg_class c
left join pg_catalog.pg_am am on am.oid = c.relam
left join pg_catalog.pg_class tc on tc.oid = c.reltoastrelid and tc.reloptions is not null
left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
where )",
                modelled_table("c"));
}

constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind table_kind{.name = "table",
                          .key = "tables",
                          .weight = 70,
                          .fields = fields,
                          .traits = has_section | holds_rows,
                          .noun = "TABLE",
                          .object_type = "OBJECT_TABLE",
                          .parents = parents,
                          .slots = row_type_slots,
                          .create = create,
                          .derive = derive,
                          .catalog = catalog};
}  // namespace quoin
