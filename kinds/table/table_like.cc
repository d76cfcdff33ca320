// CREATE TABLE (LIKE other …): what is taken over from another table.
#include "core/model/space.h"
#include "kinds/list.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
// The bits of TableLikeClause's options.
enum Like : unsigned {
  comments = 1,
  compression = 2,
  constraints = 4,
  defaults = 8,
  generated = 16,
  identity = 32,
  indexes = 64,
  statistics = 128,
  storage = 256
};

// A copy below another parent: the fields are the same, names in them are of the same table's columns.
Object* copied(const Object& original, Id parent, Text name, Reading& reading) {
  Object* copy = reading.make(*original.id->kind, parent, std::move(name));
  if (!copy) return nullptr;
  for (const FieldBase* field : original.id->kind->fields) copy->put(*field, original.value(*field));
  return copy;
}

Object* copy_column(const Object& original, Id table, unsigned options, Reading& reading) {
  Object* column = copied(original, table, original.id->name, reading);
  if (!column) return nullptr;
  const auto forget_unless = [&](Like option, std::initializer_list<const char*> names) {
    for (const char* name : names)
      if (!(options & option)) column->put(name, Value());
  };
  forget_unless(generated, {"generated", "generated_kind"});
  forget_unless(storage, {"storage"});
  forget_unless(compression, {"compression"});
  forget_unless(statistics, {"statistics"});
  for (const Object* child : reading.schema().children(original.id)) {
    const Kind& kind = *child->id->kind;
    const bool wanted = &kind == &not_null_kind || (&kind == &default_kind && (options & defaults)) ||
                        (&kind == &identity_kind && (options & identity));
    if (!wanted) continue;
    const Text sequence = &kind == &identity_kind ? reading.choose_name(List{table->name, column->id->name}, "seq",
                                                                        space::relation, schema_of(table))
                                                  : Text();
    Object* copy = copied(*child, column->id, {}, reading);
    if (copy && !sequence.empty()) copy->put("sequence", sequence);
    if (copy && &kind == &not_null_kind) copy->put("constraint", Value());
  }
  return column;
}

// What the index is to its table besides stays behind.
Object* unmarked(Object* copy) {
  for (const char* mark : {"clustered", "replica_identity"})
    if (copy) copy->put(mark, Value());
  return copy;
}

// The server names the copies anew, as if they had been written without a name.
Object* copy_key(const Object& original, Id table, Reading& reading) {
  const KeyFields& fields = static_cast<const KeyFields&>(original.id->kind->fields);
  const bool primary = original.id->kind == &primary_key_kind;
  List parts;
  if (!primary)
    for (const auto columns : {original[fields.columns], original[fields.include]})
      parts.insert(parts.end(), columns.begin(), columns.end());
  return unmarked(copied(original, table, index_name("", {table, parts, primary ? "pkey" : "key"}, reading), reading));
}

Object* copy_index(const Object& original, Id table, Reading& reading) {
  const auto list = [&](std::string_view field) {
    const auto* items = std::get_if<List>(&original.value(*index_kind.fields.find(field)));
    return items ? *items : List();
  };
  const ast::Tree tree = ast::Tree::parse(concat("CREATE INDEX ON t (", join(list("keys"), ", "), ")"));
  List names = index_column_names(together(tree.statements()[0].node["indexParams"], ast::Node()));
  for (const Text& included : list("include")) names.push_back(included);
  return unmarked(copied(original, table, index_name("", {table, names, "idx"}, reading), reading));
}

void copy_comment(const Object& original, const Object* copy, Reading& reading) {
  if (!copy) return;
  const Id id = copy->id;
  if (const Object* comment = reading.schema().find(comment_kind, original.id, {})) copied(*comment, id, {}, reading);
}
}  // namespace

void read_table_like(ast::Node clause, Reading& reading) {
  const Id table = table_under(reading), source = reading.find(space::relation, clause["relation"]);
  if (!table || !source) return;
  const auto options = static_cast<unsigned>(clause["options"].number());
  if (source->kind != &table_kind)
    return reading.unknown(table, concat("what LIKE takes over from ", path(source), " is not followed yet"));
  for (const Object* child : reading.schema().children(source)) {
    const Kind* kind = child->id->kind;
    const Object* copy = nullptr;
    if (kind == &column_kind) copy = copy_column(*child, table, options, reading);
    if (kind == &check_kind && (options & constraints)) copy = copied(*child, table, child->id->name, reading);
    if ((kind == &primary_key_kind || kind == &unique_kind) && (options & indexes))
      copy = copy_key(*child, table, reading);
    if (kind == &index_kind && (options & indexes)) copy = copy_index(*child, table, reading);
    if (kind == &exclusion_kind && (options & indexes))
      reading.unknown(table, concat("LIKE does not take over ", path(child->id), " yet"));
    if (options & comments) copy_comment(*child, copy, reading);
  }
}

}  // namespace quoin
