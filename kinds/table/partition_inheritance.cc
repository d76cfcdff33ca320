// What a table has from its parents: objects that are tied to the parents', and those that are made for them.
#include "core/model/space.h"
#include "kinds/column/column_fields.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

Id table_of(Id id) {
  while (id && !is_table(*id->kind)) id = id->parent;
  return id;
}

/// The object of the same place and name below another table; null where there never was one.
Id counterpart(Id id, Id table, Ids& ids) {
  if (is_table(*id->kind)) return table;
  return ids.of(*id->kind, counterpart(id->parent, table, ids), id->name, id->signature);
}
}  // namespace

namespace {
const FieldBase* attached_to(const Object& o) { return o.id->kind->fields.find("attached_to"); }

/// One that is attached says so; it may come after another table's for other reasons.
bool is_attached(const Object& o) {
  const FieldBase* to = attached_to(o);
  return !to || o.has(*to);
}
}  // namespace

Id inherited_from(const Object& o) {
  const Id table = table_of(o.id);
  for (const std::vector<Id>* all : {&o.needs, &o.wants})
    for (const Id used : *all)
      if (used->kind == o.id->kind && table_of(used) != table && (!used->kind->is_column() || used->name == o.id->name))
        return is_attached(o) ? used : Id();
  return {};
}

std::vector<Id> partitions_of(Id table, Schema& schema) {
  std::vector<Id> all;
  const Object* object = schema.find(table);
  if (!object || !object->has(fields.partition_by)) return all;
  for (const Id user : schema.users(table))
    if (is_table(*user->kind) && parent_of_partition(*schema.find(user), schema) == table) all.push_back(user);
  return all;
}

