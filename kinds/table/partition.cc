#include "kinds/table/partition.h"

#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/named.h"
#include "kinds/table/table_reading.h"
#include "kinds/users.h"

namespace quoin {

namespace {
constexpr const TableFields& fields = table_fields;

Id table_of(Id id) {
  while (id && id->kind != &table_kind) id = id->parent;
  return id;
}

/// The object of the same place and name below another table; null where there never was one.
Id counterpart(Id id, Id table, Ids& ids) {
  if (id->kind == &table_kind) return table;
  return ids.of(*id->kind, counterpart(id->parent, table, ids), id->name, id->signature);
}

using Words = Text (*)(std::string_view);  // how keywords are spelt: upper in SQL, lower in the field

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

Text bound_clause(const Object& table) {
  if (table[fields.bound] == "default") return "DEFAULT";
  const ast::Tree tree = parse_bound(table[fields.bound]);
  return concat("FOR VALUES ", bound_text(tree.statements()[0].node["partbound"], upper));
}
}  // namespace

Text bound_of(ast::Node partition_bound) { return bound_text(partition_bound, lower); }

Text settled_bound(std::string_view bound) {
  return bound.empty() ? Text() : bound_of(parse_bound(bound).statements()[0].node["partbound"]);
}

Id parent_of_partition(const Object& table, const Schema& schema) {
  if (!table.has(fields.partition_of)) return {};
  const std::string_view name = table[fields.partition_of];
  for (const Id used : table.needs)
    if (used->kind == &table_kind && qualified(used) == name) return used;
  return named(table_kind, name, schema);
}

Id inherited_from(const Object& o) {
  const Id table = table_of(o.id);
  for (const Id used : o.needs)
    if (used->kind == o.id->kind && table_of(used) != table && (!used->kind->is_column() || used->name == o.id->name))
      return used;
  return {};
}

namespace {
// A partition may have a default that is not the parent's.
bool may_differ(const Kind& kind) { return kind.name == default_kind.name; }

const FieldBase* attached_to(const Object& o) { return o.id->kind->fields.find("attached_to"); }

std::string_view label_of(const Kind& kind) {
  if (kind.name == index_kind.name) return "idx";
  if (kind.implied_name) return "pkey";
  return kind.name == foreign_key_kind.name ? "fkey" : kind.name == exclusion_kind.name ? "excl" : "key";
}

/// What the server makes the name of an index or constraint of, besides the table's.
List named_after(const Object& o) {
  if (o.id->kind->implied_name) return {};
  const auto items = [&](std::string_view name) {
    const FieldBase* field = o.id->kind->fields.find(name);
    const List* list = field ? std::get_if<List>(&o.value(*field)) : nullptr;
    return list ? *list : List();
  };
  List names = items("columns");
  if (const List keys = items("keys"); !keys.empty()) {
    const ast::Tree tree = ast::Tree::parse(concat("CREATE INDEX ON t (", join(keys, ", "), ")"));
    names = index_column_names(together(tree.statements()[0].node["indexParams"], ast::Node()));
  }
  for (Text& included : items("include")) names.push_back(std::move(included));
  return names;
}

void tie(Object& o, Schema& schema) {
  const Object* table = schema.find(table_of(o.id));
  const Id parent = table && table->id != o.id ? parent_of_partition(*table, schema) : Id();
  if (!parent) return;
  Id leader = counterpart(o.id, parent, schema.ids());
  if (const FieldBase* to = attached_to(o)) {
    if (!o.has(*to)) return;
    leader = schema.ids().of(*o.id->kind, parent, std::get<Text>(o.value(*to)));
  }
  const Object* above = schema.find(leader);
  if (above && !(may_differ(*o.id->kind) && o.differences(*above).any())) o.need(leader);
}

std::vector<Id> partitions_of(Id table, Schema& schema) {
  std::vector<Id> all;
  const Object* object = schema.find(table);
  if (!object || !object->has(fields.partition_by)) return all;
  for (const Id user : schema.users(table))
    if (user->kind == &table_kind && parent_of_partition(*schema.find(user), schema) == table) all.push_back(user);
  return all;
}

bool follows_it(const Object& o, Id leader) { return std::ranges::count(o.needs, leader) > 0; }

/// A key of a partition's own, whose index is attached to this one of the parent's.
Object* backing(const Object& leader, Id partition, Schema& schema) {
  if (leader.id->kind != &index_kind) return nullptr;
  Object* found = nullptr;
  schema.each_child(partition, [&](const Object& child) {
    if (child.id->kind != &primary_key_kind && child.id->kind != &unique_kind) return;
    const KeyFields& key = static_cast<const KeyFields&>(child.id->kind->fields);
    if (child[key.backs] == leader.id->name) found = schema.find(child.id);
  });
  return found;
}

/// What a partition has that is, or can become, what the parent's object brings.
Object* match(const Object& leader, Id partition, Schema& schema) {
  const Id place = counterpart(leader.id, partition, schema.ids());
  const FieldBase* to = attached_to(leader);
  if (!to) return schema.find(place);
  Object* found = nullptr;
  schema.each_child(partition, [&](const Object& child) {
    if (child.id->kind != leader.id->kind) return;
    const bool free = !child.has(*to) && child.differences(leader).none();
    const auto* attached = std::get_if<Text>(&child.value(*to));
    const bool is_its = follows_it(child, leader.id) || (attached && *attached == leader.id->name);
    if (is_its || (free && !found)) found = schema.find(child.id);
  });
  return found;
}

Text free_name(const Object& leader, Id partition, Schema& schema) {
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

/// Needs of the parent's object, as they are in the partition.
std::vector<Id> needs_in(Id partition, const Object& leader, Schema& schema) {
  std::vector<Id> all;
  const Id parent = table_of(leader.id);
  for (const Id used : leader.needs) {
    const bool own = table_of(used) == parent && used->kind != &table_kind;
    const Id there = own ? counterpart(used, partition, schema.ids()) : used;
    if (inherited_from(leader) != used && (!own || schema.find(there))) all.push_back(there);
  }
  return all;
}

void inherit(Id leader_id, Id partition, Schema& schema);

void fill(Object& o, const Object& leader) {
  for (const FieldBase* field : leader.id->kind->fields)
    if (is_compared(field->counts) && field->name != "clustered" && field->name != "replica_identity")
      o.put(*field, leader.value(*field));
}

void make(const Object& leader, Id partition, Schema& schema) {
  const Kind& kind = *leader.id->kind;
  const Id below = counterpart(leader.id->parent, partition, schema.ids());
  if (!schema.find(below)) return;
  const FieldBase* to = attached_to(leader);
  const Text name = to ? free_name(leader, partition, schema) : leader.id->name;
  Object& o = schema.add(schema.ids().of(kind, below, name));
  o.place = leader.place;
  fill(o, leader);
  o.needs = needs_in(partition, leader, schema);
  if (to) o.put(*to, leader.id->name);
  o.need(leader.id);
  schema.changed(o.id);
  const Id id = o.id;
  for (const Id next : partitions_of(partition, schema)) inherit(id, next, schema);
}

void inherit(Id leader_id, Id partition, Schema& schema) {
  Object& leader = *schema.find(leader_id);
  if (const Object* key = backing(leader, partition, schema)) {
    leader.want(key->id);
    Object& table = *schema.find(partition);
    table.put(fields.apart, true);
    table.want(key->id);
    return;
  }
  Object* o = match(leader, partition, schema);
  if (!o) return make(leader, partition, schema);
  if (const FieldBase* to = attached_to(leader)) {
    o->put(*to, leader.id->name);
  } else if (follows_it(*o, leader.id)) {
    for (const FieldBase* field : leader.id->kind->fields)
      if (is_compared(field->counts) && (!field->alter || may_differ(*leader.id->kind)))
        o->put(*field, leader.value(*field));
  }
  tie(*o, schema);
  schema.changed(o->id);
}
}  // namespace

void derive_inheritance(Object& o, Schema& schema) {
  tie(o, schema);
  const FieldBase* only = o.id->kind->fields.find("only");
  if (only && o.has(*only)) return;
  const Id id = o.id;
  for (const Id partition : partitions_of(table_of(id), schema)) inherit(id, partition, schema);
}

namespace {
void inherit_below(Id parent, Id partition, Joins joins, Schema& schema) {
  for (const Object* child : schema.children(parent)) {
    const Kind& kind = *child->id->kind;
    if (!kind.follows) continue;
    if (may_differ(kind) && joins == Joins::by_attach) {
      const Id own = counterpart(child->id, partition, schema.ids());
      if (!schema.find(own) && schema.find(own->parent)) schema.add(own).put("expression", Text("NULL"));
    } else {
      inherit(child->id, partition, schema);
    }
    inherit_below(child->id, partition, joins, schema);
  }
}
}  // namespace

void inherit_all(Id partition, Joins joins, Schema& schema) {
  const Id parent = parent_of_partition(*schema.find(partition), schema);
  if (parent) inherit_below(parent, partition, joins, schema);
}

void mark_as_referred_to(Id table, Schema& schema) {
  for (const Id partition : partitions_of(table, schema)) {
    schema.find(partition)->put(fields.referred_to, true);
    mark_as_referred_to(partition, schema);
  }
}

Steps keep_name(const Object& o) {
  const Text chosen = object_name(o.id->parent->name, join(named_after(o), "_"), label_of(*o.id->kind));
  const std::string_view name = o.id->name, stem = name.substr(0, name.find_last_not_of("0123456789") + 1);
  if (name == chosen || stem == chosen) return {};
  return only(
      {.sql = concat("ALTER INDEX ", quote_qualified(schema_of(o.id)->name, chosen), " RENAME TO ", quote_ident(name)),
       .needs = {o.id}});
}

void inherit_columns(Id table, Schema& schema) {
  const Id parent = parent_of_partition(*schema.find(table), schema);
  if (!parent) return;
  int position = 0;
  for (const Object* child : schema.children(parent))
    if (child->id->kind == &column_kind) {
      inherit(child->id, table, schema);
      schema.find(counterpart(child->id, table, schema.ids()))->position = ++position;
    }
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

namespace {
Step attach(const Object& table) {
  return {.sql = concat("ALTER TABLE ", table[fields.partition_of], " ATTACH PARTITION ", qualified(table.id), " ",
                        bound_clause(table)),
          .needs = table.needs,
          .hazards = {{"may-fail", concat(path(table.id), ": fails where a row is not within its bound")}}};
}
Step detach(const Object& table) {
  return {.sql = concat("ALTER TABLE ", table[fields.partition_of], " DETACH PARTITION ", qualified(table.id)),
          .makes = {table.id},
          .releases = table.needs};
}

template <class Visit>
void each_below(Id id, const Schema& schema, Visit visit) {
  for (const Object* child : schema.children(id)) {
    visit(*child);
    each_below(child->id, schema, visit);
  }
}
}  // namespace

// Whose own key is to be attached where the server would make an index: it has to be there by then.
Steps create_partition(const Object& table, std::string_view verb, std::string_view clauses) {
  if (!table[fields.apart])
    return only(making(table, concat(verb, qualified(table.id), " PARTITION OF ", table[fields.partition_of], " ",
                                     bound_clause(table), clauses)));
  Steps steps = only(making(table, concat(verb, qualified(table.id), " (LIKE ", table[fields.partition_of],
                                          " INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY EXCLUDING COMMENTS "
                                          "EXCLUDING STATISTICS)",
                                          clauses)));
  Step attaching = attach(table);
  attaching.hazards.clear();
  attaching.needs.insert(attaching.needs.end(), table.wants.begin(), table.wants.end());
  attaching.needs.push_back(table.id);
  steps.push_back(std::move(attaching));
  return steps;
}

Change change_partition(const Delta& delta, const Users& users) {
  const Object &from = *delta.from, &to = *delta.to;
  Steps steps;
  if (from.has(fields.partition_of)) {
    steps.push_back(detach(from));
    // What the parent brought stays behind.
    each_below(delta.id, users.from, [&](const Object& o) {
      if (inherited_from(o) && !users.to.find(o.id)) steps.push_back(dropping(o, drop_sql(o)));
    });
  }
  if (!to.has(fields.partition_of)) return steps;
  Step attaching = attach(to);
  // All that the parent asks for has to be there; the rest it brings.
  each_below(delta.id, users.to, [&](const Object& o) {
    if (!inherited_from(o)) return;
    if (users.from.find(o.id)) return attaching.needs.push_back(o.id);
    const bool is_asked_for = o.id->kind == &check_kind || o.id->kind == &not_null_kind || o.id->kind == &column_kind;
    if (!is_asked_for) return attaching.makes.push_back(o.id);
    attaching.needs.push_back(o.id);
    for (Step& step : o.id->kind->create(o)) {
      std::erase_if(step.needs, [&](Id used) { return used == inherited_from(o); });
      if (!step.prefix.empty() || !step.host) step.sql = concat(step.prefix, step.sql, step.tail);
      step.prefix.clear();
      step.tail.clear();
      step.separator = {};
      step.host = Id();
      steps.push_back(std::move(step));
    }
  });
  steps.push_back(std::move(attaching));
  return steps;
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
