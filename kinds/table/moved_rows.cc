#include "kinds/table/moved_rows.h"

#include "core/model/place.h"
#include "kinds/column/column.h"
#include "kinds/column/column_fields.h"
#include "kinds/column/numbering.h"
#include "kinds/list.h"
#include "kinds/table/partition.h"
#include "kinds/table/trigger.h"
#include "kinds/type/type_use.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

bool is_parted(const Object& table) { return table.has(fields.partition_by); }

// The partitions, at any depth, that are there afterwards, as tables of their own.
void add_parts_that_stay(const Object& table, const Users& users, std::vector<Id>& stay) {
  for (const Id user : users.of(table.id)) {
    const Object* part = users.from.find(user);
    if (!part || !is_table(*user->kind) || dropped_with(*part) != table.id) continue;
    if (users.to.find(user))
      stay.push_back(user);
    else
      add_parts_that_stay(*part, users, stay);
  }
}

std::vector<Id> parts_that_stay(const Object& table, const Users& users) {
  std::vector<Id> stay;
  add_parts_that_stay(table, users, stay);
  std::ranges::sort(stay, {}, [](Id id) { return qualified(id); });
  return stay;
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

Typed typed_before(const Moved& column, const Users& users) {
  return {column.before[column_fields.type], column.before, users.from};
}
Typed typed_after(const Moved& column, const Users& users) {
  return {column.after[column_fields.type], column.after, users.to};
}

Text conversion_of(const Moved& column, const Users& users) {
  const bool retyped = column.before[column_fields.type] != column.after[column_fields.type];
  return retyped ? conversion(typed_before(column, users), typed_after(column, users)) : Text();
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
  List list, values;
  for (const Moved& column : columns) {
    list.push_back(quote_ident(column.after.id->name));
    values.push_back(list.back() + conversion_of(column, users));
  }
  const Text names = join(list, ", ");
  return concat("INSERT INTO ", qualified(now.id), names.empty() ? Text() : concat(" (", names, ")"),
                numbers ? " OVERRIDING SYSTEM VALUE" : "", "\nSELECT ", join(values, ", "), " FROM ",
                is_parted(old) ? "" : "ONLY ", qualified(old.id));
}

// The partitions of a table, at any depth.
std::vector<const Object*> parts_of(Id table, const Schema& schema) {
  std::vector<const Object*> all;
  schema.each([&](const Object& object) {
    Id whole = is_table(*object.id->kind) ? dropped_with(object) : Id();
    while (whole && whole != table) whole = schema.find(whole) ? dropped_with(*schema.find(whole)) : Id();
    if (whole) all.push_back(&object);
  });
  return all;
}

bool acts_on_new_rows(const Object& o) {
  if (o.id->kind != &trigger_kind || o[trigger_fields.level] != "row") return false;
  const std::string_view enabled = o[trigger_fields.enabled];
  return enabled == "origin" || enabled == "always";
}

// The tables that it is to be a part of, and that have been there before.
std::vector<Id> wholes_of(Id now, const Users& users) {
  std::vector<Id> all;
  for (Id whole = dropped_with(*users.to.find(now)); whole; whole = dropped_with(*users.to.find(whole)))
    if (users.from.find(whole)) all.push_back(whole);
  return all;
}

// Those of tables that become its partitions, and those that it has from the table that it is a partition of.
std::vector<const Object*> triggers_that_act(Id now, const Users& users) {
  std::vector<const Object*> all;
  const auto add = [&](const Object& child) {
    if (acts_on_new_rows(child)) all.push_back(&child);
  };
  for (const Object* part : parts_of(now, users.to))
    if (users.from.find(part->id)) users.from.each_child(part->id, add);
  for (const Id whole : wholes_of(now, users)) users.from.each_child(whole, add);
  return all;
}

bool is_referred_to(Id table, const Users& users) {
  const auto stays = [&](Id key) { return key->kind->edge && users.to.find(key); };
  for (const Id whole : wholes_of(table, users))
    if (std::ranges::any_of(users.of(whole), stays)) return true;
  return false;
}

Text why_not(const Object& old, const Object& now, const Users& users) {
  if (is_referred_to(now.id, users))
    return "its rows would have to move while foreign keys refer to them by way of the table that it is a part of; "
           "drop these first";
  for (const Object* column : users.to.children(now.id)) {
    const Object* before = users.from.find(column_kind, old.id, column->id->name);
    if (column->id->kind == &column_kind && before && column->has(column_fields.generated) &&
        !before->has(column_fields.generated))
      return concat("its rows would have to move while its column ", quote_ident(column->id->name),
                    " comes to be computed; change one of both first");
  }
  for (const Object* trigger : triggers_that_act(now.id, users))
    if (const Object* after = users.to.find(trigger->id); after && after->differences(*trigger).any())
      return concat("its rows would come by the triggers of ", path(trigger->id->parent),
                    ", which change; change them by another migration");
  return {};
}

// They have been there before the rows, which are not new.
void keep_triggers_out(Step& moving, Id now, const Users& users) {
  const std::vector<Id> wholes = wholes_of(now, users);
  for (const Object* trigger : triggers_that_act(now, users)) {
    if (!users.to.find(trigger->id)) {
      moving.after_drop_of.push_back(trigger->id);
      continue;
    }
    const Id table = std::ranges::count(wholes, trigger->id->parent) > 0 ? now : trigger->id->parent;
    const auto alter = [&](std::string_view verb) {
      return alter_table(table, concat(verb, " TRIGGER ", quote_ident(trigger->id->name)));
    };
    moving.sql =
        concat(alter("DISABLE"), ";\n", moving.sql, ";\n", alter(trigger_verb((*trigger)[trigger_fields.enabled])));
    moving.needs.push_back(trigger->id);
  }
  for (const Id whole : wholes)
    users.to.each_child(whole, [&](const Object& trigger) {
      if (!acts_on_new_rows(trigger) || users.from.find(trigger.id)) return;
      std::ranges::copy(slots_of(trigger), std::back_inserter(moving.frees));
    });
}

bool takes_any_row(const Object& table, const std::vector<const Object*>& parts) {
  bool has_default = false, all_do = true;
  for (const Object* part : parts) {
    if (dropped_with(*part) != table.id) continue;
    has_default |= (*part)[fields.bound] == "default";
    all_do &= !is_parted(*part) || takes_any_row(*part, parts);
  }
  return has_default && all_do;
}

std::vector<Hazard> hazards_of_move(const Object& now, const Users& users) {
  std::vector<Hazard> hazards{
      {"rewrite", concat(path(now.id),
                         ": copies every row into a new table of the name; nobody reads or writes it until "
                         "all of this is committed")}};
  if (is_parted(now) && !takes_any_row(now, parts_of(now.id, users.to)))
    hazards.push_back({"may-fail", concat(path(now.id), ": a row that belongs in none of its partitions stops it")});
  return hazards;
}

void add_hazards_of_types(const std::vector<Moved>& columns, const Users& users, std::vector<Hazard>& hazards) {
  for (const Moved& column : columns) {
    if (column.before[column_fields.type] == column.after[column_fields.type]) continue;
    for (Hazard& hazard :
         conversion_hazards(path(column.after.id), typed_before(column, users), typed_after(column, users)))
      if (hazard.rule != "rewrite") hazards.push_back(std::move(hazard));
  }
}

bool is_filled(const Object& column, const Schema& schema) {
  return column.has(column_fields.generated) || schema.find(default_kind, column.id, "") ||
         identity_of(column.id, schema) != nullptr;
}

void add_hazards_of_columns(Id old, Id now, const Users& users, std::vector<Hazard>& hazards) {
  const auto is_alone = [](const Object& column, const Schema& other, Id table) {
    return column.id->kind == &column_kind && !column.has(column_fields.generated) &&
           !other.find(column_kind, table, column.id->name);
  };
  for (const Object* column : users.from.children(old))
    if (is_alone(*column, users.to, now))
      hazards.push_back({"data-loss", concat("drops column ", qualified(now), ".", quote_ident(column->id->name),
                                             " and the data in it")});
  for (const Object* column : users.to.children(now))
    if (is_alone(*column, users.from, old) && users.to.find(not_null_kind, column->id, "") &&
        !is_filled(*column, users.to))
      hazards.push_back(
          {"may-fail", concat(path(column->id), " is NOT NULL without a default: fails where the table has rows")});
}
}  // namespace

