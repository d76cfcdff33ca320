// Everything quoin knows about tables; of partitions, what kinds/table/partition.cc does not tell.
#include "kinds/access/carried.h"
#include "kinds/column/numbering.h"
#include "kinds/table/index_marks.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/moved_rows.h"
#include "kinds/table/table_fields.h"
#include "kinds/table/table_reading.h"
#include "kinds/table/typed.h"
#include "kinds/users.h"

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
  const std::string_view verb = table[fields.unlogged] ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ";
  const Text clauses = concat(partition_by_clause(table), storage_clauses(table));
  Steps steps = table.has(fields.of_type)
                    ? only(making(table, concat(verb, qualified(table.id), of_clause(table), clauses)))
                    : create_table(table, verb, clauses);
  for (const Field<bool>* field : {&fields.row_security, &fields.force_row_security})
    if (table[*field]) steps.push_back({.sql = field->alter(table, table), .needs = {table.id}});
  if (table.has(fields.replica_identity) && !is_by_index(table))
    steps.push_back({.sql = set_replica_identity(table), .needs = {table.id}});
  return steps;
}

// What the indexes say counts: without one that is it, there is none.
void derive(Object& table, Schema& schema) {
  derive_partition(table, schema);
  bool found = false;
  schema.each_child(table.id, [&](const Object& child) { found |= is_replica_identity(child); });
  if (is_by_index(table) && !found) table.put(fields.replica_identity, Value());
}

// No logged table may refer to an unlogged one: who refers to it is unlogged before it, and is logged after it.
void wait_for_foreign_keys(const Delta& delta, const Users& users, Step& step) {
  const auto wait = [&](Id foreign_key, Id other) {
    step.after_drop_of.push_back(foreign_key);
    if (users.to.find(foreign_key) && other != delta.id) step.needs.push_back(other);
  };
  if ((*delta.to)[fields.unlogged]) {
    std::vector<Id> parts{delta.id};
    for (const Object* child : users.from.children(delta.id)) parts.push_back(child->id);
    for (const Id part : parts)
      for (const Id user : users.of(part))
        if (user->kind == &foreign_key_kind) wait(user, user->parent);
    return;
  }
  for (const Object* child : users.from.children(delta.id))
    if (child->id->kind == &foreign_key_kind)
      for (const Id used : child->needs) wait(child->id, used->kind->is_column() ? used->parent : used);
}

// Each copies the whole table.
Steps change_storage(const Delta& delta, const Users& users) {
  const Object& to = *delta.to;
  Steps steps;
  const auto add = [&](const FieldBase& field, const Text& action) {
    if (!delta.touches(field)) return;
    steps.push_back(in_place(delta, alter_table(to.id, action)));
    steps.back().hazards = {
        {"rewrite", concat(path(to.id), ": copies every row of the table under an exclusive lock")}};
  };
  add(fields.unlogged, to[fields.unlogged] ? "SET UNLOGGED" : "SET LOGGED");
  if (delta.touches(fields.unlogged)) {
    steps.back().frees.push_back(persistence_of(delta.id));
    wait_for_foreign_keys(delta, users, steps.back());
  }
  if (delta.touches(fields.unlogged) && to[fields.unlogged])
    steps.back().hazards.push_back(
        {"data-loss",
         concat(path(to.id), ": a crash of the server empties it from then on, and replicas have no rows of it")});
  add(fields.access_method, concat("SET ACCESS METHOD ", quote_ident(to[fields.access_method])));
  const auto place = to[fields.tablespace];
  add(fields.tablespace, concat("SET TABLESPACE ", place.empty() ? Text("pg_default") : quote_ident(place)));
  return steps;
}

// All else changes by itself.
Change change(const Delta& delta, const Users& users) {
  Change parents = change_parents(delta, users);
  if (std::holds_alternative<Cannot>(parents)) return parents;
  Steps steps = std::get<Steps>(std::move(parents));
  if (delta.touches(fields.replica_identity) && !is_by_index(*delta.to))
    steps.push_back(in_place(delta, set_replica_identity(*delta.to)));
  Change type = change_type_of_table(delta, users);
  if (std::holds_alternative<Cannot>(type)) return type;
  std::ranges::move(std::get<Steps>(type), std::back_inserter(steps));
  Steps storage = change_storage(delta, users);
  steps.insert(steps.begin(), storage.begin(), storage.end());
  return steps;
}

