// Everything quoin knows about triggers that a partition has from its parent and that are enabled otherwise there.
// Apart from that such a trigger is its parent's.
#include "kinds/table/trigger_state.h"

#include <map>

#include "core/model/reading.h"
#include "kinds/list.h"
#include "kinds/table/partition.h"
#include "kinds/table/trigger.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> enabled{*this,
                      "enabled",
                      "origin, replica, always or disabled, where the parent's trigger is not",
                      {.presence = Presence::filled, .words = "origin|replica|always|disabled"}};
  Field<Text> above{*this, "above", "how the parent's trigger is", {.fallback = "origin", .counts = Counts::derived}};
} fields;

// Its own partitions have it likewise then.
Text alter(Id id, std::string_view state) {
  return concat("ALTER TABLE ", qualified(id->parent), " ", trigger_verb(state), " TRIGGER ", quote_ident(id->name));
}
Text set_state(const Object& to) { return alter(to.id, to[fields.enabled]); }

/// The trigger of the nearest table above that has it itself, or has it otherwise than its own parent.
const Object* above_it(Id partition, std::string_view name, const Schema& schema) {
  for (const Object* table = schema.find(partition); table;) {
    const Id parent = parent_of_partition(*table, schema);
    if (!parent) return nullptr;
    if (const Object* state = schema.find(trigger_state_kind, parent, name)) return state;
    const Object* trigger = schema.find(trigger_kind, parent, name);
    if (trigger && (*trigger)[trigger_fields.level] == "row") return trigger;
    table = schema.find(parent);
  }
  return nullptr;
}
std::string_view state_of(const Object& o) {
  return o.id->kind == &trigger_kind ? o[trigger_fields.enabled] : o[fields.enabled];
}

/// Freed once a partition is attached.
Slot once_attached(Id partition) { return {"triggers of parents", partition, {}, {}}; }

Step after_attaching(const Object& o, Step step) {
  step.takes.push_back(once_attached(o.id->parent));
  for (const Id used : o.needs)
    if (is_table(*used->kind)) step.takes.push_back(once_attached(used));
  return step;
}

Steps create(const Object& o) { return only(after_attaching(o, making(o, set_state(o)))); }
Steps drop(const Object& o) { return only(dropping(o, alter(o.id, o[fields.above]))); }
// What is done to the one above is done to it as well.
Change change(const Delta& delta, const Users&) {
  return only(after_attaching(*delta.to, rebuilding(delta, set_state(*delta.to))));
}
Follow on_rebuild(const Delta& user, const Rebuilt& rebuilt, const Users&) {
  if (rebuilt.manner == Rebuilt::Manner::anew || !user.from) return Replaced{};
  return only(after_attaching(*user.to, rebuilding(user, set_state(*user.to))));
}
Id goes_with_the_one_above(const Object& o) {
  const auto is_above = [&](Id used) { return used->name == o.id->name && used->parent != o.id->parent; };
  const auto found = std::ranges::find_if(o.needs, is_above);
  return found == o.needs.end() ? Id() : *found;
}

void derive(Object& o, Schema& schema) {
  const Object* above = above_it(o.id->parent, o.id->name, schema);
  if (!above) return;
  o.need(above->id);
  for (Id table = parent_of_partition(*schema.find(o.id->parent), schema); table != above->id->parent;
       table = parent_of_partition(*schema.find(table), schema))
    o.need(table);
  o.put(fields.above, Text(state_of(*above)));
}

// Those of foreign keys are the server's own.
Text catalog(int) {
  return R"(
select 0 as class, 0 as oid, 0 as sub, 1259 as parent_class, t.tgrelid as parent_oid, 0 as parent_sub,
  t.tgname as name,
  case t.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end as enabled
from pg_catalog.pg_trigger t
join pg_catalog.pg_depend d on d.classid = 2620 and d.objid = t.oid and d.refclassid = 2620 and d.deptype = 'P'
join pg_catalog.pg_trigger above on above.oid = d.refobjid
left join pg_catalog.pg_constraint k on k.oid = t.tgconstraint
where t.tgenabled <> above.tgenabled and coalesce(k.contype, 't') = 't')";
}

constexpr std::string_view parents[] = {"table", "foreign table"};

void settle(const Object& above, Id table, std::string_view state, Reading& reading) {
  const Id id = reading.schema().ids().of(trigger_state_kind, table, above.id->name);
  const bool is_there = reading.schema().find(id) != nullptr;
  if (state_of(above) == state) {
    if (is_there) reading.drop(id, {});
    return;
  }
  Object* o = is_there ? reading.change(id) : reading.make(trigger_state_kind, table, above.id->name);
  if (o) o->put(fields.enabled, Text(state));
}

