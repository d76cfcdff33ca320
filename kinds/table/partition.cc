#include "kinds/table/partition.h"

#include "core/model/member.h"
#include "core/model/place.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/named.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_reading.h"
#include "kinds/table/trigger_state.h"
#include "kinds/users.h"

namespace quoin {

namespace {
constexpr const TableFields& fields = table_fields;

Text bound_value(ast::Node value, Words word) {
  const std::string_view kind = value["kind"].text();
  if (kind.ends_with("MINVALUE") || kind.ends_with("MAXVALUE")) return word(kind.substr(kind.size() - 8));
  const Text text = ast::print(value.is("PartitionRangeDatum") ? value["value"] : value);
  return lower(text) == "minvalue" || lower(text) == "maxvalue" ? word(text) : text;
}

Text bound_values(ast::Node list, Words word) {
  List texts;
  for (ast::Node value : list) texts.push_back(bound_value(value, word));
  return concat("(", join(texts, ", "), ")");
}

Text bound_text(ast::Node bound, Words word) {
  if (bound["is_default"].flag()) return word("default");
  const std::string_view strategy = bound["strategy"].text();
  if (strategy == "h")
    return concat(word("with (modulus "), std::to_string(bound["modulus"].number()), word(", remainder "),
                  std::to_string(bound["remainder"].number()), ")");
  if (strategy == "l") return concat(word("in "), bound_values(bound["listdatums"], word));
  return concat(word("from "), bound_values(bound["lowerdatums"], word), word(" to "),
                bound_values(bound["upperdatums"], word));
}

ast::Tree parse_bound(std::string_view bound) {
  const bool complete = lower(bound.substr(0, 3)) == "for" || lower(bound) == "default";
  return ast::Tree::parse(concat("CREATE TABLE t PARTITION OF t ", complete ? "" : "FOR VALUES ", bound));
}

/// No value: the grammar cannot read it.
std::optional<Text> read_bound(std::string_view bound, Words word) {
  try {
    return bound_text(parse_bound(bound).statements()[0].node["partbound"], word);
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    return std::nullopt;
  }
}

Text bound_clause(const Object& table) {
  const std::string_view bound = table[fields.bound];
  if (bound == "default") return "DEFAULT";
  // What cannot be read is quoted, for the server to refuse and no more than that.
  return concat("FOR VALUES ", read_bound(bound, upper).value_or(quote_literal(bound)));
}
}  // namespace

Text bound_of(ast::Node partition_bound) { return bound_text(partition_bound, lower); }

namespace {
Id named_parent(const Object& table, const Schema& schema) {
  if (!table.has(fields.partition_of)) return {};
  const std::string_view name = table[fields.partition_of];
  for (const Id used : table.needs)
    if (is_table(*used->kind) && qualified(used) == name) return used;
  return named(table_kind, name, schema);
}
}  // namespace

Id parent_of_partition(const Object& table, const Schema& schema) {
  const Id parent = named_parent(table, schema);
  std::vector<Id> above;
  for (Id id = parent; id; id = named_parent(*schema.find(id), schema)) {
    if (id == table.id || std::ranges::count(above, id) > 0) return {};
    above.push_back(id);
    if (!schema.find(id)) break;
  }
  return parent;
}

namespace {
Text upper_method(std::string_view key) {
  const std::size_t end = std::min(key.find('('), key.size());
  return concat(upper(key.substr(0, end)), key.substr(end));
}
}  // namespace

Text partition_by_clause(const Object& table) {
  return table.has(fields.partition_by) ? concat(" PARTITION BY ", upper_method(table[fields.partition_by])) : Text();
}

Text attach_sql(const Object& table) {
  return concat("ALTER TABLE ", table[fields.partition_of], " ATTACH PARTITION ", qualified(table.id), " ",
                bound_clause(table));
}
Text detach_sql(const Object& table) {
  return concat("ALTER TABLE ", table[fields.partition_of], " DETACH PARTITION ", qualified(table.id));
}

Slot bounds_slot(Id partitioned) { return {"bounds", partitioned, {}, {}}; }
Slots bounds_taken(const Object& table) {
  const Id parent = dropped_with(table);
  return parent ? Slots{bounds_slot(parent)} : Slots();
}

Hazard hazard_of_leaving_keys(Id partition) {
  return {"may-fail", concat(path(partition), ": fails where a foreign key's row refers to one in it")};
}

namespace {
Step attach(const Object& table) {
  Step step{.sql = attach_sql(table), .needs = table.needs, .takes_shared = bounds_taken(table)};
  if (table.id->kind->has(holds_rows))
    step.hazards = {{"may-fail", concat(path(table.id), ": fails where a row is not within its bound")}};
  return step;
}
// A row that others refer to stays referred to, by keys that go first or hold.
void heed_keys_referring_above(const Object& table, const Users& users, Step& detaching) {
  bool holds = false;
  for (Id above = dropped_with(table); above; above = dropped_with(*users.from.find(above)))
    for (const Id user : users.of(above)) {
      const auto edge = user->kind->edge;
      const Object& before = *users.from.find(user);
      if (!edge || inherited_from(before) || edge(before, users.from).to != above)
        continue;  // a part goes as its whole
      const Object* after = users.to.find(user);
      const bool stays = after && edge(*after, users.to).to == above;
      holds |= stays;
      if (!stays) detaching.after_drop_of.push_back(user);
    }
  if (holds) detaching.hazards.push_back(hazard_of_leaving_keys(table.id));
}

Step detach(const Object& table, const Users& users) {
  Step step{
      .sql = detach_sql(table), .makes = {table.id}, .releases = table.needs, .frees_shared = bounds_taken(table)};
  if (table[fields.referred_to]) heed_keys_referring_above(table, users, step);
  return step;
}

// Whose own key is to be attached where the server would make an index: it has to be there by then.
Steps create_partition(const Object& table, std::string_view verb, std::string_view clauses) {
  const bool apart = table[fields.apart] || table.has(fields.not_null_names);
  Step step = making(table, concat(verb, qualified(table.id)));
  step.takes.push_back(once_named(dropped_with(table)));
  if (!apart) {
    step.sql += concat(" PARTITION OF ", table[fields.partition_of], " ", bound_clause(table), clauses);
    return only(std::move(step));
  }
  step.sql +=
      concat(" (LIKE ", table[fields.partition_of],
             " INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY EXCLUDING COMMENTS EXCLUDING STATISTICS)", clauses);
  Steps steps = only(std::move(step));
  Step attaching = attach(table);
  if (table.has(fields.not_null_names)) {
    steps.push_back(name_not_nulls(table));
    attaching.takes.push_back(once_named(table.id));
  }
  attaching.hazards.clear();
  if (table[fields.apart]) attaching.needs.insert(attaching.needs.end(), table.wants.begin(), table.wants.end());
  attaching.needs.push_back(table.id);
  attaching.frees.push_back(once_a_part(table.id));
  steps.push_back(std::move(attaching));
  return steps;
}
}  // namespace

Steps create_table(const Object& table, std::string_view verb, std::string_view clauses) {
  if (table.has(fields.partition_of)) return create_partition(table, verb, clauses);
  Step step = making(table, concat(verb, qualified(table.id), " ("));
  step.separator = ",\n    ";
  step.tail = concat("\n)", inherits_clause(table), clauses);
  return only(std::move(step));
}

namespace {
// What nobody can read stays as it is: whoever makes the partition says so.
Text settled_bound(std::string_view bound) {
  return bound.empty() ? Text() : read_bound(bound, lower).value_or(Text(bound));
}
}  // namespace

void derive_partition(Object& table, Schema& schema) {
  table.put(fields.bound, settled_bound(table[fields.bound]));
  derive_inherits(table, schema);
}

void come_after_what_goes(Id parent, const Users& users, Step& step) {
  each_below(parent, users.from, [&](const Object& o) {
    if (!users.to.find(o.id)) step.after_drop_of.push_back(o.id);
  });
}

void drop_left_behind(const Object& o, const Users& users, Steps& steps) {
  if (users.to.find(o.id) || !users.to.find(o.id->parent)) return;
  Steps dropping = drop_steps(o);
  if (o.id->kind->has(holds_rows) && !dropping.empty()) dropping.front().hazards.push_back(loss_of(o.id));
  Id table = o.id;
  while (!is_table(*table->kind)) table = table->parent;
  if (!dropping.empty()) dropping.front().takes.push_back(place_beside_leader(table));
  std::ranges::move(dropping, std::back_inserter(steps));
}

namespace {
// What a partition has to have before it is attached.
bool is_asked_for(const Kind& kind) {
  static constexpr const Kind* asked_for[] = {&column_kind, &not_null_kind, &check_kind, &default_kind};
  return std::ranges::count(asked_for, &kind) > 0;
}
}  // namespace

// All that the parent asks for has to be there, and a default, which a partition has that is made as one.
Steps bring_what_joining_asks_for(const Delta& delta, const Users& users, Step& joining) {
  Steps steps;
  each_below(delta.id, users.to, [&](const Object& o) {
    if (!inherited_from(o)) return;
    if (users.from.find(o.id) || is_own_besides(o)) return joining.needs.push_back(o.id);
    if (!is_asked_for(*o.id->kind)) {
      leave_own_as_part(o, users, joining);
      return joining.makes.push_back(o.id);
    }
    joining.needs.push_back(o.id);
    for (Step& step : o.id->kind->sql.create(o)) {
      std::erase_if(step.needs, [&](Id used) { return used == inherited_from(o); });
      if (!step.prefix.empty() || !step.host) step.sql = concat(step.prefix, step.sql, step.tail);
      step.prefix.clear();
      step.tail.clear();
      step.separator = {};
      step.host = Id();
      steps.push_back(std::move(step));
    }
  });
  return steps;
}

namespace {
// It is away for a moment: what the parent drops goes before, and what it adds comes after, so that the partition goes
// along.
Steps move_bound(const Delta& delta, const Users& users) {
  Steps steps{detach(*delta.from, users), attach(*delta.to)};
  come_after_what_goes(dropped_with(*delta.from), users, steps.front());
  steps.back().makes.push_back(delta.id);
  drop_trigger_states(delta.id, users, steps.front());
  restore_trigger_states(delta.id, users, steps);
  return steps;
}
}  // namespace

namespace {
// What it keeps of its parent's does not go with that any more.
void release_what_stays_behind(Id table, const Users& users, Step& detaching) {
  each_below(table, users.from, [&](const Object& o) {
    const Id leader = inherited_from(o);
    if (leader && users.to.find(o.id) && !users.to.find(leader)) detaching.releases.push_back(leader);
  });
}
}  // namespace

Change change_partition(const Delta& delta, const Users& users) {
  const Object &from = *delta.from, &to = *delta.to;
  if (!delta.touches(fields.partition_of)) return move_bound(delta, users);
  Steps steps;
  if (from.has(fields.partition_of)) {
    steps.push_back(detach(from, users));
    release_what_stays_behind(delta.id, users, steps.back());
    steps.back().frees.push_back({"being a partition", delta.id, {}, {}});
    drop_trigger_states(delta.id, users, steps.back());
    // What the parent brought stays behind.
    each_below(delta.id, users.from, [&](const Object& o) {
      if (inherited_from(o)) drop_left_behind(o, users, steps);
    });
  }
  if (!to.has(fields.partition_of)) return steps;
  Step attaching = attach(to);
  come_after_what_goes(dropped_with(to), users, attaching);
  attaching.takes.push_back(once_named(delta.id));
  if (from.has(fields.partition_of)) attaching.takes.push_back({"being a partition", delta.id, {}, {}});
  std::ranges::move(bring_what_joining_asks_for(delta, users, attaching), std::back_inserter(steps));
  steps.push_back(std::move(attaching));
  restore_trigger_states(delta.id, users, steps);
  return steps;
}

std::vector<Hazard> hazards_beside_default(const Delta& delta, const Users& users) {
  const bool joins = delta.to->has(fields.partition_of) &&
                     (!delta.from || delta.touches(fields.partition_of) || delta.touches(fields.bound));
  const Id parent = joins && (*delta.to)[fields.bound] != "default" ? dropped_with(*delta.to) : Id();
  const Object* before = parent ? users.from.find(parent) : nullptr;
  if (!before || !before->has(fields.partition_by)) return {};
  for (const Id id : users.of(parent)) {
    const Object& other = *users.from.find(id);
    if (!is_table(*id->kind) || id == delta.id || other[fields.bound] != "default") continue;
    if (other[fields.partition_of] != qualified(parent) || !users.to.find(id)) continue;
    const Text where = concat(path(delta.id), " beside ", path(id), ": ");
    return {{"rewrite", concat(where, "scans every row of the default partition under an exclusive lock on it")},
            {"may-fail", concat(where, "fails where the default partition holds rows of the new one's bound")}};
  }
  return {};
}

std::string_view attached_index() {
  return R"(, case when x.relispartition then (select ip.relname from pg_catalog.pg_inherits ih
    join pg_catalog.pg_class ip on ip.oid = ih.inhparent where ih.inhrelid = x.oid) end as attached_to)";
}
std::string_view backed_index() {
  return R"(, case when k.conparentid = 0 and x.relispartition then (select ip.relname from pg_catalog.pg_inherits ih
    join pg_catalog.pg_class ip on ip.oid = ih.inhparent where ih.inhrelid = x.oid) end as backs)";
}
std::string_view attached_constraint() {
  return R"(, case when k.conparentid <> 0 then (select kp.conname from pg_catalog.pg_constraint kp
    where kp.oid = k.conparentid) end as attached_to)";
}

}  // namespace quoin
