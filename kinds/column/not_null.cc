// Everything quoin knows about NOT NULL: a constraint with a name from PostgreSQL 18 on.
#include "core/model/place.h"
#include "core/model/space.h"
#include "kinds/column/column_fields.h"
#include "kinds/column/null.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_reading.h"
#include "kinds/users.h"

namespace quoin {
namespace {
Text set_comment(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> constraint{*this,
                         "constraint",
                         "its name, where it is not {table}_{column}_not_null (PostgreSQL 18)",
                         {.since = 18, .heirs = Heirs::begin_with_it}};
  Field<bool> no_inherit{*this, "no_inherit", "does not bind tables that inherit (PostgreSQL 18)", {.since = 18}};
  Field<bool> not_valid{
      *this, "not_valid", "rows of before may hold null (PostgreSQL 18)", {.since = 18, .heirs = Heirs::begin_with_it}};
  Field<Text> comment{*this,
                      "constraint_comment",
                      "what is said of it (PostgreSQL 18)",
                      {.role = Role::text,
                       .alter = set_comment,
                       .since = 18,
                       .heirs = Heirs::have_their_own,
                       .matter = Matter::comment}};
  Field<bool> inherited{*this,
                        "inherited",
                        "is there by what its table inherits alone, not of its own besides",
                        {.counts = Counts::once}};
  Field<bool> validated{*this,
                        "validated",
                        "holds for all rows of this table, though the parent's is NOT VALID (PostgreSQL 18)",
                        {.counts = Counts::once, .since = 18, .heirs = Heirs::have_their_own}};
  Field<bool> says_name{
      *this, "says_name", "its name is said, which a parent's may take the place of", {.counts = Counts::derived}};
  Field<Text> unsaid{*this,
                     "unsaid",
                     "its name, where nobody said it: numbered, another having it, or of what was called otherwise",
                     {.counts = Counts::derived}};
  Field<bool> of_inherited{
      *this, "of_inherited", "its column is there by what the table inherits alone", {.counts = Counts::derived}};
  Field<bool> of_partitions_own{*this,
                                "of_partitions_own",
                                "a partition has it of its own besides the parent's",
                                {.counts = Counts::derived, .heirs = Heirs::have_their_own}};
  Field<bool> filled{*this, "filled", "a new row has a value by itself", {.counts = Counts::derived}};
  Field<bool> by_default{*this, "by_default", "its column has a default", {.counts = Counts::derived}};
} fields;

Text implied_name(Id id) { return object_name(id->parent->parent->name, id->parent->name, "not_null"); }
// Which of two tables with long names gets the number depends on which came first, and says nothing.
bool is_numbered(std::string_view name, Id id) {
  const std::size_t digits = name.find_last_not_of("0123456789") + 1;
  if (name.empty() || digits == name.size()) return false;
  const Text label = concat("not_null", name.substr(digits));
  return name == object_name(id->parent->parent->name, id->parent->name, label);
}
Text name_of(const Object& o) {
  for (const auto* field : {&fields.constraint, &fields.unsaid})
    if (o.has(*field)) return Text(o[*field]);
  return implied_name(o.id);
}
Id table_of(const Object& o) { return o.id->parent->parent; }

Text set_comment(const Object&, const Object& to) {
  return concat("COMMENT ON CONSTRAINT ", quote_ident(name_of(to)), " ON ", qualified(table_of(to)), " IS ",
                to.has(fields.comment) ? quote_literal(to[fields.comment]) : Text("NULL"));
}
Steps with_comment(Step making, const Object& o) {
  Steps steps = only(std::move(making));
  if (o.has(fields.comment)) steps.push_back({.sql = set_comment(o, o), .needs = {o.id}});
  return steps;
}

// Where it is there of its own besides, and its name is not said.
bool would_be_called_as_above(const Object& o) {
  return own_besides(o) && o.id->parent->name == inherited_from(o)->parent->name;
}
// Where its table joins the parent by a step of its own, it is there before, and has to have the parent's name by then.
bool is_called_by_parent(const Object& o) { return o[fields.inherited] && inherited_from(o) && !own_besides(o); }

bool is_named(const Object& o) {
  if (o.has(fields.constraint)) return true;
  if (o[fields.says_name]) return would_be_called_as_above(o) || is_called_by_parent(o);
  return o.has(fields.unsaid) && o[fields.unsaid] != implied_name(o.id) &&
         (!inherited_from(o) || (own_besides(o) && !o[fields.of_inherited]));
}

Steps create(const Object& o) {
  const Id column = o.id->parent;
  const Text name = is_named(o) ? concat("CONSTRAINT ", quote_ident(name_of(o)), " ") : Text();
  const std::string_view no_inherit = o[fields.no_inherit] ? " NO INHERIT" : "";
  Step step = making(o, concat(name, "NOT NULL"));
  forget_leader(step, o);
  step.host = column;
  if (is_named(o) && o[fields.of_inherited]) {  // in CREATE TABLE it still may have a name of its own
    step.sql += concat(" ", quote_ident(column->name));
    step.prefix = alter_table(table_of(o), "ADD ");
    step.host = table_of(o);
    return with_comment(std::move(step), o);
  }
  // What a column's own clause cannot say, or says at another place, is a statement.
  if (o[fields.not_valid] || o[fields.no_inherit]) {
    step.sql = alter_table(table_of(o), concat("ADD ", name, "NOT NULL ", quote_ident(column->name), no_inherit,
                                               o[fields.not_valid] ? " NOT VALID" : ""));
    step.host = Id();
    return with_comment(std::move(step), o);
  }
  if (name.empty()) {
    step.prefix = alter_column(column, "SET ");
  } else {
    step.prefix = alter_table(table_of(o), "ADD ");
    step.tail = concat(" ", quote_ident(column->name));
  }
  if (!table_of(o)->kind->has(holds_rows)) return with_comment(std::move(step), o);
  const Text name_of_column = quote_ident(column->name);
  const Text fill = concat("; to fill them first: UPDATE ", qualified(column->parent), " SET ", name_of_column,
                           " = DEFAULT WHERE ", name_of_column, " IS NULL");
  step.alone = {{"may-fail", concat(path(column), " becomes NOT NULL: fails where a row holds null",
                                    o[fields.by_default] ? fill : Text())}};
  if (!o[fields.filled])
    step.hazards = {
        {"may-fail", concat(path(column), " is NOT NULL without a default: fails where the table has rows")}};
  return with_comment(std::move(step), o);
}
Steps drop(const Object& o) { return only(dropping(o, alter_column(o.id->parent, "DROP NOT NULL"))); }

// SET NOT NULL of what the parent has brought makes it the partition's own as well (ATExecSetNotNull()).
Steps make_own(const Object& o) {
  if (!o[fields.of_partitions_own]) return validate_alone(o, name_of(o));
  return only(
      {.sql = alter_column(o.id->parent, "SET NOT NULL"), .needs = {o.id}, .takes = {once_a_part(table_of(o))}});
}

// Renaming it renames those of the heirs, which may be called otherwise: what goes has gone by then.
void come_after_heirs_that_go(Id table, const Users& users, Step& step) {
  for (const Id user : users.of(table))
    if (is_table(*user->kind) && !users.to.find(user)) step.after_drop_of.push_back(user);
}

Change change(const Delta& delta, const Users& users) {
  const Object &from = *delta.from, &to = *delta.to;
  if (delta.touches(fields.not_valid) && to[fields.not_valid])
    return Cannot{"a valid NOT NULL cannot become NOT VALID"};
  Steps steps;
  const Text name = quote_ident(name_of(to));
  if (name_of(from) != name_of(to)) {
    steps.push_back(in_place(
        delta, alter_table(table_of(to), concat("RENAME CONSTRAINT ", quote_ident(name_of(from)), " TO ", name))));
    come_after_heirs_that_go(table_of(to), users, steps.back());
  }
  if (delta.touches(fields.not_valid)) {
    steps.push_back(in_place(delta, alter_table(table_of(to), "VALIDATE CONSTRAINT " + name)));
    steps.back().hazards = {{"may-fail", concat(path(to.id), ": fails where a row holds null")}};
  }
  if (delta.touches(fields.no_inherit))
    steps.push_back(in_place(
        delta, alter_table(table_of(to),
                           concat("ALTER CONSTRAINT ", name, to[fields.no_inherit] ? " NO INHERIT" : " INHERIT"))));
  return steps;
}

Slots slots(const Object& o) {
  Slots all;
  all.push_back({space::constraint, table_of(o), name_of(o), {}});
  return all;
}
Follow on_rebuild(const Delta&, const Rebuilt&, const Users&) { return Unaffected{}; }

void derive(Object& o, Schema& schema) {
  const bool generated = schema.find(o.id->parent) && schema.find(o.id->parent)->has(column_fields.generated);
  const auto has = [&](const Kind& kind) {
    return schema.any_child(o.id->parent, [&](const Object& sibling) { return sibling.id->kind == &kind; });
  };
  o.put(fields.by_default, has(default_kind));
  o.put(fields.filled, generated || has(default_kind) || has(identity_kind));
  derive_inheritance(o, schema);
  const Id leader = inherited_from(o);
  if (!leader) o.put(fields.inherited, Value());
  const Object* table = schema.find(table_of(o));
  if (!leader || !table || !is_named_apart(*table, o.id->parent->name))
    follow_validity(o, schema);
  else
    o.put(fields.not_valid, schema.find(leader)->value(fields.not_valid));
  o.put(fields.of_partitions_own,
        leader && table && std::ranges::count((*table)[table_fields.own_not_nulls], o.id->parent->name) > 0);
  const bool is_told = schema.major != 0 || o.has(fields.constraint);
  if ((o[fields.inherited] || o[fields.validated]) && !is_told) o.put(fields.unsaid, name_of(*schema.find(leader)));
  const Object* column = schema.find(o.id->parent);
  o.put(fields.of_inherited, column && inherited_from(*column) && !own_besides(*column));
  if (o.has(fields.constraint) && o[fields.constraint] == implied_name(o.id)) {
    o.put(fields.says_name, true);
    if (!would_be_called_as_above(o)) o.put(fields.constraint, Text());
  }
  // What a table has from its parent cannot be renamed, and which name it got tells how it came to be there.
  // One of its own besides that is called as the parent's would get that name unsaid.
  const bool is_called_as_above =
      leader && (o[fields.constraint] == name_of(*schema.find(leader)) || o[fields.constraint] == implied_name(leader));
  const bool is_parents = leader && (is_called_as_above || !own_besides(o)) && o.has(fields.constraint);
  if (!is_numbered(o[fields.constraint], o.id) && !is_parents) return;
  if (o[fields.inherited] && is_parents) o.put(fields.says_name, true);
  o.put(fields.unsaid, Text(o[fields.constraint]));
  o.put(fields.constraint, Text());
}

// Up to 17 it has no name at all, and without a server nobody knows whether it has.
void spell_out(Object& o, const Schema& schema) {
  if (schema.major >= 18) o.put(fields.constraint, name_of(o));
  if (schema.major == 0 && !o.has(fields.constraint)) o.put(fields.unsaid, name_of(o));
}

bool implied(const Object& o, const Schema& schema) {
  if (o[fields.of_partitions_own]) return true;  // which its table says
  if (o.has(fields.constraint) || o.has(fields.no_inherit) || o.has(fields.not_valid) || o.has(fields.comment))
    return false;
  bool is_implied = false;
  schema.each_child(o.id->parent, [&](const Object& sibling) { is_implied |= sibling.id->kind == &identity_kind; });
  schema.each_child(table_of(o), [&](const Object& below) {
    is_implied |= below.id->kind == &primary_key_kind &&
                  std::ranges::count(below[primary_key_fields.columns], o.id->parent->name) > 0;
  });
  return is_implied;
}

Text catalog(int server_version) {
  if (server_version < 180000)
    return concat(R"(
select 0 as class, 0 as oid, 0 as sub, 1259 as parent_class, a.attrelid as parent_oid, a.attnum as parent_sub, '' as name,
  a.attinhcount > 0 and not c.relispartition as inherited
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
where a.attnum > 0 and not a.attisdropped and a.attnotnull and )",
                  users_table("c"));
  return concat(R"(
select 2606 as class, k.oid as oid, 0 as sub, 1259 as parent_class, k.conrelid as parent_oid,
  k.conkey[1] as parent_sub, '' as name, k.conname as "constraint", k.connoinherit as no_inherit,
  not k.convalidated as not_valid, (select d.description from pg_catalog.pg_description d
    where d.classoid = 2606 and d.objoid = k.oid and d.objsubid = 0) as constraint_comment, k.coninhcount > 0 and not k.conislocal and not c.relispartition as inherited
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
where k.contype = 'n' and )",
                users_table("c"));
}

