#include "kinds/table/moved_rows.h"

#include "kinds/column/column.h"
#include "kinds/column/column_fields.h"
#include "kinds/column/numbering.h"
#include "kinds/list.h"
#include "kinds/table/table_fields.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

bool is_parted(const Object& table) { return table.has(fields.partition_by); }

// Called from each side alike, so a partition that has no place in the other schema is asked there.
bool a_part_stays(const Object& table, const Users& users) {
  return std::ranges::any_of(users.of(table.id), [&](Id user) {
    const Object* part = users.from.find(user);
    return part && is_table(*user->kind) && dropped_with(*part) == table.id &&
           (users.to.find(user) || a_part_stays(*part, users));
  });
}

const Object* identity_of(Id column, const Schema& schema) { return schema.find(identity_kind, column, ""); }

struct Moved {
  const Object &before, &after;  // a column
};

std::vector<Moved> moved_columns(Id old, Id now, const Users& users) {
  std::vector<Moved> all;
  for (const Object* column : users.to.children(now)) {
    const Object* before = users.from.find(column_kind, old, column->id->name);
    if (column->id->kind == &column_kind && before && !column->has(column_fields.generated))
      all.push_back({*before, *column});
  }
  return all;
}

Text value_of(const Moved& column) {
  const auto type = column.after[column_fields.type];
  const Text name = quote_ident(column.after.id->name);
  return column.before[column_fields.type] == type ? name : concat(name, "::", type);
}

// As both sequences count from the same number on.
Text go_on_numbering(const std::vector<Moved>& columns, const Users& users) {
  Text sql;
  for (const auto& [before, after] : columns) {
    const Object *was = identity_of(before.id, users.from), *is = identity_of(after.id, users.to);
    if (!was || !is) continue;
    sql += concat(";\nSELECT pg_catalog.setval(", quote_literal(sequence_of_identity(*is)),
                  ", last_value, is_called) FROM ", sequence_of_identity(*was));
  }
  return sql;
}

Text insert_sql(const Object& old, const Object& now, const std::vector<Moved>& columns, const Users& users) {
  const bool numbers = std::ranges::any_of(
      columns, [&](const Moved& column) { return identity_of(column.after.id, users.to) != nullptr; });
  List names, values;
  for (const Moved& column : columns) {
    names.push_back(quote_ident(column.after.id->name));
    values.push_back(value_of(column));
  }
  return concat("INSERT INTO ", qualified(now.id), names.empty() ? Text() : concat(" (", join(names, ", "), ")"),
                numbers ? " OVERRIDING SYSTEM VALUE" : "", "\nSELECT ", join(values, ", "), " FROM ",
                is_parted(old) ? "" : "ONLY ", qualified(old.id));
}

std::vector<Hazard> hazards_of_move(const Object& now) {
  std::vector<Hazard> hazards{
      {"rewrite", concat(path(now.id),
                         ": copies every row into a new table of the name; nobody reads or writes it until "
                         "all of this is committed")}};
  if (is_parted(now))
    hazards.push_back({"may-fail", concat(path(now.id), ": a row that belongs in none of its partitions stops it")});
  return hazards;
}
}  // namespace

bool table_has_to_move(const Object& from, const Object& to, const Users& users) {
  return is_parted(from) != is_parted(to) && !from.has(fields.partition_of) && !to.has(fields.partition_of) &&
         !a_part_stays(from, users);
}

Step move_rows_of_table(const Object& old, const Object& now, const Users& users) {
  const std::vector<Moved> columns = moved_columns(old.id, now.id, users);
  Step step{.sql = concat(insert_sql(old, now, columns, users), go_on_numbering(columns, users)),
            .needs = {now.id},
            .releases = {old.id},
            .hazards = hazards_of_move(now)};
  // Its owner moves all rows, whatever the policies.
  if (old[fields.force_row_security])
    step.sql = concat("ALTER TABLE ", qualified(old.id), " NO FORCE ROW LEVEL SECURITY;\n", step.sql);
  for (const Moved& column : columns) step.needs.push_back(column.after.id);
  return step;
}

}  // namespace quoin
