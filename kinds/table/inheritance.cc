#include "kinds/table/inheritance.h"

#include "core/model/place.h"
#include "core/model/space.h"
#include "kinds/named.h"
#include "kinds/table/table_reading.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;

std::vector<Id> named_parents(const Object& table, const Schema& schema) {
  std::vector<Id> all;
  for (const Text& name : table[fields.inherits]) {
    const auto is_it = [&](Id used) { return is_table(*used->kind) && qualified(used) == name; };
    const auto needed = std::ranges::find_if(table.needs, is_it);
    const Id parent = needed != table.needs.end() ? *needed : named(table_kind, name, schema);
    if (parent && !std::ranges::count(all, parent)) all.push_back(parent);
  }
  return all;
}

bool is_above(Id table, Id other, const Schema& schema) {
  std::vector<Id> above{other};
  for (std::size_t i = 0; i < above.size(); ++i) {
    if (above[i] == table) return true;
    const Object* one = schema.find(above[i]);
    for (const Id parent : one ? named_parents(*one, schema) : std::vector<Id>())
      if (!std::ranges::count(above, parent)) above.push_back(parent);
  }
  return false;
}
}  // namespace

std::vector<Id> parents_of(const Object& table, const Schema& schema) {
  if (table.has(fields.partition_of)) {
    const Id parent = parent_of_partition(table, schema);
    return parent ? std::vector<Id>{parent} : std::vector<Id>();
  }
  std::vector<Id> all = named_parents(table, schema);
  std::erase_if(all, [&](Id parent) { return is_above(table.id, parent, schema); });
  return all;
}

std::vector<Id> heirs_of(Id table, Schema& schema) {
  std::vector<Id> all;
  const Object* object = schema.find(table);
  if (!object || (!object->has(fields.partition_by) && !object->has(fields.has_heirs))) return all;
  for (const Id user : schema.users(table))
    if (is_table(*user->kind) && std::ranges::count(parents_of(*schema.find(user), schema), table) > 0)
      all.push_back(user);
  return all;
}

bool own_besides(const Object& o) {
  const Id leader = inherited_from(o);
  return leader && !std::ranges::count(o.needs, leader);
}

void follow_validity(Object& o, Schema& schema) {
  const FieldTable& own = o.id->kind->fields;
  const FieldBase &not_valid = *own.find("not_valid"), &validated = *own.find("validated");
  Object* leader = own_besides(o) ? nullptr : schema.find(inherited_from(o));
  while (leader && !own_besides(*leader) && inherited_from(*leader)) leader = schema.find(inherited_from(*leader));
  if (!leader || !leader->has(not_valid)) o.put(validated, Value());
  if (!leader) return;
  if (leader->has(not_valid) && !o.has(not_valid)) o.put(validated, true);
  o.put(not_valid, leader->value(not_valid));
  if (!leader->has(not_valid)) return;
  Id table = o.id;
  while (!is_table(*table->kind)) table = table->parent;
  leader->want(table);
  schema.changed(leader->id);
}

Steps validate_alone(const Object& o, std::string_view name) {
  if (!o.has(*o.id->kind->fields.find("validated"))) return {};
  Id table = o.id;
  while (!is_table(*table->kind)) table = table->parent;
  return only({.sql = alter_table(table, concat("VALIDATE CONSTRAINT ", quote_ident(name))), .needs = {o.id}});
}

void forget_leader(Step& making, const Object& o) {
  if (own_besides(o)) std::erase(making.wants, inherited_from(o));
}

Object* make_own_besides(const Kind& kind, Id table, const Text& name, Reading& reading) {
  const Id id = reading.schema().ids().find(kind, table, name);
  const Object* o = id ? reading.schema().find(id) : nullptr;
  const FieldBase* inherited = kind.fields.find("inherited");
  if (!o || !o->has(*inherited)) return nullptr;
  Object* own = reading.change(id);
  own->put(*inherited, Value());
  return own;
}

