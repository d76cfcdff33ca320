// Everything quoin knows about column defaults: objects of their own, since they may need a function that needs the
// column.
#include "core/sql/print.h"
#include "kinds/column/column.h"
#include "kinds/column/column_fields.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_reading.h"
#include "kinds/type/type_use.h"
#include "kinds/view/column_default.h"

namespace quoin {
namespace {
Text set_expression(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> expression{*this,
                         "expression",
                         "value where a row gives none",
                         {.role = Role::expression, .alter = set_expression, .presence = Presence::filled}};
  Field<bool> only{*this,
                   "only",
                   "some of the table's heirs have another",
                   {.counts = Counts::derived, .heirs = Heirs::have_their_own}};
  Field<bool> is_none{*this,
                      "is_none",
                      "there is none, which SET DEFAULT NULL does not say of a type with a size",
                      {.counts = Counts::derived, .heirs = Heirs::have_their_own}};
  Field<List> shared_with{
      *this, "shared_with", "the heirs that have it too, then", {.role = Role::text, .counts = Counts::derived}};
} fields;

// ALTER TABLE would give it to all partitions, those too that have another.
Text alter_only(const Object& value, std::string_view action) {
  const Text whole = alter_column(value.id->parent, action);
  return value[fields.only] ? concat("ALTER TABLE ONLY ", whole.substr(std::size("ALTER TABLE ") - 1)) : whole;
}

/// The statements that say it of the column, and of the partitions that share it.
List everywhere(const Object& value, std::string_view action) {
  List all{alter_only(value, action)};
  for (const Text& partition : value[fields.shared_with])
    all.push_back(concat("ALTER TABLE IF EXISTS ONLY ", partition, " ALTER COLUMN ",
                         quote_ident(value.id->parent->name), " ", action));
  return all;
}

Text set_expression(const Object&, const Object& to) {
  const Text action = to[fields.is_none] ? Text("DROP DEFAULT") : concat("SET DEFAULT ", to[fields.expression]);
  return join(everywhere(to, action), ";\n");
}

bool parses(const Text& sql) {
  try {
    ast::Tree::parse(sql);
    return true;
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    return false;
  }
}
}  // namespace

Text default_operand(std::string_view expression) {
  const bool one_word = expression.find(' ') == std::string_view::npos;
  if (one_word || parses(concat("CREATE TABLE t (c text DEFAULT ", expression, " NOT NULL)"))) return Text(expression);
  return concat("(", expression, ")");
}

namespace {
/// True if the server cannot say once what every row gets, as of a serial's, of random() and of gen_random_uuid().
bool differs_by_row(ast::Node expression) {
  static constexpr std::string_view volatile_ones[] = {"clock_timestamp",  "timeofday",        "random",
                                                       "random_normal",    "nextval",          "gen_random_uuid",
                                                       "gen_random_bytes", "uuid_generate_v1", "uuid_generate_v1mc",
                                                       "uuid_generate_v4", "uuidv4",           "uuidv7"};
  if (const List names = expression["funcname"].texts();
      !names.empty() && std::ranges::count(volatile_ones, names.back()) > 0)
    return true;
  return std::ranges::any_of(expression.items(), differs_by_row) ||
         std::ranges::any_of(expression.fields(), [](const auto& field) { return differs_by_row(field.second); });
}

Steps create(const Object& value) {
  Step step = making(value, "DEFAULT " + default_operand(value[fields.expression]));
  forget_leader(step, value);
  const bool calls = value[fields.expression].find('(') != std::string_view::npos;
  if (calls && differs_by_row(ast::Tree::parse_expression(value[fields.expression]).root()))
    step.folded = {rewrite_by_new_column(value.id->parent)};
  const std::string_view verb = value[fields.is_none] ? "DROP " : "SET ";
  if (value[fields.is_none]) step.sql = "DEFAULT";
  step.prefix = alter_only(value, verb);
  const List others = everywhere(value, concat(verb, step.sql));
  for (const Text& sql : std::span(others).subspan(1)) step.tail += concat(";\n", sql);
  if (!value[fields.is_none]) step.host = value.id->parent;
  return only(std::move(step));
}
Steps drop(const Object& value) { return dropping_by(value, everywhere(value, "DROP DEFAULT")); }

// The server brings it to its column's new type. What it says then of a quoted constant has the old type in it: where
// no server has said how both sides read, it comes anew.
Follow on_rebuild(const Delta& value, const Rebuilt& rebuilt, const Users& users) {
  if (rebuilt.object.id != value.id->parent || rebuilt.manner != Rebuilt::Manner::in_place) return Replaced{};
  if (!is_assigned(value.id->parent, users)) return Replaced{};
  const bool in_servers_words = users.from.major != 0 && users.from.major == users.to.major;
  const bool quotes = (*value.from)[fields.expression].find('\'') != Text::npos;
  return in_servers_words || (value.changed.none() && !quotes) ? Follow(Unaffected{}) : Follow(Replaced{});
}

Slots slots(const Object& value) { return {{"default", value.id->parent, {}, {}}}; }

// That a table has none, though its parent has, is a default of its own.
// A default mentions no columns; without its table the server need not open that.
Text catalog(int) {
  return concat(R"(
select 0 as class, 0 as oid, 0 as sub, 1259 as parent_class, a.attrelid as parent_oid, a.attnum as parent_sub,
  '' as name, 'NULL' as expression
from pg_catalog.pg_inherits h
join pg_catalog.pg_class c on c.oid = h.inhrelid
join pg_catalog.pg_attribute a on a.attrelid = h.inhrelid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_attribute p on p.attrelid = h.inhparent and p.attname = a.attname
where not a.atthasdef and p.atthasdef and p.attgenerated = '' and )",
                users_table("c"), R"(
group by a.attrelid, a.attnum
union all
select 2604 as class, d.oid as oid, 0 as sub, 1259 as parent_class, d.adrelid as parent_oid, d.adnum as parent_sub,
  '' as name, pg_catalog.pg_get_expr(d.adbin, 0) as expression
from pg_catalog.pg_attrdef d
join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
join pg_catalog.pg_class c on c.oid = d.adrelid
where a.attgenerated = '' and )",
                users_table("c"));
}