// The server lets no partition go of a table that foreign keys refer to, but one that has left it.
Steps drop(const Object& table) {
  List statements{concat("DROP TABLE ", qualified(table.id))};
  if (table[fields.referred_to])
    statements.insert(statements.begin(),
                      concat("ALTER TABLE ", table[fields.partition_of], " DETACH PARTITION ", qualified(table.id)));
  return dropping_by(table, std::move(statements));
}

std::vector<Hazard> hazards_of_drop(const Object& table, const Object* after) {
  if (after) return {};
  std::vector<Hazard> hazards;
  if (table.has(fields.partition_by))
    hazards.push_back(
        {"data-loss", concat("drops the partitions of ", path(table.id), " with it, and the rows in them")});
  if (table[fields.referred_to]) hazards.push_back(hazard_of_leaving_keys(table.id));
  return hazards;
}

// DROP of a partitioned table drops its partitions.
}  // namespace

Id dropped_with_parent_of_partition(const Object& table) {
  if (!table.has(fields.partition_of)) return {};
  if (table[fields.partition_of] == qualified(table.id)) return table.id;  // which YAML's reader refuses
  const auto is_parent = [&](Id used) {
    return is_table(*used->kind) && qualified(used) == table[fields.partition_of];
  };
  const auto found = std::ranges::find_if(table.needs, is_parent);
  return found == table.needs.end() ? Id() : *found;
}

std::string_view partition_columns() {
  return R"(
  case when c.relispartition then (select h.inhparent::pg_catalog.regclass from pg_catalog.pg_inherits h
    where h.inhrelid = c.oid) end as partition_of,
  case when c.relispartition then pg_catalog.pg_get_expr(c.relpartbound, c.oid) end as bound)";
}

namespace {
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
    else 'default' end as replica_identity,
  case when c.reloftype <> 0 then c.reloftype::pg_catalog.regtype::text end as "of",
  case when c.relkind = 'p' then pg_catalog.lower(substring(pg_catalog.pg_get_partkeydef(c.oid) from '^[A-Z]+'))
    || substring(pg_catalog.pg_get_partkeydef(c.oid) from '^[A-Z]+(.*)') end as partition_by,)",
                partition_columns(), ",", inherits_column(), not_null_names_column(server_version),
                owner_column({"TABLE", "c.oid::pg_catalog.regclass", "c.relowner"}), R"(
from pg_catalog.pg_class c
left join pg_catalog.pg_type rt on rt.oid = c.reltype
left join pg_catalog.pg_am am on am.oid = c.relam
left join pg_catalog.pg_class tc on tc.oid = c.reltoastrelid and tc.reloptions is not null
left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
where )",
                modelled_table("c"), " and c.relkind <> 'f'");
}

void take_columns(Id table, Schema& schema) {
  add_typed_columns(*schema.find(table), schema);
  inherit_columns(table, schema);
}

constexpr std::string_view parents[] = {"schema"};
constexpr std::string_view lacks[] = {"server", "options", "secrets"};
}  // namespace

Text TableFields::set_with(const Object& from, const Object& to) {
  return change_parameters(from[table_fields.with], to[table_fields.with], concat("ALTER TABLE ", qualified(to.id)));
}
Text TableFields::set_row_security(const Object&, const Object& to) {
  return alter_table(to.id, to[table_fields.row_security] ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
}
Text TableFields::set_force_row_security(const Object&, const Object& to) {
  return alter_table(to.id,
                     to[table_fields.force_row_security] ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY");
}

bool is_table(const Kind& kind) { return &kind == &table_kind || &kind == &foreign_table_kind; }

constexpr Kind table_kind{
    .name = "table",
    .key = "tables",
    .weight = 70,
    .fields = table_fields,
    .traits = has_section | holds_rows | has_owner,
    .noun = "TABLE",
    .object_type = "OBJECT_TABLE",
    .space = space::relation,
    .parents = parents,
    .rights = &table_rights,
    .slots = row_type_slots,
    .shared_slots = bounds_taken,
    .dropped_with = dropped_with_parent_of_partition,
    .sql = {.create = create,
            .drop = drop,
            .change = change,
            .on_rebuild = follow_type_of_table,
            .has_to_move = table_has_to_move,
            .leave_whole = leave_whole_of_partition,
            .move_rows = move_rows_of_table},
    .cost = {.of_drop = hazards_of_drop, .of_access = hazards_beside_default},
    .reading = {.catalog = catalog, .readers = table_readers, .derive = derive, .take_columns = take_columns},
    .yaml = {.lacks = lacks, .mistakes = mistakes_in_not_null_names}};
}  // namespace quoin