Text inherits_clause(const Object& table) {
  const List parents(table[fields.inherits].begin(), table[fields.inherits].end());
  return parents.empty() ? Text() : concat(" INHERITS (", join(parents, ", "), ")");
}

void derive_inherits(Object& table, Schema& schema) {
  for (const Id parent : parents_of(table, schema)) {
    table.need(parent);
    if (Object* above = schema.find(parent); above && !table.has(fields.partition_of))
      above->put(fields.has_heirs, true);
  }
}

std::string_view inherits_column() {
  return R"(
  case when not c.relispartition and c.oid in (select h.inhrelid from pg_catalog.pg_inherits h) then (
    select pg_catalog.array_agg(h.inhparent::pg_catalog.regclass::text order by h.inhseqno)
    from pg_catalog.pg_inherits h where h.inhrelid = c.oid) end as inherits)";
}

namespace {
/// What it has from others: the objects that it follows, of its own kind.
std::vector<Id> leaders_of(const Object& o) {
  std::vector<Id> all;
  Object rest(o.id);
  rest.needs = o.needs;
  rest.wants = o.wants;
  while (const Id leader = inherited_from(rest)) {
    all.push_back(leader);
    std::erase(rest.needs, leader);
    std::erase(rest.wants, leader);
  }
  return all;
}

bool lies_in(Id id, Id table) {
  while (id && id != table) id = id->parent;
  return static_cast<bool>(id);
}

/// What it had from the parent alone, and is not to have, goes once it has left.
void leave(const Delta& delta, Id parent, const Users& users, Steps& steps) {
  Step step{.sql = alter_table(delta.id, concat("NO INHERIT ", qualified(parent))),
            .makes = {delta.id},
            .releases = {parent},
            .frees = {place_beside_leader(delta.id)}};
  Steps after;
  each_below(delta.id, users.from, [&](const Object& o) {
    const std::vector<Id> leaders = leaders_of(o);
    const auto is_parents = [&](Id leader) { return lies_in(leader, parent); };
    std::ranges::copy_if(leaders, std::back_inserter(step.releases), is_parents);
    if (!leaders.empty() && std::ranges::all_of(leaders, is_parents)) drop_left_behind(o, users, after);
  });
  steps.push_back(std::move(step));
  std::ranges::move(after, std::back_inserter(steps));
}

/// The parent has to be as it is to be, and so has what it brings. What neither is to have goes before.
Step join(const Delta& delta, Id parent, const Users& users) {
  Step step{.sql = alter_table(delta.id, concat("INHERIT ", qualified(parent))),
            .needs = {parent},
            .takes = {once_named(delta.id)}};
  each_below(delta.id, users.to, [&](const Object& o) {
    for (const Id leader : leaders_of(o))
      if (lies_in(leader, parent)) step.needs.push_back(leader);
  });
  come_after_what_goes(parent, users, step);
  return step;
}

/// Each comes after the one before it: the order is that of the table's parents.
void put_in_a_row(Id table, Steps& steps) {
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    const Slot turn{"turn", table, std::to_string(i), {}};
    steps[i].frees.push_back(turn);
    steps[i + 1].takes.push_back(turn);
  }
}

// Those that INHERIT and NO INHERIT are about.
std::vector<Id> inherits_from(const Object& table, const Schema& schema) {
  return table.has(fields.partition_of) ? std::vector<Id>() : parents_of(table, schema);
}

Steps change_inheritance(const Delta& delta, const Users& users) {
  const std::vector<Id> before = inherits_from(*delta.from, users.from), after = inherits_from(*delta.to, users.to);
  std::vector<Id> there;
  Steps steps, changes;
  for (const Id parent : before) {
    if (std::ranges::count(after, parent))
      there.push_back(parent);
    else
      leave(delta, parent, users, steps);
  }
  std::size_t kept = 0;
  while (kept < there.size() && kept < after.size() && there[kept] == after[kept]) ++kept;
  for (std::size_t i = kept; i < after.size(); ++i) {
    if (std::ranges::count(there, after[i])) leave(delta, after[i], users, changes);
    changes.push_back(join(delta, after[i], users));
    if (i == kept)
      std::ranges::move(bring_what_joining_asks_for(delta, users, changes.back()), std::back_inserter(steps));
  }
  put_in_a_row(delta.id, changes);
  std::ranges::move(changes, std::back_inserter(steps));
  return steps;
}
}  // namespace

