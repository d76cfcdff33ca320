// Indexes of partitions, and of the constraints that have one, as parts of an index of the parent.
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/table/index_marks.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"
#include "kinds/users.h"

namespace quoin {
namespace {
const FieldBase* field_of(const Object& o, std::string_view name) { return o.id->kind->fields.find(name); }

Text text_of(const Object& o, std::string_view name) {
  const FieldBase* field = field_of(o, name);
  const Text* text = field ? std::get_if<Text>(&o.value(*field)) : nullptr;
  return text ? *text : Text();
}

List items_of(const Object& o, std::string_view name) {
  const FieldBase* field = field_of(o, name);
  const List* list = field ? std::get_if<List>(&o.value(*field)) : nullptr;
  return list ? *list : List();
}

std::string_view label_of(const Kind& kind) {
  if (&kind == &index_kind) return "idx";
  if (&kind == &foreign_key_kind) return "fkey";
  if (&kind == &exclusion_kind) return "excl";
  return kind.yaml.implied_name ? "pkey" : "key";
}

/// What the server makes the name of an index or constraint of, besides the table's.
List named_after(const Object& o) {
  if (o.id->kind->yaml.implied_name) return {};
  List names = items_of(o, "columns");
  if (const List keys = items_of(o, "keys"); !keys.empty()) {
    const ast::Tree tree = ast::Tree::parse(concat("CREATE INDEX ON t (", join(keys, ", "), ")"));
    names = index_column_names(together(tree.statements()[0].node["indexParams"], ast::Node()));
  }
  for (const Text& included : items_of(o, "include")) add_index_column(names, included);
  return names;
}

bool is_key(const Kind& kind) { return &kind == &primary_key_kind || &kind == &unique_kind; }

/// The columns and expressions of an index as a key would list them.
List keys_of(const Object& o) {
  List keys = items_of(o, "keys");
  if (is_key(*o.id->kind))
    for (const Text& column : items_of(o, "columns")) keys.push_back(quote_ident(column));
  return keys;
}

/// What of the parent its index is a part of; null: of none.
Id whole_of(const Object& o, const Schema& schema) {
  if (const Id leader = inherited_from(o)) return leader;
  const Text backs = text_of(o, "backs");
  const Object* table = backs.empty() ? nullptr : schema.find(o.id->parent);
  const Id parent = table ? parent_of_partition(*table, schema) : Id();
  return parent ? schema.ids().of(index_kind, parent, backs) : Id();
}

bool is_part_of(const Object* table, const Object* same_table) {
  return table && same_table &&
         table->value(table_fields.partition_of) == same_table->value(table_fields.partition_of) &&
         table->value(table_fields.bound) == same_table->value(table_fields.bound);
}

Step attaching(Id part, Id whole) {
  return {.sql = concat("ALTER INDEX ", qualified_index(whole), " ATTACH PARTITION ", qualified_index(part)),
          .needs = {part, whole}};
}
}  // namespace

Text qualified_index(Id id) { return quote_qualified(schema_of(id)->name, id->name); }

// As the server compares them before it attaches one to the other (CompareIndexInfo()).
bool could_be_part_of(const Object& whole, const Object& o) {
  const Kind &above = *whole.id->kind, &kind = *o.id->kind;
  if (&above == &kind) {
    FieldSet differs = o.differences(whole);
    for (const FieldBase* field : kind.fields)
      if (field->alter || field->heirs == Heirs::have_their_own) differs.reset(field->ordinal);
    return differs.none();
  }
  if (&above != &index_kind || !is_key(kind)) return false;
  const auto is_set = [](const Object& object, std::string_view name) {
    const FieldBase* field = field_of(object, name);
    return field && object.has(*field);
  };
  return is_set(whole, "unique") && !is_set(whole, "method") && !is_set(whole, "where") &&
         is_set(whole, "nulls_not_distinct") == is_set(o, "nulls_not_distinct") && !is_set(o, "without_overlaps") &&
         keys_of(whole) == keys_of(o) && items_of(whole, "include") == items_of(o, "include");
}

Text name_in_partition(const Object& leader, Id partition, const Schema& schema) {
  const bool is_index = leader.id->kind != &foreign_key_kind;
  const auto is_taken = [&](const Text& name) {
    return static_cast<bool>(schema.holder(is_index ? Slot{space::relation, schema_of(partition), name, {}}
                                                    : Slot{space::constraint, partition, name, {}}));
  };
  if (!is_index && !is_taken(leader.id->name)) return leader.id->name;
  const Text parts = join(named_after(leader), "_");
  for (int number = 0;; ++number) {
    const Text label = concat(label_of(*leader.id->kind), number == 0 ? Text() : std::to_string(number));
    if (Text name = object_name(partition->name, parts, label); !is_taken(name)) return name;
  }
}

namespace {
// Under what name the server brings it: a number is what it gets where the name is taken.
Text name_when_brought(const Object& o) {
  const Text parts = join(named_after(o), "_");
  const std::string_view name = o.id->name, number = name.substr(name.find_last_not_of("0123456789") + 1);
  const auto named = [&](std::string_view suffix) {
    return object_name(o.id->parent->name, parts, concat(label_of(*o.id->kind), suffix));
  };
  return name == named(number) ? Text(name) : named("");
}

Text whole_text(const Step& step) { return concat(step.prefix, step.sql, step.tail); }

/// What the table has of its own that the server would take for the part that `whole` brings.
const Object* own_like_part(const Object& part, const Object& whole, const Schema& before) {
  const Object* own = nullptr;
  before.each_child(part.id->parent, [&](const Object& child) {
    if (!own && child.id->kind == part.id->kind && !inherited_from(child) && could_be_part_of(whole, child))
      own = &child;
  });
  return own;
}
}  // namespace

// The one that is there becomes the part, and what is to be the table's own besides is built anew: one build, not two.
void leave_own_as_part(const Object& part, const Users& users, Step& attaching) {
  const Object* whole = users.to.find(inherited_from(part));
  if (!whole || part.id->kind->sql.after_leader != keep_name) return;
  const Object* own = own_like_part(part, *whole, users.from);
  if (!own) return;
  const Object* after = users.to.find(own->id);
  if (!after || !could_be_part_of(*whole, *after)) return attaching.after_drop_of.push_back(own->id);
  if (inherited_from(*after)) return;
  attaching.sql +=
      concat(";\nALTER INDEX ", qualified_index(own->id), " RENAME TO ", quote_ident(name_when_brought(part)));
  for (const Step& step : after->id->kind->sql.create(*after)) attaching.sql += concat(";\n", whole_text(step));
}

Steps keep_name(const Object& o) {
  Steps marks;
  add_marks_of_part(marks, o);
  const Text chosen = name_when_brought(o);
  if (chosen == o.id->name) return marks;
  const Text rename =
      concat("ALTER INDEX ", quote_qualified(schema_of(o.id)->name, chosen), " RENAME TO ", quote_ident(o.id->name));
  if (marks.empty()) return only({.sql = rename, .needs = {o.id}});
  marks.front().sql = concat(rename, ";\n", marks.front().sql);  // which says the new name
  return marks;
}

void add_attachment(Steps& steps, const Object& o) {
  if (const Id leader = inherited_from(o)) steps.push_back(attaching(o.id, leader));
  const FieldBase* attaches = field_of(o, "attaches");
  if (attaches && o.has(*attaches)) steps.push_back(attaching(o.id, o.wants.front()));
}

bool has_a_double(const Object& part, const Schema& schema) {
  const Object* whole = schema.find(inherited_from(part));
  bool has = false;
  if (whole)
    schema.each_child(part.id->parent, [&](const Object& other) {
      has |= other.id != part.id && could_be_part_of(*whole, other) && !whole_of(other, schema);
    });
  return has;
}

bool brings_parts(const Object& o) {
  const FieldBase* only = field_of(o, "only");
  return !only || !o.has(*only);
}

Follow follow_part(Id part, const Object& whole, const Users& users) {
  if (!is_key(*part->kind) || part->parent == whole.id->parent) return Replaced{};
  // A table that goes, or leaves, takes its part along.
  return is_part_of(users.from.find(part->parent), users.to.find(part->parent)) ? Follow(Replaced{}) : Unaffected{};
}

namespace {
// Parts that are made beside a whole that is there.
void add_late_parts(Steps& steps, const Object& whole, const Users& users) {
  for (const Id part : whole.needs)
    if (is_key(*part->kind) && part->parent != whole.id->parent && !users.from.find(part))
      steps.push_back(attaching(part, whole.id));
}
}  // namespace

Change change_attachment(Delta& delta, const Users& users) {
  Steps steps;
  bool attaches = false;
  for (const std::string_view name : {"only", "attached_to", "backs"}) {
    const FieldBase* field = delta.id->kind->fields.find(name);
    if (!field || !delta.touches(*field)) continue;
    delta.changed.reset(field->ordinal);
    attaches |= name != "only";
    if (name == "only" && delta.to->has(*field)) return Cannot{"the indexes of partitions cannot leave it"};
    if (name == "only") add_late_parts(steps, *delta.to, users);
  }
  const Id before = whole_of(*delta.from, users.from), after = whole_of(*delta.to, users.to);
  const Id table = delta.id->parent;
  // Where the partition itself joins or leaves, its indexes do.
  if (!attaches || before == after || !is_part_of(users.from.find(table), users.to.find(table))) return steps;
  if (before) return Cannot{concat("it cannot leave ", path(before))};
  steps.push_back(attaching(delta.id, after));
  return steps;
}

}  // namespace quoin