void read_constraint(ast::Node constraint, Reading& reading) {
  const Id table = table_under(reading);
  if (!table) return;
  for (const Text& name : constrained_columns(constraint, "keys", reading)) {
    const Id column = reading.schema().ids().of(column_kind, table, name);
    if (column != reading.subject() && !reading.change(column)) return;
    make_way_for(constraint["conname"].text(), table, reading);
    make_not_null(column, reading);
    Object* o = reading.schema().find(reading.schema().ids().of(not_null_kind, column, {}));
    if (!o) return;
    o->put(fields.constraint, Text(constraint["conname"].text()));
    o->put(fields.no_inherit, constraint["is_no_inherit"].flag());
    o->put(fields.not_valid, constraint["skip_validation"].flag());
    reading.schema().changed(o->id);
  }
}
void read_set(ast::Node command, Reading& reading) {
  if (const Id column = column_of(command, reading)) make_not_null(column, reading);
}
void read_drop(ast::Node command, Reading& reading) {
  if (const Id column = column_of(command, reading))
    reading.drop(reading.schema().ids().of(not_null_kind, column, {}), command["behavior"]);
}

Object* like(const Object& original, Id column, const Like& like) {
  Object* copy = copied(original, column, "", like.reading);
  if (!copy) return nullptr;
  if (!original.has(fields.constraint)) copy->put(fields.unsaid, name_of(original));
  if (!like.includes(Including::comments)) copy->put(fields.comment, Text());
  copy->put(fields.inherited, Value());
  return copy;
}

