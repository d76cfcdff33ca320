// CREATE TABLE, and what ALTER TABLE says of the table itself and of constraints by name.
#include "core/model/space.h"
#include "kinds/column/numbering.h"
#include "kinds/table/index_marks.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_fields.h"
#include "kinds/table/table_reading.h"
#include "kinds/table/typed.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

/// The tables that a CREATE TABLE names as its parents; nothing where one of them is none that is known.
std::optional<std::vector<Id>> named_parents(ast::Node statement, Reading& reading) {
  std::vector<Id> all;
  for (ast::Node name : statement["inhRelations"]) {
    const Id parent = reading.find(space::relation, name);
    if (!parent || !is_table(*parent->kind)) return std::nullopt;
    all.push_back(parent);
  }
  return all;
}

// In CREATE TABLE there are no rows to be left unchecked, and the server drops NOT VALID. What it has
// from a parent alone counts as the parent's.
void validate_constraints(Id table, Schema& schema) {
  for (const Object* child : schema.children(table)) {
    const FieldBase* field = child->id->kind->fields.find("not_valid");
    const bool is_parents = inherited_from(*child) && !own_besides(*child);
    const FieldBase* validated = child->id->kind->fields.find("validated");
    if (is_parents && validated && child->has(*field)) schema.find(child->id)->put(*validated, true);
    if (field && child->has(*field) && !is_parents) schema.find(child->id)->put(*field, false);
  }
}

// As far as can be told: the server's names for unique and exclusion constraints end so, and in a number where that is
// taken.
bool has_given_name(Id key) {
  if (key->kind->yaml.implied_name) return key->name != key->kind->yaml.implied_name(key->parent);
  const std::string_view name = key->name, stem = name.substr(0, name.find_last_not_of("0123456789") + 1);
  return !stem.ends_with("_key") && !stem.ends_with("_excl");
}

// `PRIMARY KEY UNIQUE` makes one index: transformIndexConstraints() leaves out what another key, the primary one first,
// does already, which takes over its name where it has none of its own.
void drop_redundant_keys(Id table, Schema& schema) {
  std::map<Text, Id> kept;
  for (const Object* key : schema.children(table)) {
    const Id redundant = key->id;
    if (!redundant->kind->merges_as) continue;
    const auto [held, is_first] = kept.emplace(redundant->kind->merges_as(*key), redundant);
    if (is_first) continue;
    const Id first = held->second;
    schema.remove(redundant);
    if (!has_given_name(redundant) || has_given_name(first)) continue;
    held->second = schema.ids().of(*first->kind, table, redundant->name);
    schema.rename(first, held->second);
  }
}

}  // namespace

void read_new_table(ast::Node statement, const std::function<Object*()>& make, Reading& reading) {
  const ast::Node name = statement["relation"];
  const ast::Node type = statement["ofTypename"];
  if (const Id of = type ? reading.find(space::type, type["names"]) : Id();
      type && (!of || of->kind != &composite_kind))
    return reading.make_unmodelled(space::relation, name, "typed table");
  const std::optional<std::vector<Id>> parents = named_parents(statement, reading);
  const bool is_partition = statement.has("partbound");
  if (!parents)
    return reading.make_unmodelled(space::relation, name, is_partition ? "partition" : "table with inheritance");
  Object* table = make();
  if (!table) return;
  const Id id = table->id;
  if (type) {
    table->put(fields.of_type, reading.type(type));
    add_typed_columns(*table, reading.schema());
  } else if (is_partition) {
    join_parent(*table, parents->front(), statement["partbound"], reading);
    inherit_all(id, Joins::as_it_is_made, reading.schema());
  } else if (!parents->empty()) {
    inherit_from(*table, *parents, reading);
  }
  for (ast::Node element : statement["tableElts"]) reading.read(element, id);
  drop_redundant_keys(id, reading.schema());
  validate_constraints(id, reading.schema());
}

