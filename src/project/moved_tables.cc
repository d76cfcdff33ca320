#include "project/moved_tables.h"

namespace quoin {
namespace {
List rows_of(postgres::Connection& connection, Id table, const List& columns) {
  List values;
  for (const Text& column : columns) values.push_back(quote_ident(column));
  const postgres::Result found = connection.query(
      concat("SELECT pg_catalog.jsonb_build_array(", join(values, ", "), ")::pg_catalog.text FROM ", qualified(table)));
  List rows;
  for (std::size_t i = 0; i < found.rows(); ++i) rows.push_back(found.text(i, 0));
  std::ranges::sort(rows);
  return rows;
}

bool has_to_move(const Object& wanted, const Schema& current, const Schema& desired) {
  const auto asked = wanted.id->kind->sql.has_to_move;
  const Object* before = asked ? current.find(before_renames(wanted.id, current, desired)) : nullptr;
  return before && asked(*before, wanted);
}

// Its rows come by way of the whole, and may come to lie in other parts.
bool is_part_of_moved(const Object& wanted, const Schema& current, const Schema& desired) {
  const Object* whole = desired.find(dropped_with(wanted));
  return whole && (has_to_move(*whole, current, desired) || is_part_of_moved(*whole, current, desired));
}
}  // namespace

Id before_renames(Id id, const Schema& current, const Schema& desired) {
  const Object* object = desired.find(id);
  if (!object || object->renamed_from.empty()) return id;
  const Id former = former_id(*object, current);
  return current.find(former) ? former : id;
}

MovedTables::MovedTables(const Schema& current, const Schema& desired) {
  desired.each([&](const Object& wanted) {
    if (!has_to_move(wanted, current, desired) || is_part_of_moved(wanted, current, desired)) return;
    const Object* before = current.find(before_renames(wanted.id, current, desired));
    Table table{before->id, wanted.id, {}, {}};
    for (const Object* column : desired.children(wanted.id)) {
      const Text& name = column->renamed_from.empty() ? column->id->name : column->renamed_from;
      const Object* old = current.find(*column->id->kind, before->id, name, {});
      if (!column->id->kind->has(ordered) || !old || old->differences(*column).any()) continue;
      table.before_columns.push_back(name);
      table.after_columns.push_back(column->id->name);
    }
    tables_.push_back(std::move(table));
  });
  for (const Schema* side : {&current, &desired})
    if (!tables_.empty()) add_parts(*side, current, desired);
}

// Where a part is there on the other side too, it takes rows along, or had some of its own.
void MovedTables::add_parts(const Schema& side, const Schema& current, const Schema& desired) {
  const bool is_before = &side == &current;
  side.each([&](const Object& object) {
    for (const Object* whole = &object; whole; whole = side.find(dropped_with(*whole)))
      for (Table& table : tables_) {
        if (whole->id != (is_before ? table.before : table.after)) continue;
        const Id there = before_renames(object.id, current, desired);
        names_.emplace(there->parent->name, there->name);
        if (whole == &object || !(is_before ? desired : current).find(there)) continue;
        table.leaves_rows |= is_before;
        table.brings_others |= !is_before;
      }
  });
}

void MovedTables::remember(postgres::Connection& connection) {
  for (Table& table : tables_) table.rows = rows_of(connection, table.before, table.before_columns);
}

List MovedTables::not_as_before(postgres::Connection& connection, Direction done) const {
  List lines;
  for (const Table& table : tables_) {
    const bool up = done == Direction::up;
    if (table.rows.empty() || (up ? table.leaves_rows : table.brings_others)) continue;
    const List rows =
        rows_of(connection, up ? table.after : table.before, up ? table.after_columns : table.before_columns);
    const bool may_be_more = table.leaves_rows || table.brings_others;
    if (std::ranges::includes(rows, table.rows) && (may_be_more || rows.size() == table.rows.size())) continue;
    lines.push_back(concat(path(table.after), ": of the ", std::to_string(table.rows.size()),
                           " rows that it held there are ", std::to_string(rows.size()),
                           rows.size() == table.rows.size() ? ", with other values" : ""));
  }
  return lines;
}

}  // namespace quoin