constexpr StatementReader readers[] = {{"Constraint", "CONSTR_NOTNULL", read_constraint},
                                       {"AlterTableCmd", "AT_SetNotNull", read_set},
                                       {"AlterTableCmd", "AT_DropNotNull", read_drop}};
constexpr std::string_view parents[] = {"column"};
}  // namespace

Text numbered_not_null(Id column, const Schema& schema) {
  const Id table = column->parent;
  for (Text number;; number = std::to_string(number.empty() ? 1 : std::stoi(number) + 1)) {
    Text name = object_name(table->name, column->name, concat("not_null", number));
    if (!schema.is_held_within(space::constraint, schema_of(table), name)) return number.empty() ? Text() : name;
  }
}

Object& add_not_null(Id column, Schema& schema) {
  const Text name = schema.major == 0 ? numbered_not_null(column, schema) : Text();
  Object& o = schema.add(schema.ids().of(not_null_kind, column, {}));
  o.put(fields.unsaid, name);
  return o;
}

void call_not_null(Object& o, const Text& name) { o.put(fields.constraint, name); }

void make_way_for(std::string_view name, Id table, Reading& reading) {
  const Id holder = reading.schema().holder({space::constraint, table, Text(name), {}});
  if (name.empty() || !holder || holder->kind != &not_null_kind) return;
  Object& o = *reading.schema().find(holder);
  if (o.has(fields.constraint)) return;
  o.put(fields.unsaid, numbered_not_null(holder->parent, reading.schema()));
  reading.schema().changed(holder);
}

