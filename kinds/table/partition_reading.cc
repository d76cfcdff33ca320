// Partitions in CREATE TABLE and ALTER … ATTACH and DETACH PARTITION.
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"
#include "kinds/table/trigger_state.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

bool has_part_of(Id whole, Id partition, const Schema& schema) {
  return schema.any_child(partition, [&](const Object& child) {
    for (const std::string_view name : {"attached_to", "backs"}) {
      const FieldBase* field = child.id->kind->fields.find(name);
      const auto* part = field ? std::get_if<Text>(&child.value(*field)) : nullptr;
      if (part && *part == whole->name) return true;
    }
    return false;
  });
}

/// It is the table's alone until each partition's is a part of it.
void settle_whole(Id whole, Reading& reading) {
  const FieldBase* only = whole->kind->fields.find("only");
  Object* index = only ? reading.change(whole) : nullptr;
  const auto has_part = [&](Id partition) {
    return !may_lie_in(*whole->kind, partition) || has_part_of(whole, partition, reading.schema());
  };
  if (index && std::ranges::all_of(partitions_of(whole->parent, reading.schema()), has_part))
    index->put(*only, Value());
}

/// ATTACH PARTITION of an index, or of the index of a constraint.
void attach_index(Id parent, ast::Node name, Reading& reading) {
  const Id child = reading.find(space::relation, name);
  Object* index = child ? reading.change(child) : nullptr;
  const FieldBase* attached_to = index ? child->kind->fields.find("attached_to") : nullptr;
  const FieldBase* backs = index && child->kind != parent->kind ? child->kind->fields.find("backs") : nullptr;
  if (backs) {  // a key under a plain index is the partition's own
    index->put(*backs, parent->name);
  } else if (attached_to) {
    index->put(*attached_to, parent->name);
    index->need(parent);
  }
  if (backs || attached_to) settle_whole(parent, reading);
}

/// A key of its own is no part of the parent's index any more.
void leave_whole(Object& key, Id parent, Schema& schema) {
  const FieldBase* backs = key.id->kind->fields.find("backs");
  if (!backs || !key.has(*backs)) return;
  const Id id = schema.ids().of(index_kind, parent, std::get<Text>(key.value(*backs)));
  key.put(*backs, Value());
  Object* whole = schema.find(id);
  if (!whole) return;
  std::erase(whole->needs, key.id);
  schema.changed(id);
  for (const std::string_view found_anew : {"left_first", "joined_after"}) whole->put(found_anew, Value());
}

/// What it had from the parent is its own from now on.
void stay_behind(Id id, Id parent, Schema& schema) {
  for (const Object* child : schema.children(id)) {
    Object& o = *schema.find(child->id);
    leave_whole(o, parent, schema);
    if (const Id leader = inherited_from(o)) {
      std::erase(o.needs, leader);
      if (const FieldBase* attached_to = o.id->kind->fields.find("attached_to")) o.put(*attached_to, Value());
      schema.changed(o.id);
    }
    stay_behind(child->id, parent, schema);
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
  if (!child || !is_table(*child->kind)) return;
  for (Id above = parent; above; above = parent_of_partition(*reading.schema().find(above), reading.schema()))
    if (above == child) return reading.unknown(child, "it would be a partition of itself");
  Object* table = reading.change(child);
  if (!table) return;
  join_parent(*table, parent, command["def"]["bound"], reading);
  inherit_all(child, Joins::by_attach, reading.schema());
}

void read_detach_partition(ast::Node command, Reading& reading) {
  const Id child = reading.find(space::relation, command["def"]["name"]);
  Object* table = child && is_table(*child->kind) ? reading.change(child) : nullptr;
  if (!table) return;
  leave_parent(*table, reading.schema());
  forget_trigger_states(child, reading);
}

void leave_parent(Object& table, Schema& schema) {
  const Id parent = parent_of_partition(table, schema);
  for (const FieldBase* field :
       {static_cast<const FieldBase*>(&fields.apart), static_cast<const FieldBase*>(&fields.referred_to)})
    table.put(*field, Value());
  table.put(fields.partition_of, Value());
  table.put(fields.bound, Value());
  std::erase(table.needs, parent);
  schema.changed(table.id);
  stay_behind(table.id, parent, schema);
}

Steps leave_whole_of_partition(Object& table, Schema& schema) {
  Steps steps = only({.sql = detach_sql(table), .needs = {table.id}});
  leave_parent(table, schema);
  for (const Object* child : std::as_const(schema).children(table.id))
    if (child->id->kind == &trigger_state_kind) schema.remove(child->id);
  return steps;
}

}  // namespace quoin
