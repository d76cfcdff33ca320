// Everything quoin knows about foreign keys.
#include "core/sql/print.h"
#include "kinds/named.h"
#include "kinds/table/partition.h"
#include "kinds/table/table_reading.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<List> columns{*this, "columns", "what refers", {.role = Role::column, .presence = Presence::filled}};
  Field<Text> references{
      *this, "references", "the table that is referred to", {.role = Role::relation, .presence = Presence::filled}};
  Field<List> referenced_columns{
      *this, "referenced_columns", "its columns; not given: its primary key", {.role = Role::foreign_column}};
  Field<Text> match{*this,
                    "match",
                    "simple or full: whether some columns may be null",
                    {.fallback = "simple", .words = "simple|full"}};
  Field<Text> on_update{*this,
                        "on_update",
                        "what follows when a key changes",
                        {.fallback = "no action", .words = "no action|restrict|cascade|set null|set default"}};
  Field<Text> on_delete{*this,
                        "on_delete",
                        "what follows when the row goes",
                        {.fallback = "no action", .words = "no action|restrict|cascade|set null|set default"}};
  Field<List> on_delete_columns{
      *this, "on_delete_columns", "those that on_delete sets, where not all", {.role = Role::column}};
  Field<bool> period{*this, "period", "the last column is a range that must be covered (PostgreSQL 18)"};
  Field<bool> deferrable{*this, "deferrable", "may be checked at the end of the transaction"};
  Field<bool> initially_deferred{*this, "initially_deferred", "is checked then unless told otherwise"};
  Field<bool> not_valid{*this, "not_valid", "rows of before may break it"};
  Field<bool> not_enforced{*this, "not_enforced", "is written down, not checked (PostgreSQL 18)"};
  Field<Text> attached_to{*this,
                          "attached_to",
                          "the constraint of the parent that brings it",
                          {.counts = Counts::once, .heirs = Heirs::have_their_own}};
  Field<bool> leaves_name{*this,
                          "leaves_name",
                          "another constraint of the partition has the name of the parent's",
                          {.counts = Counts::derived, .heirs = Heirs::have_their_own}};
} fields;

Text key_columns(const Object& o, std::span<const Text> columns) {
  if (!o[fields.period] || columns.empty()) return columns_clause(columns);
  const Text range = concat("PERIOD ", quote_ident(columns.back()), ")");
  return columns.size() == 1 ? "(" + range : concat("(", quoted_list(columns.first(columns.size() - 1)), ", ", range);
}

// What follows REFERENCES t (c): in upper case for SQL, in lower case for YAML.
enum class Case { upper, lower };
Text actions(const Object& o, Case letters) {
  const auto word = [&](std::string_view said) { return letters == Case::upper ? upper(said) : Text(said); };
  Text sql;
  if (o.has(fields.match)) sql += word(concat(" match ", o[fields.match]));
  if (o.has(fields.on_update)) sql += word(concat(" on update ", o[fields.on_update]));
  if (o.has(fields.on_delete)) sql += word(concat(" on delete ", o[fields.on_delete]));
  if (o.has(fields.on_delete_columns)) sql += " " + columns_clause(o[fields.on_delete_columns]);
  sql += word(lower(deferral_clause(o, fields.deferrable, fields.initially_deferred)));
  if (o[fields.not_enforced]) return sql + word(" not enforced");
  return o[fields.not_valid] ? sql + word(" not valid") : sql;
}
Text references(const Object& o) {
  return concat(o[fields.references],
                o.has(fields.referenced_columns) ? " " + key_columns(o, o[fields.referenced_columns]) : Text());
}

// The table that is referred to: `references` names it, the needs know it.
Id referenced_table(const Object& o) {
  const auto is_named = [&](Id id) { return id->kind == &table_kind && qualified(id) == o[fields.references]; };
  for (Id used : o.needs) {
    if (is_named(used)) return used;
    if (used->kind == &column_kind && is_named(used->parent)) return used->parent;
  }
  return is_named(o.id->parent) ? o.id->parent : Id();
}

Steps create(const Object& o) {
  Step step = adding_constraint(o, concat("FOREIGN KEY ", key_columns(o, o[fields.columns]), " REFERENCES ",
                                          references(o), actions(o, Case::upper)));
  if (o[fields.not_valid])
    step.host = Id();  // in CREATE TABLE the server takes it for valid
  else if (!o[fields.not_enforced])
    step.hazards = {{"may-fail", concat(path(o.id), ": fails where a row refers to none")}};
  // A foreign key stands on each partition that is there when it comes, and that one could not go any more.
  if (const Id table = referenced_table(o))
    step.takes_shared = {key_slot(table, o[fields.referenced_columns]), bounds_slot(table)};
  return only(std::move(step));
}