void settle_not_null_names(Schema& schema, const Schema& other) {
  const int major = std::max(schema.major, other.major);
  schema.each([&](Object& o) {
    if (o.id->kind != &not_null_kind) return;
    const Text unsaid(o[fields.unsaid]);
    const bool is_taken_over = unsaid.empty() || unsaid == implied_name(o.id) || is_numbered(unsaid, o.id);
    if (major >= 18 && schema.major == 0 && !is_taken_over && !inherited_from(o)) o.put(fields.constraint, unsaid);
    if (major < 18) o.put(fields.unsaid, Text());
    if (major != 0 && major < 18 && other.find(o.id)) o.put(fields.constraint, Text());
  });
}

bool refuses_null(Id column, const Schema& schema) {
  return schema.any_child(column, [](const Object& child) { return child.id->kind == &not_null_kind; });
}

// One that is inherited cannot be renamed. Up to 17 none has a name.
Steps rename_not_nulls(Id table, const Users& users) {
  List statements;
  const int major = std::max(users.from.major, users.to.major);
  std::vector<Id> renamed;
  each_below(table, users.from, [&](const Object& before) {
    const Object* after = before.id->kind == &not_null_kind ? users.to.find(before.id) : nullptr;
    if (!after || before[fields.constraint] != (*after)[fields.constraint]) return;  // else it changes by itself
    const Id leader = inherited_from(before);
    if ((leader && leader == inherited_from(*after)) || name_of(before) == name_of(*after)) return;
    statements.push_back(alter_table(
        table, concat("RENAME CONSTRAINT ", quote_ident(name_of(before)), " TO ", quote_ident(name_of(*after)))));
    renamed.push_back(before.id);
  });
  if (statements.empty() || major < 18) return {};
  return only({.sql = join(statements, ";\n"),
               .needs = std::move(renamed),
               .takes = {place_beside_leader(table)},
               .frees = {once_named(table)}});
}

constexpr Kind not_null_kind{
    .name = "not null",
    .key = "not_null",
    .weight = 110,
    .fields = fields,
    .traits = replaceable | dropped_with_parent | single | folds,
    .addressed = &by_parent,
    .parents = parents,
    .slots = slots,
    .follows = inherited_from,
    .own_besides = own_besides,
    .sql = {.create = create, .drop = drop, .change = change, .on_rebuild = on_rebuild, .after_leader = make_own},
    .reading = {.catalog = catalog, .readers = readers, .derive = derive, .like = like, .spell_out = spell_out},
    .yaml = {.implied = implied}};
}  // namespace quoin