namespace {
// A partition may have a default that is not the parent's.
bool may_differ(const Kind& kind) { return &kind == &default_kind; }

// Only partitions have parts of indexes, of keys and of foreign keys.
bool passes_to(const Object& leader, const Object& heir) {
  if (heir.has(fields.partition_of)) return true;
  const FieldBase* no_inherit = leader.id->kind->fields.find("no_inherit");
  static constexpr const Kind* inherited[] = {&column_kind, &not_null_kind, &check_kind, &default_kind};
  return std::ranges::count(inherited, leader.id->kind) > 0 && !(no_inherit && leader.has(*no_inherit));
}

Value with_item(const Object& o, std::string_view name, Text item) {
  const auto* given = std::get_if<List>(&o.value(*o.id->kind->fields.find(name)));
  List list = given ? *given : List();
  if (!std::ranges::count(list, item)) list.push_back(std::move(item));
  return list;
}

/// The parent's index stands on a key of the partition's own, as a part of it.
void stand_on(Object& leader, Object& key, Schema& schema) {
  key.put("backs", leader.id->name);
  const FieldBase* only = leader.id->kind->fields.find("only");
  key.put("attaches", leader.has(*only));
  if (leader.has(*only)) key.want(leader.id);
  leader.need(key.id);
  Object& table = *schema.find(key.id->parent);
  table.put(fields.apart, true);
  table.want(key.id);
  leader.put("left_first", with_item(leader, "left_first", detach_sql(table)));
  leader.put("joined_after", with_item(leader, "joined_after", attach_sql(table)));
  schema.changed(leader.id);
}

// A column of a table's own has its default of its own too.
bool is_said_by_its_table(const Object& o, const Schema& schema) {
  const Object* one = may_differ(*o.id->kind) ? schema.find(o.id->parent) : &o;
  const FieldBase* inherited = one ? one->id->kind->fields.find("inherited") : nullptr;
  return inherited && !one->has(*inherited);
}

// What it says itself it wants to be like the parents', and does not need them for it.
void tie_to_parents(Object& o, const Object& table, Schema& schema) {
  const bool is_own = is_said_by_its_table(o, schema);
  for (const Id parent : parents_of(table, schema)) {
    const Object* leader = schema.find(counterpart(o.id, parent, schema.ids()));
    if (!leader || !passes_to(*leader, table)) continue;
    if (may_differ(*o.id->kind) && o.differences(*leader).any()) continue;
    if (is_own)
      o.want(leader->id);
    else
      o.need(leader->id);
  }
}

// The server numbers the names of parts in the order in which the wholes are made.
void come_in_turn(const Object& part, Object& whole, Schema& schema) {
  const std::string_view name = part.id->name, stem = name.substr(0, name.find_last_not_of("0123456789") + 1);
  const std::string_view digits = name.substr(stem.size());
  if (digits.empty() || digits.size() > 4 || digits.starts_with('0')) return;
  const int number = std::stoi(Text(digits));
  const Kind& kind = *part.id->kind;
  const Id before =
      schema.ids().find(kind, part.id->parent, concat(stem, number == 1 ? "" : std::to_string(number - 1)));
  const Object* sibling = before ? schema.find(before) : nullptr;
  const auto* to = sibling ? std::get_if<Text>(&sibling->value(*attached_to(*sibling))) : nullptr;
  const Id first = to ? schema.ids().find(kind, whole.id->parent, *to) : Id();
  if (!first || first == whole.id || !schema.find(first)) return;
  whole.want(first);
  schema.changed(whole.id);
}

void tie(Object& o, Schema& schema) {
  const Object* table = schema.find(table_of(o.id));
  if (!table || table->id == o.id) return;
  if (table->has(fields.inherits)) return tie_to_parents(o, *table, schema);
  const Id parent = parent_of_partition(*table, schema);
  if (!parent) return;
  const FieldBase* backs = o.id->kind->fields.find("backs");
  if (backs && o.has(*backs)) {
    Object* whole = schema.find(schema.ids().of(index_kind, parent, std::get<Text>(o.value(*backs))));
    if (whole) stand_on(*whole, o, schema);
    return;
  }
  Id leader = counterpart(o.id, parent, schema.ids());
  if (const FieldBase* to = attached_to(o)) {
    if (!o.has(*to)) return;
    leader = schema.ids().of(*o.id->kind, parent, std::get<Text>(o.value(*to)));
  }
  Object* above = schema.find(leader);
  if (above && attached_to(o)) come_in_turn(o, *above, schema);
  if (above && !(may_differ(*o.id->kind) && o.differences(*above).any())) o.need(leader);
}

bool follows_it(const Object& o, Id leader) {
  return std::ranges::count(o.needs, leader) > 0 || std::ranges::count(o.wants, leader) > 0;
}

/// A key of a partition's own whose index is, or can become, a part of this one of the parent's.
Object* backing(const Object& leader, Id partition, Schema& schema) {
  if (leader.id->kind != &index_kind) return nullptr;
  Object *found = nullptr, *free = nullptr;
  schema.each_child(partition, [&](const Object& child) {
    if (child.id->kind != &primary_key_kind && child.id->kind != &unique_kind) return;
    const KeyFields& key = static_cast<const KeyFields&>(child.id->kind->fields);
    if (child[key.backs] == leader.id->name) found = schema.find(child.id);
    if (!free && !child.has(key.backs) && !child.has(key.attached_to) && could_be_part_of(leader, child))
      free = schema.find(child.id);
  });
  return found ? found : free;
}

/// What a partition has that is, or can become, what the parent's object brings.
Object* match(const Object& leader, Id partition, Schema& schema) {
  const Id place = counterpart(leader.id, partition, schema.ids());
  const FieldBase* to = attached_to(leader);
  if (!to) return schema.find(place);
  Object* found = nullptr;
  schema.each_child(partition, [&](const Object& child) {
    if (child.id->kind != leader.id->kind) return;
    const bool free = !child.has(*to) && could_be_part_of(leader, child);
    const auto* attached = std::get_if<Text>(&child.value(*to));
    const bool is_its = follows_it(child, leader.id) || (attached && *attached == leader.id->name);
    if (is_its || (free && !found)) found = schema.find(child.id);
  });
  return found;
}

/// Needs of the parent's object, as they are in the partition.
std::vector<Id> needs_in(Id partition, const Object& leader, Schema& schema) {
  std::vector<Id> all;
  const Id parent = table_of(leader.id);
  for (const Id used : leader.needs) {
    if (leader.id->kind == &index_kind && used->kind->creates_followers && table_of(used) != parent)
      continue;  // a part of it
    const bool own = table_of(used) == parent && !is_table(*used->kind);
    const Id there = own ? counterpart(used, partition, schema.ids()) : used;
    if (inherited_from(leader) != used && (!own || schema.find(there))) all.push_back(there);
  }
  return all;
}

void inherit(Id leader_id, Id partition, Schema& schema);

bool is_inherited(const FieldBase& field) { return is_compared(field.counts) && field.heirs != Heirs::have_their_own; }

/// What a change of the parent's changes in `o` as well.
bool goes_along(const FieldBase& field, const Object& o) {
  return is_inherited(field) && field.heirs != Heirs::begin_with_it && (!field.alter || may_differ(*o.id->kind)) &&
         !(field.heirs == Heirs::may_differ && own_besides(o));
}

void fill(Object& o, const Object& leader) {
  for (const FieldBase* field : leader.id->kind->fields)
    if (is_inherited(*field)) o.put(*field, leader.value(*field));
}

void make(const Object& leader, Id partition, Schema& schema) {
  const Kind& kind = *leader.id->kind;
  const Id below = counterpart(leader.id->parent, partition, schema.ids());
  if (!schema.find(below)) return;
  const FieldBase* to = attached_to(leader);
  const Text name = to ? name_in_partition(leader, partition, schema) : leader.id->name;
  Object& o = schema.add(schema.ids().of(kind, below, name));
  o.place = leader.place;
  fill(o, leader);
  const FieldBase* inherited = kind.fields.find("inherited");
  if (inherited && schema.find(partition)->has(fields.inherits)) o.put(*inherited, true);
  o.needs = needs_in(partition, leader, schema);
  if (to) o.put(*to, leader.id->name);
  o.need(leader.id);
  schema.changed(o.id);
  const Id id = o.id;
  for (const Id next : heirs_of(partition, schema)) inherit(id, next, schema);
}

// A server has told already what a table has that inherits; it may have NOT NULL of a parent no more.
bool is_told(const Object& heir, const Schema& schema) { return schema.major != 0 && heir.has(fields.inherits); }

void inherit(Id leader_id, Id partition, Schema& schema) {
  Object& leader = *schema.find(leader_id);
  const Object& heir = *schema.find(partition);
  if (!passes_to(leader, heir)) return;
  if (leader.id->kind == &column_kind) leader.put(column_fields.has_heirs, true);
  const Kind& above = *leader.id->parent->kind;  // a foreign table has no indexes, nor what stands on one
  if (is_table(above) && !may_lie_in(*leader.id->kind, partition)) return;
  Object* o = match(leader, partition, schema);
  Object* key = o && follows_it(*o, leader_id) ? nullptr : backing(leader, partition, schema);
  const FieldBase* backs = key ? key->id->kind->fields.find("backs") : nullptr;
  if (key && (!o || key->has(*backs))) return stand_on(leader, *key, schema);
  if (!o) return is_told(heir, schema) ? void() : make(leader, partition, schema);
  if (const FieldBase* to = attached_to(leader)) {
    o->put(*to, leader.id->name);
  } else if (follows_it(*o, leader.id)) {
    for (const FieldBase* field : leader.id->kind->fields)
      if (goes_along(*field, *o)) o->put(*field, leader.value(*field));
  }
  tie(*o, schema);
  schema.changed(o->id);
}
// Where the parent's index is its own alone, the partition has been there before it, and what it has of it is attached.
void stand_apart(Id leader_id, Id partition, Schema& schema) {
  Object& leader = *schema.find(leader_id);
  leader.want(partition);
  Object* key = backing(leader, partition, schema);
  const FieldBase* backs = key ? key->id->kind->fields.find("backs") : nullptr;
  if (key && key->has(*backs)) stand_on(leader, *key, schema);
}
}  // namespace