Step altered(const Delta& delta, std::string_view verb, std::string_view action) {
  return in_place(delta,
                  alter_table(delta.id->parent, concat(verb, " CONSTRAINT ", quote_ident(delta.id->name), action)));
}

/// True if the key goes on which it rests: it goes with that, and comes again on another.
bool loses_its_key(const Object& from, const Schema& to) {
  return std::ranges::any_of(
      from.needs, [&](Id used) { return used->kind != &table_kind && used->kind != &column_kind && !to.find(used); });
}

Change change(const Delta& delta, const Users& users) {
  const Object& to = *delta.to;
  if (loses_its_key(*delta.from, users.to)) return Cannot{"the key that it refers to goes"};
  FieldSet rest = delta.changed;
  const bool deferral = delta.touches(fields.deferrable) || delta.touches(fields.initially_deferred);
  for (const Field<bool>* field : {&fields.deferrable, &fields.initially_deferred}) rest.reset(field->ordinal);
  const bool validated = delta.touches(fields.not_valid) && !to[fields.not_valid];
  if (validated) rest.reset(fields.not_valid.ordinal);
  if (rest.any()) return Cannot{"what it refers to, and how, cannot change in place"};
  Steps steps;
  const Text words = deferral_clause(to, fields.deferrable, fields.initially_deferred);
  if (deferral)
    steps.push_back(altered(delta, "ALTER",
                            words.empty()                   ? " NOT DEFERRABLE"
                            : to[fields.initially_deferred] ? words
                                                            : words + " INITIALLY IMMEDIATE"));
  if (validated) {
    steps.push_back(altered(delta, "VALIDATE", ""));
    steps.back().hazards = {{"may-fail", concat(path(to.id), ": fails where a row refers to none")}};
  }
  return steps;
}

Text catalog(int server_version) {
  const auto action = [](std::string_view column) {
    return concat("case k.", column,
                  " when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default' "
                  "when 'r' then 'restrict' else 'no action' end");
  };
  return concat(
      R"(
select 2606 as class, k.oid as oid, 0 as sub, 1259 as parent_class, k.conrelid as parent_oid, 0 as parent_sub,
  k.conname as name, k.conkey as "#columns", k.confrelid::pg_catalog.regclass as references, )",
      column_names("k.confkey", "k.confrelid"),
      " as referenced_columns, case k.confmatchtype when 'f' then 'full' else 'simple' end as match, ",
      action("confupdtype"), " as on_update, ", action("confdeltype"), " as on_delete, ",
      server_version >= 150000 ? "k.confdelsetcols as \"#on_delete_columns\", " : "",
      server_version >= 180000 ? "k.conperiod as period, not k.conenforced as not_enforced, "
                                 "not k.convalidated and k.conenforced as not_valid, "
                               : "not k.convalidated as not_valid, ",
      "k.condeferrable as deferrable, k.condeferred as initially_deferred", attached_constraint(), R"(
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
left join pg_catalog.pg_constraint kp on kp.oid = k.conparentid
where k.contype = 'f' and kp.conrelid is distinct from k.conrelid and )",
      users_table("c"));
}

bool same_set(std::span<const Text> a, std::span<const Text> b) {
  return a.size() == b.size() &&
         std::ranges::all_of(a, [&](const Text& name) { return std::ranges::count(b, name) > 0; });
}
// The server takes the primary key where no columns are named.
void rest_on_key(Object& o, Schema& schema) {
  Id table = referenced_table(o);
  if (!table) table = named(table_kind, o[fields.references], schema);  // its needs are not known yet
  if (!table) return;
  mark_as_referred_to(table, schema);
  o.need(table);
  std::vector<const Object*> keys;  // few, though columns may be many
  schema.each_child(table, [&](const Object& child) {
    if (!unique_columns(child).empty()) keys.push_back(&child);
  });
  std::ranges::sort(keys, {}, &Object::id);
  const Object* rest = nullptr;
  for (const Object* child : keys) {
    const bool whole_key = !o.has(fields.referenced_columns) && child->id->kind == &primary_key_kind;
    const List columns = unique_columns(*child);
    if (whole_key) {
      o.put(fields.referenced_columns, columns);
      for (const Text& column : columns) o.need(schema.ids().of(column_kind, table, column));
    }
    if (!rest && same_set(columns, o[fields.referenced_columns])) rest = child;
  }
  if (rest) o.need(rest->id);
}

// The parent's takes its own name in a partition where that is free, so that what has it there comes before: before a
// new one of the parent's, and before a new partition is attached.
void leave_name_to(Id holder, Object& leader, Schema& schema) {
  leader.want(holder);
  schema.changed(leader.id);
  Object& partition = *schema.find(holder->parent);
  partition.put(table_fields.apart, true);
  partition.want(holder);
  schema.changed(partition.id);
}

