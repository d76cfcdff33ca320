#include "kinds/table/index_marks.h"

#include "core/model/space.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_fields.h"
#include "kinds/table/table_reading.h"
#include "kinds/users.h"

namespace quoin {

namespace {
constexpr std::string_view by_index = TableFields::by_index;

/// The field of that name, where it is a mark (a table's replica_identity is a word); null where there is none.
const FieldBase* mark_of(const Object& o, std::string_view name) {
  const FieldBase* field = o.id->kind->fields.find(name);
  return field && field->shape == shape_of<bool> ? field : nullptr;
}

Text alter_host(Id index, std::string_view action) {
  return concat("ALTER ", address_with_noun(index->parent), " ", action);
}
// The one index that CLUSTER goes by, so that another becomes it after the first has stopped to be.
Slots cluster_slot(Id index) { return {{"clustered index", index->parent, {}, {}}}; }

Step cluster_on(const Object& o) {
  return {
      .sql = alter_host(o.id, "CLUSTER ON " + quote_ident(o.id->name)), .needs = {o.id}, .takes = cluster_slot(o.id)};
}
Step identify_by(const Object& o) {
  return {.sql = alter_host(o.id, "REPLICA IDENTITY USING INDEX " + quote_ident(o.id->name)), .needs = {o.id}};
}
}  // namespace

void add_marks(Steps& steps, const Object& o, const IndexMarks& marks) {
  if (o[marks.clustered]) steps.push_back(cluster_on(o));
  if (marks.replica_identity && o[*marks.replica_identity]) steps.push_back(identify_by(o));
}

void add_marks_of_part(Steps& steps, const Object& o) {
  const auto is_set = [&](std::string_view name) {
    const FieldBase* mark = mark_of(o, name);
    return mark && o.has(*mark);
  };
  if (is_set("clustered")) steps.push_back(cluster_on(o));
  if (is_set("replica_identity")) steps.push_back(identify_by(o));
}

Change change_marks(const Delta& delta, const IndexMarks& marks) {
  for (const FieldBase* field : delta.id->kind->fields)
    if (delta.touches(*field) && field != &marks.clustered && field != marks.replica_identity)
      return Cannot{concat(field->name, " cannot change in place")};
  const Object& to = *delta.to;
  Steps steps;
  if (delta.touches(marks.clustered) && to[marks.clustered]) steps.push_back(cluster_on(to));
  if (delta.touches(marks.clustered) && !to[marks.clustered])
    steps.push_back({.sql = alter_host(to.id, "SET WITHOUT CLUSTER"), .needs = {to.id}, .frees = cluster_slot(to.id)});
  // What else becomes the identity, the table itself or another index, needs no word from this one.
  if (marks.replica_identity && delta.touches(*marks.replica_identity) && to[*marks.replica_identity])
    steps.push_back(identify_by(to));
  return steps;
}

bool refuses_of_index(const Delta& delta, const FieldBase& field, const Users& users) {
  const Object* table = field.name == "with" ? users.from.find(delta.id->parent) : nullptr;
  return table && table->id->kind == &table_kind && table->has(table_fields.partition_by);
}

Change change_attached(Delta delta, const IndexMarks& marks, const Users& users) {
  Change attachment = change_attachment(delta, users);
  auto* steps = std::get_if<Steps>(&attachment);
  if (!steps) return attachment;
  Change change = change_marks(delta, marks);
  if (auto* more = std::get_if<Steps>(&change)) more->insert(more->begin(), steps->begin(), steps->end());
  return change;
}

void derive_marks(const Object& o, Schema& schema, const IndexMarks& marks) {
  if (marks.replica_identity && o[*marks.replica_identity] && o.id->parent->kind == &table_kind)
    schema.find(o.id->parent)->put(table_fields.replica_identity, Text(by_index));
}

bool is_replica_identity(const Object& o) {
  const FieldBase* mark = mark_of(o, "replica_identity");
  return mark && o.has(*mark);
}

Object* without_marks(Object* copy) {
  for (const std::string_view name : {"clustered", "replica_identity"})
    if (const FieldBase* mark = copy ? mark_of(*copy, name) : nullptr) copy->put(*mark, Value());
  for (const std::string_view name : {"only", "attached_to", "backs"})  // the copy is no part of a parent's
    if (const FieldBase* tie = copy ? copy->id->kind->fields.find(name) : nullptr) copy->put(*tie, Value());
  return copy;
}

// The server names the copies anew, as if they had been written without a name.
Object* like_key(const Object& original, Id table, const Like& like) {
  if (!like.includes(Including::indexes)) return nullptr;
  const KeyFields& fields = static_cast<const KeyFields&>(original.id->kind->fields);
  const bool primary = original.id->kind->yaml.implied_name != nullptr;
  List parts;
  if (!primary)
    for (const auto columns : {original[fields.columns], original[fields.include]})
      parts.insert(parts.end(), columns.begin(), columns.end());
  const Text name = index_name("", {table, parts, primary ? "pkey" : "key"}, like.reading);
  Object* key = without_marks(copied(original, table, name, like.reading));
  if (key && !like.includes(Including::comments)) key->put(fields.index_comment, Text());
  return key;
}

std::string_view marks_catalog() { return ", i.indisclustered as clustered, i.indisreplident as replica_identity"; }

namespace {
/// Sets the mark of one of a host's indexes and takes it from the others; an empty name: from all.
void mark_only(Id host, std::string_view index, std::string_view field, Reading& reading) {
  const Id marked = index.empty() ? Id() : reading.schema().holder({space::relation, schema_of(host), Text(index), {}});
  for (const Object* child : reading.schema().children(host)) {
    const FieldBase* mark = mark_of(*child, field);
    if (!mark || child->has(*mark) == (child->id == marked)) continue;
    if (Object* changed = reading.change(child->id)) changed->put(*mark, child->id == marked);
  }
}
}  // namespace

void read_cluster(ast::Node statement, Reading& reading) {
  const Id host = statement.has("relation") ? reading.find(space::relation, statement["relation"]) : Id();
  if (host && statement.has("indexname")) mark_only(host, statement["indexname"].text(), "clustered", reading);
}
void read_cluster_on(ast::Node command, Reading& reading) {
  mark_only(reading.subject(), command["name"].text(), "clustered", reading);
}
void read_without_cluster(ast::Node, Reading& reading) { mark_only(reading.subject(), {}, "clustered", reading); }

void read_replica_identity(ast::Node command, Reading& reading) {
  Object* table = reading.change(reading.subject());
  if (!table || table->id->kind != &table_kind) return;
  const std::string_view type = command["def"]["identity_type"].text();
  mark_only(table->id, type == "i" ? command["def"]["name"].text() : std::string_view(), "replica_identity", reading);
  const std::string_view what = type == "f" ? "full" : type == "n" ? "nothing" : type == "i" ? by_index : "default";
  table->put(table_fields.replica_identity, Text(what));
}

}  // namespace quoin
