// Partitions in CREATE TABLE and ALTER … ATTACH and DETACH PARTITION.
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

/// ATTACH PARTITION of an index, or of the index of a constraint.
void attach_index(Id parent, ast::Node name, Reading& reading) {
  const Id child = reading.find(space::relation, name);
  Object* index = child ? reading.change(child) : nullptr;
  const FieldBase* attached_to = index ? child->kind->fields.find("attached_to") : nullptr;
  if (index && child->kind != parent->kind) {  // a key under a plain index is the partition's own
    if (const FieldBase* backs = child->kind->fields.find("backs")) index->put(*backs, parent->name);
    return;
  }
  if (!attached_to) return;
  index->put(*attached_to, parent->name);
  index->need(parent);
}

/// What it had from the parent is its own from now on.
void stay_behind(Id id, Reading& reading) {
  for (const Object* child : reading.schema().children(id)) {
    Object& o = *reading.schema().find(child->id);
    if (const Id leader = inherited_from(o)) {
      std::erase(o.needs, leader);
      if (const FieldBase* attached_to = o.id->kind->fields.find("attached_to")) o.put(*attached_to, Value());
      reading.schema().changed(o.id);
    }
    stay_behind(child->id, reading);
  }
}
}  // namespace

Text partition_key_of(ast::Node spec) {
  const std::string_view strategy = spec["strategy"].text();
  List keys;
  for (ast::Node element : spec["partParams"]) keys.push_back(ast::print(element));
  return concat(lower(strategy.substr(strategy.rfind('_') + 1)), " (", join(keys, ", "), ")");
}

void join_parent(Object& table, Id parent, ast::Node bound, Reading& reading) {
  table.put(fields.partition_of, qualified(parent));
  table.put(fields.bound, bound_of(bound));
  table.need(parent);
  reading.schema().changed(table.id);
}

void read_attach_partition(ast::Node command, Reading& reading) {
  const Id parent = reading.subject();
  if (parent->kind != &table_kind) return attach_index(parent, command["def"]["name"], reading);
  const Id child = reading.find(space::relation, command["def"]["name"]);
  if (!child || child->kind != &table_kind) return;
  Object* table = reading.change(child);
  if (!table) return;
  join_parent(*table, parent, command["def"]["bound"], reading);
  inherit_all(child, Joins::by_attach, reading.schema());
}

void read_detach_partition(ast::Node command, Reading& reading) {
  const Id child = reading.find(space::relation, command["def"]["name"]);
  Object* table = child && child->kind == &table_kind ? reading.change(child) : nullptr;
  if (!table) return;
  table->put(fields.partition_of, Value());
  table->put(fields.bound, Value());
  reading.schema().changed(child);
  stay_behind(child, reading);
}

}  // namespace quoin
