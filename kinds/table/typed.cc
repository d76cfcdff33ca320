#include "kinds/table/typed.h"

#include "core/model/member.h"
#include "core/model/name.h"
#include "kinds/column/column_fields.h"
#include "kinds/named.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"
#include "kinds/type/type_use.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

Step leaving(const Object& table, Id type) {
  return {.sql = alter_table(table.id, "NOT OF"), .makes = {table.id}, .releases = {type}};
}

std::vector<Id> columns_of(Id table, const Schema& schema) {
  std::vector<const Object*> columns;
  schema.each_child(table, [&](const Object& child) {
    if (child.id->kind == &column_kind) columns.push_back(&child);
  });
  std::ranges::sort(columns, {}, &Object::position);
  std::vector<Id> all;
  all.reserve(columns.size());
  for (const Object* column : columns) all.push_back(column->id);
  return all;
}

// Those that stay keep their places, and new ones come last.
bool comes_out_in_order(Id table, const Users& users) {
  const std::vector<Id> before = columns_of(table, users.from), after = columns_of(table, users.to);
  std::vector<Id> out;
  std::ranges::copy_if(before, std::back_inserter(out), [&](Id column) { return users.to.find(column) != nullptr; });
  std::ranges::copy_if(after, std::back_inserter(out), [&](Id column) { return !users.from.find(column); });
  return out == after;
}

// The server compares its columns with the type's, so all of them have to be as they are to be.
Step joining(const Delta& delta, Id type, const Users& users) {
  Step step{.sql = alter_table(delta.id, concat("OF ", (*delta.to)[fields.of_type])), .needs = {type}};
  users.to.each_child(delta.id, [&](const Object& child) {
    if (child.id->kind == &column_kind) step.needs.push_back(child.id);
  });
  users.from.each_child(delta.id, [&](const Object& child) {
    if (child.id->kind == &column_kind && !users.to.find(child.id)) step.after_drop_of.push_back(child.id);
  });
  return step;
}

List members_of(const Object& type) {
  const auto* members = std::get_if<List>(&type.value(*composite_kind.fields.rows[0]));
  return members ? *members : List();
}
}  // namespace

Id type_of_table(const Object& table, const Schema& schema) {
  if (!table.has(fields.of_type)) return {};
  const auto is_it = [&](Id used) { return used->kind == &composite_kind && qualified(used) == table[fields.of_type]; };
  const auto needed = std::ranges::find_if(table.needs, is_it);
  return needed != table.needs.end() ? *needed : named(composite_kind, table[fields.of_type], schema);
}

bool has_tables(Id type, const Users& users) {
  return std::ranges::any_of(users.of(type), [&](Id user) {
    return user->kind == &table_kind && type_of_table(*users.from.find(user), users.from) == type;
  });
}

Id column_leader(const Object& column) {
  return column[column_fields.of_type] ? column.id->parent : inherited_from(column);
}

void derive_typed_column(Object& column, const Schema& schema) {
  const Object* table = schema.find(column.id->parent);
  column.put(column_fields.of_type, table && table->id->kind == &table_kind && table->has(fields.of_type));
}

void add_typed_columns(Object& table, Schema& schema) {
  const Id id = table.id, type = type_of_table(table, schema);
  if (!type) return;
  int position = 0;
  for (const Text& member : members_of(*schema.find(type))) {
    const Id column = schema.ids().of(column_kind, id, name_parts(member_of(member).name).front());
    Object& o = schema.find(column) ? *schema.find(column) : schema.add(column);
    o.position = ++position;
    o.put(column_fields.type, Text(type_of_member(member)));
    o.put(column_fields.collation, Text(collation_of_member(member)));
    o.put(column_fields.of_type, true);
    schema.changed(column);
  }
}

Text of_clause(const Object& table) {
  return table.has(fields.of_type) ? concat(" OF ", table[fields.of_type]) : Text();
}

namespace {
Cannot other_order() {
  return {"its columns do not stand in the order of its type's attributes, and would have to move"};
}
}  // namespace

Change change_type_of_table(const Delta& delta, const Users& users) {
  Steps steps;
  if (!delta.touches(fields.of_type)) return steps;
  if (delta.to->has(fields.of_type) && !comes_out_in_order(delta.id, users)) return other_order();
  if (const Id before = type_of_table(*delta.from, users.from)) steps.push_back(leaving(*delta.from, before));
  if (const Id after = type_of_table(*delta.to, users.to)) steps.push_back(joining(delta, after, users));
  return steps;
}

Follow follow_type_of_table(const Delta& delta, const Rebuilt& rebuilt, const Users& users) {
  const Id id = rebuilt.object.id;
  if (id == delta.id->parent) return Unaffected{};
  const Id before = type_of_table(*delta.from, users.from), after = type_of_table(*delta.to, users.to);
  if (before == id && after == id && !comes_out_in_order(delta.id, users)) return other_order();
  if (before == id && after == id) return Steps{leaving(*delta.from, before), joining(delta, after, users)};
  return Cannot{concat("it needs ", path(id), ", which has to be ", users.to.find(id) ? "built anew" : "dropped")};
}

namespace {
void change_columns(Id table, Reading& reading) {
  for (const Object* child : reading.schema().children(table))
    if (child->id->kind == &column_kind) derive_typed_column(*reading.schema().find(child->id), reading.schema());
}
}  // namespace

void read_of(ast::Node command, Reading& reading) {
  Object* table = reading.subject()->kind == &table_kind ? reading.change(reading.subject()) : nullptr;
  if (!table) return;
  table->put(fields.of_type, reading.type(command["def"]));
  change_columns(reading.subject(), reading);
}

void read_not_of(ast::Node, Reading& reading) {
  Object* table = reading.subject()->kind == &table_kind ? reading.change(reading.subject()) : nullptr;
  if (!table) return;
  table->put(fields.of_type, Text());
  change_columns(reading.subject(), reading);
}

}  // namespace quoin