bool table_has_to_move(const Object& from, const Object& to) {
  return from[fields.partition_by] != to[fields.partition_by];
}

Change move_rows_of_table(const Object& old, const Object& now, const Users& users) {
  if (old.has(fields.partition_of)) return Steps{};  // its rows come by way of the table that it is a part of
  if (Text why = why_not(old, now, users); !why.empty()) return Cannot{std::move(why)};
  const std::vector<Moved> columns = moved_columns(old.id, now.id, users);
  Step step{.sql = concat(insert_sql(old, now, columns, users), go_on_numbering(columns, users)),
            .needs = {now.id},
            .releases = {old.id},
            .hazards = hazards_of_move(now, users)};
  // Its owner moves all rows, whatever the policies.
  if (old[fields.force_row_security])
    step.sql = concat("ALTER TABLE ", qualified(old.id), " NO FORCE ROW LEVEL SECURITY;\n", step.sql);
  for (const Moved& column : columns) step.needs.push_back(column.after.id);
  add_hazards_of_columns(old.id, now.id, users, step.hazards);
  add_hazards_of_types(columns, users, step.hazards);
  keep_triggers_out(step, now.id, users);
  for (const Object* part : parts_of(now.id, users.to)) step.takes.push_back(once_a_part(part->id));
  const std::vector<Id> stay = parts_that_stay(old, users);
  for (const Id part : stay) step.takes.push_back(place_beside_leader(part));
  if (!stay.empty())
    step.hazards.push_back({"data-loss", concat(path(now.id), ": rows that lie in ", paths(stay), " stay there")});
  return only(std::move(step));
}

}  // namespace quoin