// What a foreign key rests on comes first: those of partitions rest on the same.
void derive(Object& o, Schema& schema) {
  rest_on_key(o, schema);
  derive_inheritance(o, schema);
  const Id leader = inherited_from(o);
  const Id holder = leader ? schema.holder(Slot{space::constraint, o.id->parent, leader->name, {}}) : Id();
  o.put(fields.leaves_name, holder && holder != o.id);
  const Object* other = o[fields.leaves_name] ? schema.find(holder) : nullptr;
  if (other && !inherited_from(*other) && schema.find(leader)) leave_name_to(holder, *schema.find(leader), schema);
}

// The server calls it as the parent's, where that is free; else it chooses a name, which was kept.
Steps name_as_wanted(const Object& o) {
  const Id leader = inherited_from(o);
  if (!leader || leader->name == o.id->name || o[fields.leaves_name]) return {};
  const Text change = concat("RENAME CONSTRAINT ", quote_ident(leader->name), " TO ", quote_ident(o.id->name));
  return only({.sql = alter_table(o.id->parent, change), .needs = {o.id}});
}

Edge edge(const Object& o, const Schema& schema) {
  Edge arrow{.to = referenced_table(o)};
  for (const Text& name : o[fields.columns]) {
    const Object* column = schema.find(column_kind, o.id->parent, name);
    if (!column || !schema.find(not_null_kind, column->id, {})) arrow.may_lead_nowhere = true;
  }
  schema.each_child(o.id->parent, [&](const Object& child) {
    const List unique = unique_columns(child);
    const bool within =
        std::ranges::all_of(unique, [&](const Text& name) { return std::ranges::count(o[fields.columns], name) > 0; });
    if (!unique.empty() && within) arrow.at_most_one = true;
  });
  return arrow;
}

Text action_word(ast::Node letter) {
  const std::string_view word = letter.text();
  return word == "c"   ? "cascade"
         : word == "n" ? "set null"
         : word == "d" ? "set default"
         : word == "r" ? "restrict"
                       : "no action";
}

void read(ast::Node constraint, Reading& reading) {
  const Id table = table_under(reading);
  if (!table) return;
  const List columns = constrained_columns(constraint, "fk_attrs", reading);
  Object* o = reading.make(foreign_key_kind, table, constraint_name(constraint, reading, columns, "fkey"));
  if (!o) return;
  o->put(fields.columns, columns);
  o->put(fields.references, ast::print_name(constraint["pktable"]));
  o->put(fields.referenced_columns, constraint["pk_attrs"].texts());
  o->put(fields.match, Text(constraint["fk_matchtype"].text() == "f" ? "full" : "simple"));
  o->put(fields.on_update, action_word(constraint["fk_upd_action"]));
  o->put(fields.on_delete, action_word(constraint["fk_del_action"]));
  o->put(fields.on_delete_columns, constraint["fk_del_set_cols"].texts());
  o->put(fields.period, constraint["fk_with_period"].flag());
  o->put(fields.deferrable, constraint["deferrable"].flag());
  o->put(fields.initially_deferred, constraint["initdeferred"].flag());
  o->put(fields.not_enforced, constraint["not_enforced"].flag());
  o->put(fields.not_valid, constraint["skip_validation"].flag() && !constraint["not_enforced"].flag());
}

Text statement(Id id, std::string_view shorthand) {
  return alter_table(id->parent, concat("ADD CONSTRAINT ", quote_ident(id->name), " FOREIGN KEY ", shorthand));
}
// "(user_id) references users (id) on delete cascade"
Text shorthand(const Object& o, std::span<const Object* const>) {
  if (o.has(fields.attached_to)) return {};
  return concat(key_columns(o, o[fields.columns]), " references ", references(o), actions(o, Case::lower));
}

constexpr StatementReader readers[] = {{"Constraint", "CONSTR_FOREIGN", read, Lock::share_row_exclusive}};
constexpr std::string_view parents[] = {"table"};
}  // namespace

constexpr Kind foreign_key_kind{.name = "foreign key",
                                .key = "foreign_keys",
                                .weight = 210,
                                .fields = fields,
                                .traits = replaceable | dropped_with_parent | dropped_with_column | is_edge,
                                .noun = "CONSTRAINT",
                                .object_type = "OBJECT_TABCONSTRAINT",
                                .addressed = &by_relation,
                                .space = space::constraint,
                                .parents = parents,
                                .follows = inherited_from,
                                .edge = edge,
                                .sql = {.create = create,
                                        .drop = drop_constraint,
                                        .change = change,
                                        .rename = rename_constraint,
                                        .after_leader = name_as_wanted},
                                .reading = {.catalog = catalog, .readers = readers, .derive = derive},
                                .yaml = {.statement = statement, .shorthand = shorthand, .mistakable = has_a_double}};
}  // namespace quoin
