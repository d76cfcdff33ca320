#include "project/moved_tables.h"

#include "kinds/users.h"

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
}  // namespace

Id before_renames(Id id, const Schema& current, const Schema& desired) {
  const Object* object = desired.find(id);
  if (!object || object->renamed_from.empty()) return id;
  const Id former = former_id(*object, current);
  return current.find(former) ? former : id;
}

MovedTables::MovedTables(const Schema& current, const Schema& desired) {
  const Users users(current, desired);
  desired.each([&](const Object& wanted) {
    const auto has_to_move = wanted.id->kind->sql.has_to_move;
    const Object* before = has_to_move ? current.find(before_renames(wanted.id, current, desired)) : nullptr;
    if (!before || !has_to_move(*before, wanted, users)) return;
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
  if (tables_.empty()) return;
  current.each([&](const Object& object) {
    for (const Object* whole = &object; whole; whole = current.find(dropped_with(*whole)))
      if (std::ranges::count(tables_, whole->id, &Table::before) > 0)
        names_.emplace(object.id->parent->name, object.id->name);
  });
}

void MovedTables::remember(postgres::Connection& connection) {
  for (Table& table : tables_) table.rows = rows_of(connection, table.before, table.before_columns);
}

List MovedTables::not_as_before(postgres::Connection& connection, Direction done) const {
  List lines;
  for (const Table& table : tables_) {
    const bool up = done == Direction::up;
    const List rows = table.rows.empty() ? List()
                                         : rows_of(connection, up ? table.after : table.before,
                                                   up ? table.after_columns : table.before_columns);
    if (rows != table.rows)
      lines.push_back(concat(path(table.after), ": of the ", std::to_string(table.rows.size()),
                             " rows that it held there are ", std::to_string(rows.size()),
                             rows.size() == table.rows.size() ? ", with other values" : ""));
  }
  return lines;
}

}  // namespace quoin