bool is_nothing(ast::Node expression, Id column, const Schema& schema) {
  const Object* object = schema.find(column);
  const FieldBase* type = object ? object->id->kind->fields.find("type") : nullptr;
  const Text* name = type ? std::get_if<Text>(&object->value(*type)) : nullptr;
  return name && is_no_default(expression, *name, schema);
}

// That there is none is a default of its own in a table whose parent has one.
bool may_be_parents(Id column, const Schema& schema) {
  const Object* table = schema.find(column->parent);
  if (!table) return false;
  return std::ranges::any_of(parents_of(*table, schema), [&](Id parent) {
    const Object* above = schema.find(column_kind, parent, column->name);
    if (!above) return table->has(table_fields.partition_of);  // of which it has all columns
    return schema.find(default_kind, above->id, {}) != nullptr;
  });
}

void read_default(ast::Node constraint, Reading& reading) {
  if (!may_be_parents(reading.subject(), reading.schema()) &&
      is_nothing(constraint["raw_expr"], reading.subject(), reading.schema()))
    return;
  Object* value = reading.make(default_kind, reading.subject(), "");
  if (value) value->put(fields.expression, reading.printed(constraint["raw_expr"]));
}
void read_change(ast::Node command, Reading& reading) {
  if (reading.subject() && may_lie_in(column_default_kind, reading.subject()))
    return read_column_default_of_view(command, reading);
  const Id column = column_of(command, reading);
  if (!column) return;
  const Id id = reading.schema().ids().of(default_kind, column, {});
  const bool there = reading.schema().find(id) != nullptr;
  if (!command.has("def") || is_nothing(command["def"], column, reading.schema())) {
    if (may_be_parents(column, reading.schema())) {
      if (Object* value = there ? reading.change(id) : reading.make(default_kind, column, ""))
        value->put(fields.expression, Text("NULL"));
      return;
    }
    if (there) reading.drop(id, command["behavior"]);
    return;
  }
  Object* value = there ? reading.change(id) : reading.make(default_kind, column, "");
  if (value) value->put(fields.expression, reading.printed(command["def"]));
}

Object* like(const Object& original, Id column, const Like& like) {
  return like.includes(Including::defaults) ? copied(original, column, "", like.reading) : nullptr;
}

/// Whether all heirs of the table have the same default, and which do.
bool is_shared(const Object& value, Id table, List& with, Schema& schema) {
  bool all = true;
  for (const Id heir : heirs_of(table, schema)) {
    const Object* column = schema.find(column_kind, heir, value.id->parent->name);
    const Object* own = column ? schema.find(default_kind, column->id, {}) : nullptr;
    const bool shares = own && own->differences(value).none();
    if (shares) with.push_back(qualified(heir));
    all = shares && is_shared(value, heir, with, schema) && all;
  }
  return all;
}

void note_heirs(Object& value, Schema& schema) {
  List with;
  const bool shared = is_shared(value, value.id->parent->parent, with, schema);
  std::unordered_set<Text> seen;  // by way of two parents it is met twice
  std::erase_if(with, [&](const Text& heir) { return !seen.insert(heir).second; });
  value.put(fields.only, !shared);
  value.put(fields.shared_with, shared ? List() : std::move(with));
}

// Those above may have to be told apart from it now.
void note_above(Id column, Schema& schema) {
  const Object* table = schema.find(column->parent);
  for (const Id parent : table ? parents_of(*table, schema) : std::vector<Id>()) {
    const Id above = schema.ids().of(column_kind, parent, column->name);
    if (Object* same = schema.find(schema.ids().of(default_kind, above, {}))) note_heirs(*same, schema);
    note_above(above, schema);
  }
}

// Beside a parent's default NULL says that there is none; but NULL that is cut to the size of its column's type
// (cookDefault()) is one.
bool is_sized_heir(Id column, const Schema& schema) {
  const Object* object = schema.find(column);
  return object && inherited_from(*object) && Text((*object)[column_fields.type]).find('(') != Text::npos;
}

void derive(Object& value, Schema& schema) {
  derive_inheritance(value, schema);
  value.put(fields.is_none, value[fields.expression] == "NULL" && is_sized_heir(value.id->parent, schema));
  note_heirs(value, schema);
  note_above(value.id->parent, schema);
}

constexpr std::string_view parents[] = {"column"};
constexpr StatementReader readers[] = {{"Constraint", "CONSTR_DEFAULT", read_default},
                                       {"AlterTableCmd", "AT_ColumnDefault", read_change}};
}  // namespace

constexpr Kind default_kind{
    .name = "default",
    .key = "default",
    .weight = 100,
    .fields = fields,
    .traits = replaceable | dropped_with_parent | single | folds | sees_no_columns | calls_when_made,
    .addressed = &by_parent,
    .parents = parents,
    .slots = slots,
    .follows = inherited_from,
    .own_besides = own_besides,
    .sql = {.create = create, .drop = drop, .on_rebuild = on_rebuild},
    .reading = {.catalog = catalog, .readers = readers, .derive = derive, .like = like}};
}  // namespace quoin
