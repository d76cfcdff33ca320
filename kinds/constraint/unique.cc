// Everything quoin knows about unique constraints.
#include "kinds/database/extension_dependency.h"
#include "kinds/table/index_marks.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
constexpr const KeyFields& fields = unique_fields;
constexpr IndexMarks marks{unique_fields.clustered, &unique_fields.replica_identity};

Steps create(const Object& key) {
  Step step = adding_key(key, "UNIQUE" + key_definition(key, fields));
  step.hazards = {{"may-fail", concat(path(key.id), ": fails where rows share a key")}};
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
void derive(Object& key, Schema& schema) {
  derive_marks(key, schema, marks);
  derive_inheritance(key, schema);
}
Text catalog(int server_version) { return key_catalog(server_version, 'u'); }

void read(ast::Node constraint, Reading& reading) { read_key(constraint, reading, unique_kind, "key"); }

constexpr StatementReader readers[] = {{"Constraint", "CONSTR_UNIQUE", read}};
constexpr std::string_view parents[] = {"table"};
}  // namespace

constexpr Kind unique_kind{.name = "unique",
                           .key = "unique",
                           .weight = 130,
                           .fields = fields,
                           .traits = replaceable | dropped_with_parent | dropped_with_column,
                           .noun = "CONSTRAINT",
                           .object_type = "OBJECT_TABCONSTRAINT",
                           .addressed = &by_relation,
                           .space = space::constraint,
                           .parents = parents,
                           .slots = constraint_and_index_slots,
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
                           .yaml = {.mistakable = has_a_double}};
}  // namespace quoin
