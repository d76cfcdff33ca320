#include "kinds/column/numbering.h"

#include <limits>

#include "core/model/reading.h"
#include "kinds/list.h"
#include "kinds/table/table_fields.h"

namespace quoin {

Range range_of_numbers(std::string_view type) {
  if (type == "smallint") return {std::numeric_limits<std::int16_t>::min(), std::numeric_limits<std::int16_t>::max()};
  if (type == "integer") return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
}

SequenceMove sequence_move(std::string_view sequence, const Bounds& from, const Bounds& to) {
  SequenceMove where;
  if (to.least > from.least || to.greatest < from.greatest)
    where.hazards.push_back({"may-fail", concat("sequence ", sequence,
                                                ": fails where it stands at a number that the new bounds leave out")});
  const bool below = from.start < to.least;
  if (!below && from.start <= to.greatest) return where;
  const std::int64_t nearest = below ? to.least : to.greatest;
  if (nearest < from.least || nearest > from.greatest) {
    where.restart = "RESTART WITH " + std::to_string(to.start);
    where.hazards.clear();
    return where;
  }
  const Text limit = std::to_string(nearest);
  where.move =
      concat("SELECT pg_catalog.setval(", quote_literal(sequence), ", ", below ? "greatest" : "least", "(last_value, ",
             limit, "), is_called AND last_value ", below ? ">= " : "<= ", limit, ") FROM ", sequence);
  return where;
}

namespace {
// Held by the last step that says where a column's numbers begin.
Slot numbers_of(Id column) { return {"numbers", column, {}, {}}; }
Slot old_numbers_of(Id column) { return {"old numbers", column, {}, {}}; }
}  // namespace

// A number that was given out and whose row has gone is not given out again.
Steps hand_over(const SequenceHandover& by, const Users& users) {
  const Object& old_one = *users.from.find(by.old_one);
  const Slot named = slots_of(old_one).front();
  const Text before = quote_qualified(named.scope->name, named.name), aside = users.aside(by.old_one);
  const Text waiting = quote_qualified(named.scope->name, aside);
  Step renamed{.sql = concat("ALTER SEQUENCE ", before, " RENAME TO ", quote_ident(aside)),
               .frees = {named, old_numbers_of(by.column)}};
  Step moved{
      .sql = concat("SELECT pg_catalog.setval(", quote_literal(by.heir_name), ", o.last_value, o.is_called) FROM ",
                    waiting, " o, ", by.heir_name, " n WHERE o.last_value ", by.upwards ? ">=" : "<=", " n.last_value"),
      .needs = {by.heir},
      .releases = {by.old_one},
      .takes = {numbers_of(by.column), old_numbers_of(by.column)}};
  Steps steps;
  steps.push_back(std::move(renamed));
  steps.push_back(std::move(moved));
  const bool has_own_drop = !by.old_one->kind->has_name();
  if (!has_own_drop) steps.push_back({.sql = concat("DROP SEQUENCE ", waiting), .drops = {by.old_one}});
  return steps;
}

bool keeps_type(Id column, const Users& users) {
  const Object *from = users.from.find(column), *to = users.to.find(column);
  const FieldBase& type = *column->kind->fields.find(space::type);
  return from && to && from->value(type) == to->value(type);
}

Steps past_the_rows(const Numbering& numbering, std::int64_t start, std::int64_t increment) {
  const Text column = quote_ident(numbering.column->name), first = std::to_string(start);
  const Text table = qualified(numbering.column->parent);
  const Text next = increment > 0 ? concat("greatest(max(", column, ")::bigint + 1, ", first, ")")
                                  : concat("least(min(", column, ")::bigint - 1, ", first, ")");
  const auto step = [&](Text sql) {
    return Step{.sql = std::move(sql), .needs = {numbering.maker, numbering.column}, .for_rows = true};
  };
  Steps steps;
  if (numbering.hidden) steps.push_back(step(concat("ALTER TABLE ", table, " NO FORCE ROW LEVEL SECURITY")));
  steps.push_back(step(
      concat("SELECT pg_catalog.setval(", quote_literal(numbering.sequence), ", ", next, ", false) FROM ", table)));
  steps.back().frees = {numbers_of(numbering.column)};
  if (numbering.hidden) steps.push_back(step(concat("ALTER TABLE ", table, " FORCE ROW LEVEL SECURITY")));
  return steps;
}

bool hides_rows(Id column, const Schema& schema) {
  const Object* table = schema.find(column->parent);
  return table && table->id->kind == &table_kind && (*table)[table_fields.force_row_security];
}

bool is_unlogged(Id column, const Schema& schema) {
  const Object* table = schema.find(column->parent);
  return table && table->id->kind == &table_kind && (*table)[table_fields.unlogged];
}

Slot persistence_of(Id table) { return {"persistence", table, {}, {}}; }

Text set_persistence(std::string_view sequence, const Persistence& to) {
  Text sql = concat("ALTER SEQUENCE ", sequence, to.is_unlogged() ? " SET UNLOGGED" : " SET LOGGED");
  if (!to.said.empty() || !to.is_unlogged()) return sql;
  return concat("DO ", dollar_quote(concat("BEGIN IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 "
                                           "OPERATOR(pg_catalog.>=) 150000 THEN EXECUTE ",
                                           quote_literal(sql), "; END IF; END")));
}

Steps change_persistence(std::string_view sequence, const Persistence& from, const Persistence& to, Step step) {
  const bool goes_along = from.of_unlogged != to.of_unlogged;
  if ((goes_along ? to.of_unlogged : from.is_unlogged()) == to.is_unlogged()) return {};
  step.sql = set_persistence(sequence, to);
  return only(std::move(step));
}

bool read_persistence(Id id, std::string_view word, Reading& reading) {
  if (id->kind != &sequence_kind && id->kind != &identity_kind) return false;
  const Schema& schema = reading.schema();
  const Id column = id->kind == &identity_kind ? id->parent : dropped_with(*schema.find(id));
  const bool of_unlogged = column && is_unlogged(column, schema);
  if (Object* o = reading.change(id)) o->put("persistence", (word == "unlogged") == of_unlogged ? Text() : Text(word));
  return true;
}
}  // namespace quoin
