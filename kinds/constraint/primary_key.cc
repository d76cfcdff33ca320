// Everything quoin knows about primary keys: what tells a table's rows apart.
#include "kinds/column/null.h"
#include "kinds/database/extension_dependency.h"
#include "kinds/table/index_marks.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
constexpr const KeyFields& fields = primary_key_fields;
constexpr IndexMarks marks{primary_key_fields.clustered, &primary_key_fields.replica_identity};

Steps create(const Object& key) {
  Step step = adding_key(key, "PRIMARY KEY" + key_definition(key, fields));
  step.hazards = {{"may-fail", concat(path(key.id), ": fails where rows share a key or hold null in it")}};
  Steps steps = only(std::move(step));
  add_attachment(steps, key);
  add_marks(steps, key, marks);
  add_index_comment(steps, key);
  return steps;
}
Change change(const Delta& delta, const Users& users) { return change_attached(delta, marks, users); }

Follow on_rebuild(const Delta& key, const Rebuilt& rebuilt, const Users& users) {
  return tied_again(follow_by_index(*key.to, (*key.to)[fields.include], rebuilt.object), *key.to, rebuilt, users);
}

// A table has one, whatever its name.
Slots slots(const Object& key) {
  Slots all = constraint_and_index_slots(key);
  all.push_back({"primary key", key.id->parent, {}, {}});
  return all;
}

Text catalog(int server_version) { return key_catalog(server_version, 'p'); }

// PRIMARY KEY asks for NOT NULL, and the server adds it where it is not there.
void derive(Object& key, Schema& schema) {
  derive_marks(key, schema, marks);
  derive_inheritance(key, schema);
  for (const Text& name : key[fields.columns]) {
    const Id column = schema.ids().of(column_kind, key.id->parent, name);
    if (!schema.find(column)) continue;
    const Id not_null = schema.ids().of(not_null_kind, column, {});
    if (!schema.find(not_null)) add_not_null(column, schema).place = key.place;
    key.need(column);
    key.need(not_null);
  }
}

Text implied_name(Id table) { return object_name(table->name, {}, "pkey"); }

void read(ast::Node constraint, Reading& reading) { read_key(constraint, reading, primary_key_kind, "pkey"); }

constexpr StatementReader readers[] = {{"Constraint", "CONSTR_PRIMARY", read}};
constexpr std::string_view parents[] = {"table"};
constexpr std::string_view lacks[] = {"nulls_not_distinct"};
}  // namespace

constexpr Kind primary_key_kind{.name = "primary key",
                                .key = "primary_key",
                                .weight = 120,
                                .fields = fields,
                                .traits = replaceable | dropped_with_parent | dropped_with_column,
                                .noun = "CONSTRAINT",
                                .object_type = "OBJECT_TABCONSTRAINT",
                                .addressed = &by_relation,
                                .space = space::constraint,
                                .parents = parents,
                                .slots = slots,
                                .follows = inherited_from,
                                .creates_followers = brings_parts,
                                .merges_as = key_merges_as,
                                .sql = {.create = create,
                                        .drop = drop_key,
                                        .change = change,
                                        .refuses = refuses_of_index,
                                        .on_rebuild = on_rebuild,
                                        .rename = rename_constraint,
                                        .after_leader = keep_name},
                                .reading = {.catalog = catalog, .readers = readers, .derive = derive, .like = like_key},
                                .yaml = {.implied_name = implied_name, .lacks = lacks}};
}  // namespace quoin