// It leaves one tree before it joins the other.
Change change_parents(const Delta& delta, const Users& users) {
  Steps steps, others;
  if (delta.touches(fields.partition_of) || delta.touches(fields.bound)) {
    Change change = change_partition(delta, users);
    if (std::holds_alternative<Cannot>(change)) return change;
    steps = std::get<Steps>(std::move(change));
  }
  if (delta.touches(fields.inherits)) others = change_inheritance(delta, users);
  if (delta.to->has(fields.partition_of)) std::swap(steps, others);
  std::ranges::move(others, std::back_inserter(steps));
  if (delta.touches(fields.partition_of) || delta.touches(fields.inherits))
    std::ranges::move(rename_not_nulls(delta.id, users), std::back_inserter(steps));
  return steps;
}

void inherit_from(Object& table, const std::vector<Id>& parents, Reading& reading) {
  List names;
  for (const Id parent : parents) {
    names.push_back(qualified(parent));
    table.need(parent);
  }
  table.put(fields.inherits, std::move(names));
  derive_inherits(table, reading.schema());
  reading.schema().changed(table.id);
  inherit_all(table.id, Joins::as_it_is_made, reading.schema());
}

void read_inherit(ast::Node command, Reading& reading) {
  const Id parent = reading.find(space::relation, command["def"]), child = reading.subject();
  if (!parent || !is_table(*parent->kind) || !is_table(*child->kind)) return;
  if (is_above(child, parent, reading.schema())) return reading.unknown(child, "it would inherit from itself");
  Object* table = reading.change(child);
  if (!table) return;
  List names(table->operator[](fields.inherits).begin(), table->operator[](fields.inherits).end());
  names.push_back(qualified(parent));
  table->put(fields.inherits, std::move(names));
  derive_inherits(*table, reading.schema());
  reading.schema().changed(child);
  inherit_all(child, Joins::by_attach, reading.schema());
}

namespace {
/// What it had from the parent is its own from now on, but for what it has from another too.
void stay_behind(Id id, Id parent, Schema& schema) {
  for (const Object* child : schema.children(id)) {
    Object& o = *schema.find(child->id);
    const auto is_parents = [&](Id leader) { return lies_in(leader, parent); };
    const std::size_t gone = std::erase_if(o.needs, is_parents) + std::erase_if(o.wants, is_parents);
    const FieldBase* inherited = o.id->kind->fields.find("inherited");
    if (gone != 0 && inherited && !inherited_from(o)) o.put(*inherited, Value());
    if (gone != 0) schema.changed(o.id);
    stay_behind(o.id, parent, schema);
  }
}

// That a column has no default though a parent's has is a default of its own (NULL); without a parent it says nothing.
void forget_missing_defaults(Id table, Schema& schema) {
  if (!parents_of(*schema.find(table), schema).empty()) return;
  std::vector<Id> said;
  for (const Object* column : schema.children(table))
    for (const Object* child : schema.children(column->id))
      if (child->id->kind == &default_kind && as_text(child->value(*default_kind.fields.rows[0])) == "NULL")
        said.push_back(child->id);
  for (const Id id : said) schema.remove(id);
}
}  // namespace

void read_no_inherit(ast::Node command, Reading& reading) {
  const Id parent = reading.find(space::relation, command["def"]), child = reading.subject();
  Object* table = parent && is_table(*child->kind) ? reading.change(child) : nullptr;
  if (!table) return;
  List names(table->operator[](fields.inherits).begin(), table->operator[](fields.inherits).end());
  std::erase(names, qualified(parent));
  table->put(fields.inherits, std::move(names));
  reading.schema().changed(child);
  stay_behind(child, parent, reading.schema());
  forget_missing_defaults(child, reading.schema());
}

}  // namespace quoin