/// By name, all the triggers that a table has, its own and those of its parents.
std::map<Text, Text> states_in(Id table, const Schema& schema) {
  std::map<Text, Text> found;
  const auto note = [&](const Object& o, bool is_own) {
    const bool is_trigger = o.id->kind == &trigger_kind && (is_own || o[trigger_fields.level] == "row");
    if (is_trigger || o.id->kind == &trigger_state_kind) found.emplace(o.id->name, Text(state_of(o)));
  };
  for (const Object* child : schema.children(table)) note(*child, true);
  for (const Object* at = schema.find(table); at;) {
    const Id parent = parent_of_partition(*at, schema);
    if (!parent) break;
    for (const Object* child : schema.children(parent)) note(*child, false);
    at = schema.find(parent);
  }
  return found;
}

/// Of the table, and then of those that have it from there.
void leave_as(Id table, const Text& name, std::string_view state, Reading& reading) {
  Schema& schema = reading.schema();
  const bool alone = reading.only();
  std::vector<std::pair<Id, Text>> below;
  for (const Id partition : partitions_of(table, schema))
    if (const Object* above = above_it(partition, name, schema); above && !schema.find(trigger_kind, partition, name)) {
      const Object* own = schema.find(trigger_state_kind, partition, name);
      below.emplace_back(partition, alone ? state_of(own ? *own : *above) : state);
    }
  if (schema.find(trigger_kind, table, name)) {
    if (Object* trigger = reading.change(schema.ids().of(trigger_kind, table, name)))
      trigger->put(trigger_fields.enabled, Text(state));
  } else if (const Object* above = above_it(table, name, schema)) {
    settle(*above, table, state, reading);
  }
  for (const auto& [partition, was] : below) {
    if (!alone) leave_as(partition, name, state, reading);
    if (alone) settle(*above_it(partition, name, schema), partition, was, reading);
  }
}
}  // namespace

void read_trigger_state(Id table, const Text& name, std::string_view state, Reading& reading) {
  for (const auto& [trigger, before] : states_in(table, reading.schema()))
    if (name.empty() || trigger == name) leave_as(table, trigger, state, reading);
}

void forget_trigger_states(Id table, Reading& reading) {
  for (const Object* child : reading.schema().children(table))
    if (child->id->kind == &trigger_state_kind && !above_it(table, child->id->name, reading.schema()))
      reading.drop(child->id, {});
  for (const Id partition : partitions_of(table, reading.schema())) forget_trigger_states(partition, reading);
}

namespace {
/// The states of a partition's triggers, and then those of its own partitions.
template <class Visit>
void each_state_at(Id partition, const Users& users, const Schema& side, Visit visit) {
  for (const Object* child : side.children(partition))
    if (child->id->kind == &trigger_state_kind) visit(*child);
  for (const Id user : users.of(partition))
    if (const Object* table = is_table(*user->kind) ? side.find(user) : nullptr)
      if (dropped_with_parent_of_partition(*table) == partition) each_state_at(user, users, side, visit);
}

/// Neither it nor one above changes.
bool nothing_else_brings_it(const Object& o, const Users& users) {
  const Object* before = users.from.find(o.id);
  if (!before || before->differences(o).any()) return false;
  const Id above = goes_with_the_one_above(o);
  return !above || nothing_else_brings_it(*users.to.find(above), users);
}

std::vector<Mistake> mistakes(const Object& o, const Schema& schema) {
  if (above_it(o.id->parent, o.id->name, schema)) return {};
  return {{concat(path(o.id->parent), " has no trigger ", quote_ident(o.id->name), " from a table above it"),
           "name a trigger FOR EACH ROW of the table that it is a partition of"}};
}
}  // namespace

void restore_trigger_states(Id partition, const Users& users, Steps& steps) {
  steps.back().frees.push_back(once_attached(partition));
  each_state_at(partition, users, users.to, [&](const Object& state) {
    if (!nothing_else_brings_it(state, users)) return;
    Step step{.sql = set_state(state), .makes = {state.id}, .needs = state.needs};
    steps.push_back(after_attaching(state, std::move(step)));
  });
}

void drop_trigger_states(Id partition, const Users& users, Step& leaving) {
  each_state_at(partition, users, users.from, [&](const Object& state) {
    if (!users.to.find(state.id)) leaving.drops.push_back(state.id);
  });
}

constexpr Kind trigger_state_kind{.name = "trigger state",
                                  .key = "trigger_states",
                                  .weight = 222,
                                  .fields = fields,
                                  .traits = replaceable | dropped_with_parent,
                                  .addressed = &by_parent,
                                  .parents = parents,
                                  .dropped_with = goes_with_the_one_above,
                                  .sql = {.create = create, .drop = drop, .change = change, .on_rebuild = on_rebuild},
                                  .reading = {.catalog = catalog, .derive = derive},
                                  .yaml = {.mistakes = mistakes}};
}  // namespace quoin
