// Everything quoin knows about tables: ordinary ones, without partitions and inheritance.
#include "kinds/access/carried.h"
#include "kinds/table/index_marks.h"
#include "kinds/table/table_fields.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

Text storage_clauses(const Object& table) {
  Text clauses;
  if (table.has(fields.access_method)) clauses += " USING " + quote_ident(table[fields.access_method]);
  clauses += with_clause(table[fields.with]);
  if (table.has(fields.tablespace)) clauses += " TABLESPACE " + quote_ident(table[fields.tablespace]);
  return clauses;
}

// The index that it is says so, by a statement of its own.
bool is_by_index(const Object& table) { return table[fields.replica_identity] == fields.by_index; }
Text set_replica_identity(const Object& table) {
  return alter_table(table.id, "REPLICA IDENTITY " + upper(table[fields.replica_identity]));
}

Steps create(const Object& table) {
  Step step = making(
      table, concat(table[fields.unlogged] ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ", qualified(table.id), " ("));
  step.separator = ",\n    ";
  step.tail = concat("\n)", storage_clauses(table));
  Steps steps = only(std::move(step));
  for (const Field<bool>* field : {&fields.row_security, &fields.force_row_security})
    if (table[*field]) steps.push_back({.sql = field->alter(table, table), .needs = {table.id}});
  if (table.has(fields.replica_identity) && !is_by_index(table))
    steps.push_back({.sql = set_replica_identity(table), .needs = {table.id}});
  return steps;
}

// What the indexes say counts: without one that is it, there is none.
void derive(Object& table, Schema& schema) {
  bool found = false;
  schema.each_child(table.id, [&](const Object& child) { found |= is_replica_identity(child); });
  if (is_by_index(table) && !found) table.put(fields.replica_identity, Value());
}

// All else changes by itself.
Change change(const Delta& delta, const Users&) {
  return is_by_index(*delta.to) ? Steps() : only(in_place(delta, set_replica_identity(*delta.to)));
}

Text catalog(int server_version) {
  const std::string_view heap = server_version >= 120000 ? "am.amname" : "null";
  return concat(R"(
select 1259 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.relnamespace as parent_oid, 0 as parent_sub,
  c.relname as name, array['1247:' || c.reltype || ':0', '1247:' || rt.typarray || ':0'] as also, c.relpersistence = 'u' as unlogged, )",
                heap, R"( as access_method,
  c.reloptions || (select pg_catalog.array_agg('toast.' || o) from pg_catalog.unnest(tc.reloptions) o) as "with",
  s.spcname as tablespace, c.relrowsecurity as row_security, c.relforcerowsecurity as force_row_security,
  case c.relreplident when 'f' then 'full' when 'n' then 'nothing' when 'i' then case when exists (
    select from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisreplident) then 'index' else 'nothing' end
    else 'default' end as replica_identity)",
                owner_column({"TABLE", "c.oid::pg_catalog.regclass", "c.relowner"}), R"(
from pg_catalog.pg_class c
left join pg_catalog.pg_type rt on rt.oid = c.reltype
left join pg_catalog.pg_am am on am.oid = c.relam
left join pg_catalog.pg_class tc on tc.oid = c.reltoastrelid and tc.reloptions is not null
left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
where )",
                modelled_table("c"));
}

constexpr std::string_view parents[] = {"schema"};
}  // namespace

Text TableFields::set_logged(const Object&, const Object& to) {
  return alter_table(to.id, to[table_fields.unlogged] ? "SET UNLOGGED" : "SET LOGGED");
}
Text TableFields::set_access_method(const Object&, const Object& to) {
  return alter_table(to.id, concat("SET ACCESS METHOD ", quote_ident(to[table_fields.access_method])));
}
Text TableFields::set_with(const Object& from, const Object& to) {
  return change_parameters(from[table_fields.with], to[table_fields.with], concat("ALTER TABLE ", qualified(to.id)));
}
Text TableFields::set_tablespace(const Object&, const Object& to) {
  const auto place = to[table_fields.tablespace];
  return alter_table(to.id, concat("SET TABLESPACE ", place.empty() ? Text("pg_default") : quote_ident(place)));
}
Text TableFields::set_row_security(const Object&, const Object& to) {
  return alter_table(to.id, to[table_fields.row_security] ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
}
Text TableFields::set_force_row_security(const Object&, const Object& to) {
  return alter_table(to.id,
                     to[table_fields.force_row_security] ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY");
}

constexpr Kind table_kind{.name = "table",
                          .key = "tables",
                          .weight = 70,
                          .fields = table_fields,
                          .traits = has_section | holds_rows,
                          .noun = "TABLE",
                          .object_type = "OBJECT_TABLE",
                          .space = space::relation,
                          .parents = parents,
                          .slots = row_type_slots,
                          .create = create,
                          .change = change,
                          .derive = derive,
                          .catalog = catalog,
                          .readers = table_readers};
}  // namespace quoin