namespace {
void read_create(ast::Node statement, Reading& reading) {
  const auto make = [&] {
    Object* table = make_table(statement, statement["relation"], statement, reading);
    if (table && statement.has("partspec")) table->put(fields.partition_by, partition_key_of(statement["partspec"]));
    return table;
  };
  read_new_table(statement, make, reading);
}

template <auto field, auto value>
void put(ast::Node, Reading& reading) {
  if (Id table = table_under(reading); table && reading.change(table))
    reading.schema().find(table)->put(table_fields.*field, value);
}
// The server takes the sequences of its columns along.
void read_persistence(ast::Node command, Reading& reading) {
  const std::string_view word = command["subtype"].text() == "AT_SetUnLogged" ? "unlogged" : "logged";
  if (read_persistence(reading.subject(), word, reading)) return;
  const Id table = table_under(reading);
  if (!table || !reading.change(table)) return;
  Schema& schema = reading.schema();
  schema.find(table)->put(fields.unlogged, word == "unlogged");
  for (const Id sequence : owned_by(table, schema)) read_persistence(sequence, word, reading);
  for (const Object* column : schema.children(table))
    for (const Object* child : schema.children(column->id)) read_persistence(child->id, word, reading);
}
void read_parameters(ast::Node command, Reading& reading) {
  if (Object* table = reading.change(reading.subject()); table && table->id->kind == &table_kind)
    table->put(fields.with, parameters_after((*table)[fields.with], command));
}
void read_tablespace(ast::Node command, Reading& reading) {
  if (Object* table = reading.change(reading.subject()); table && table->id->kind == &table_kind)
    table->put(fields.tablespace, Text(command["name"].text()));
}
void read_access_method(ast::Node command, Reading& reading) {
  if (Object* table = reading.change(reading.subject()); table && table->id->kind == &table_kind)
    table->put(fields.access_method, command.has("name") ? Text(command["name"].text()) : Text("heap"));
}

// ---- Constraints by name, whatever their kind ----
Object* constraint_named(std::string_view name, Reading& reading) {
  const Id table = table_under(reading);
  if (!table) return nullptr;
  const Id holder = reading.schema().holder({space::constraint, table, Text(name), {}});
  return reading.change(holder ? holder : reading.schema().ids().of(check_kind, table, Text(name)));
}

void read_add_constraint(ast::Node command, Reading& reading) { reading.read(command["def"], reading.subject()); }

void read_drop_constraint(ast::Node command, Reading& reading) {
  const Id table = table_under(reading);
  const Text name(command["name"].text());
  if (!table || (command["missing_ok"].flag() && !reading.schema().holder({space::constraint, table, name, {}})))
    return;
  if (const Object* constraint = constraint_named(name, reading)) reading.drop(constraint->id, command["behavior"]);
}

void put_if_known(Object& object, std::string_view field, Value value) {
  if (object.id->kind->fields.find(field)) object.put(field, std::move(value));
}

void read_validate(ast::Node command, Reading& reading) {
  if (Object* constraint = constraint_named(command["name"].text(), reading))
    put_if_known(*constraint, "not_valid", false);
}

void read_alter_constraint(ast::Node command, Reading& reading) {
  const ast::Node how = command["def"];
  Object* constraint = constraint_named(how["conname"].text(), reading);
  if (!constraint) return;
  if (how["alterDeferrability"].flag()) {
    put_if_known(*constraint, "deferrable", how["deferrable"].flag());
    put_if_known(*constraint, "initially_deferred", how["initdeferred"].flag());
  }
  if (how["alterEnforceability"].flag()) put_if_known(*constraint, "not_enforced", how["not_enforced"].flag());
  if (how["alterInheritability"].flag()) put_if_known(*constraint, "no_inherit", how["noinherit"].flag());
}
}  // namespace

// CreateStmt and IntoClause spell the tablespace's field each in its own way.
Object* make_table(ast::Node statement, ast::Node name, ast::Node storage, Reading& reading) {
  const Id schema = reading.creation_schema(name);
  if (!schema) return nullptr;
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* table = reading.make(table_kind, schema, truncate_identifier(name["relname"].text()), existing);
  if (!table) return nullptr;
  table->put(fields.unlogged, name["relpersistence"].text() == "u");
  if (storage.has("accessMethod")) table->put(fields.access_method, Text(storage["accessMethod"].text()));
  table->put(fields.with, parameters(storage["options"]));
  table->put(fields.tablespace, concat(storage["tablespacename"].text(), storage["tableSpaceName"].text()));
  return table;
}

const StatementReader table_readers[29] = {
    {"CreateStmt", "", read_create},
    {"CreateTableAsStmt", "OBJECT_TABLE", read_table_as},
    {"SelectStmt", "", read_table_as},
    {"TableLikeClause", "", read_table_like},
    {"AlterTableCmd", "AT_SetLogged", read_persistence},
    {"AlterTableCmd", "AT_SetUnLogged", read_persistence},
    {"AlterTableCmd", "AT_EnableRowSecurity", put<&TableFields::row_security, true>},
    {"AlterTableCmd", "AT_DisableRowSecurity", put<&TableFields::row_security, false>},
    {"AlterTableCmd", "AT_ForceRowSecurity", put<&TableFields::force_row_security, true>},
    {"AlterTableCmd", "AT_NoForceRowSecurity", put<&TableFields::force_row_security, false>},
    {"AlterTableCmd", "AT_SetRelOptions", read_parameters, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_ResetRelOptions", read_parameters, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_SetTableSpace", read_tablespace},
    {"AlterTableCmd", "AT_SetAccessMethod", read_access_method},
    {"AlterTableCmd", "AT_ReplicaIdentity", read_replica_identity},
    {"AlterTableCmd", "AT_ClusterOn", read_cluster_on, Lock::share_update_exclusive},
    {"ClusterStmt", "", read_cluster, Lock::access_exclusive},
    {"AlterTableCmd", "AT_AddConstraint", read_add_constraint},
    {"AlterTableCmd", "AT_DropConstraint", read_drop_constraint},
    {"AlterTableCmd", "AT_ValidateConstraint", read_validate, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_AlterConstraint", read_alter_constraint},
    {"AlterTableCmd", "AT_DropCluster", read_without_cluster, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_AddOf", read_of},
    {"AlterTableCmd", "AT_DropOf", read_not_of},
    {"AlterTableCmd", "AT_AddInherit", read_inherit},
    {"AlterTableCmd", "AT_DropInherit", read_no_inherit},
    {"AlterTableCmd", "AT_AttachPartition", read_attach_partition, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_DetachPartition", read_detach_partition},
    {"AlterTableCmd", "AT_DetachPartitionFinalize", read_detach_partition}};
}  // namespace quoin
