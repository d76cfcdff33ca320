// Everything quoin knows about foreign tables, but for what they share with tables: their fields, and all below them.
#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/foreign/options.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_fields.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

Steps create(const Object& table) {
  const Text clauses = concat(" SERVER ", quote_ident(table[fields.server]), options_clause(table[fields.options]));
  Steps steps = create_table(table, "CREATE FOREIGN TABLE ", clauses);
  steps.front().hazards = hazards_of_secrets(table[fields.secrets], table.id);
  return steps;
}

std::vector<Hazard> hazards_of_drop(const Object& table, const Object*) {
  return hazards_of_lost_secrets(table[fields.secrets], table.id);
}

// It holds no rows: it may be made anew.
Change change(const Delta& delta, const Users& users) {
  if (delta.touches(fields.server)) return Cannot{concat("the server of ", path(delta.id), " cannot change")};
  return change_parents(delta, users);
}

void derive(Object& table, Schema& schema) {
  derive_partition(table, schema);
  set_secrets_aside(table, fields.options, fields.secrets);
  const Object* server = schema.find(schema.ids().of(server_kind, Id(), Text(table[fields.server])));
  if (server) table.need(server->id);
}

Text catalog(int) {
  return concat(R"(
select 1259 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.relnamespace as parent_oid, 0 as parent_sub,
  c.relname as name, array['1247:' || c.reltype || ':0', '1247:' || rt.typarray || ':0'] as also,
  s.srvname as server, )",
                options_column("f.ftoptions"), " as options, ", secrets_column("f.ftoptions"), " as secrets, ",
                partition_columns(), ",", inherits_column(),
                owner_column({"FOREIGN TABLE", "c.oid::pg_catalog.regclass", "c.relowner"}), R"(
from pg_catalog.pg_foreign_table f
join pg_catalog.pg_class c on c.oid = f.ftrelid
join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
left join pg_catalog.pg_type rt on rt.oid = c.reltype
where )",
                modelled_table("c"));
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node base = statement["base"];
  const auto make = [&]() -> Object* {
    const ast::Node name = base["relation"];
    const Id schema = reading.creation_schema(name);
    if (!schema) return nullptr;
    const Existing existing = base["if_not_exists"].flag() ? Existing::keep : Existing::error;
    Object* table = reading.make(foreign_table_kind, schema, truncate_identifier(name["relname"].text()), existing);
    if (!table) return nullptr;
    table->put(fields.server, Text(statement["servername"].text()));
    table->put(fields.options, options_of(statement["options"]));
    table->put(fields.secrets, secrets_of({}, statement["options"]));
    return table;
  };
  read_new_table(base, make, reading);
}

void read_options(ast::Node command, Reading& reading) {
  Object* table = reading.change(reading.subject());
  if (!table || table->id->kind != &foreign_table_kind) return;
  table->put(fields.options, changed_options((*table)[fields.options], command["def"]));
  table->put(fields.secrets, secrets_of((*table)[fields.secrets], command["def"]));
}

constexpr StatementReader readers[] = {{"CreateForeignTableStmt", "", read_create},
                                       {"AlterTableCmd", "AT_GenericOptions", read_options}};
constexpr std::string_view parents[] = {"schema"};
constexpr std::string_view lacks[] = {
    "unlogged",           "of",           "access_method",    "with",           "tablespace",   "row_security",
    "force_row_security", "partition_by", "replica_identity", "not_null_names", "own_not_nulls"};
}  // namespace

Text TableFields::set_options(const Object& from, const Object& to) {
  return concat("ALTER FOREIGN TABLE ", qualified(to.id),
                options_change(from[table_fields.options], to[table_fields.options]));
}

constexpr Kind foreign_table_kind{
    .name = "foreign table",
    .key = "foreign_tables",
    .weight = 72,
    .fields = table_fields,
    .traits = has_section | replaceable | has_owner,
    .noun = "FOREIGN TABLE",
    .object_type = "OBJECT_FOREIGN_TABLE",
    .space = space::relation,
    .parents = parents,
    .rights = &table_rights,
    .slots = row_type_slots,
    .shared_slots = bounds_taken,
    .dropped_with = dropped_with_parent_of_partition,
    .sql = {.create = create, .change = change},
    .cost = {.of_drop = hazards_of_drop},
    .reading = {.catalog = catalog, .readers = readers, .derive = derive, .take_columns = inherit_columns},
    .yaml = {.lacks = lacks}};
}  // namespace quoin