void derive_inheritance(Object& o, Schema& schema) {
  tie(o, schema);
  const FieldBase* only = attached_to(o) ? o.id->kind->fields.find("only") : nullptr;
  const bool alone = only && o.has(*only);
  const Id id = o.id;
  for (const Id partition : heirs_of(table_of(id), schema)) {
    if (!alone) inherit(id, partition, schema);
    if (alone) stand_apart(id, partition, schema);
  }
}

namespace {
// The server goes through indexes as they were made, and numbers names that are taken.
std::vector<const Object*> as_they_were_made(Id parent, const Schema& schema) {
  std::vector<const Object*> all = schema.children(parent);
  std::ranges::stable_sort(all, {}, &Object::place);
  return all;
}

void inherit_below(Id parent, Id partition, Joins joins, Schema& schema) {
  for (const Object* child : as_they_were_made(parent, schema)) {
    const Kind& kind = *child->id->kind;
    if (kind.follows != inherited_from && &kind != &column_kind) continue;  // what is said of it is said of it alone
    if (may_differ(kind) && joins == Joins::by_attach) {
      const Id own = counterpart(child->id, partition, schema.ids());
      if (schema.find(own) || !schema.find(own->parent)) continue;
      Object& none = schema.add(own);
      none.put("expression", Text("NULL"));
      kind.reading.derive(none, schema);
      schema.changed(own);
    } else {
      inherit(child->id, partition, schema);
    }
    inherit_below(child->id, partition, joins, schema);
  }
}
}  // namespace

void inherit_all(Id table, Joins joins, Schema& schema) {
  for (const Id parent : parents_of(*schema.find(table), schema)) inherit_below(parent, table, joins, schema);
}

void mark_as_referred_to(Id table, Schema& schema) {
  for (const Id partition : partitions_of(table, schema)) {
    schema.find(partition)->put(fields.referred_to, true);
    mark_as_referred_to(partition, schema);
  }
}

void inherit_columns(Id table, Schema& schema) {
  derive_inherits(*schema.find(table), schema);
  std::vector<Id> order;
  const auto add = [&](Id column) {
    if (column->kind == &column_kind && schema.find(column) && !std::ranges::count(order, column))
      order.push_back(column);
  };
  for (const Id parent : parents_of(*schema.find(table), schema))
    for (const Object* child : schema.children(parent)) {
      if (child->id->kind != &column_kind) continue;
      inherit(child->id, table, schema);
      add(counterpart(child->id, table, schema.ids()));
    }
  if (order.empty()) return;
  for (const Object* child : schema.children(table)) add(child->id);
  int position = 0;
  for (const Id column : order) schema.find(column)->position = ++position;
}

}  // namespace quoin
