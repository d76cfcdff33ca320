// Columns in CREATE TABLE and ALTER TABLE.
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/column/column.h"
#include "kinds/column/column_fields.h"
#include "kinds/foreign/options.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
constexpr const ColumnFields& fields = column_fields;

// What serial and its like stand for.
std::string_view serial_type(std::string_view name) {
  if (name == "serial" || name == "serial4") return "integer";
  if (name == "bigserial" || name == "serial8") return "bigint";
  return name == "smallserial" || name == "serial2" ? "smallint" : "";
}
std::string_view serial_type(ast::Node type_name) {
  const List names = type_name["names"].texts();
  return names.size() != 1 || type_name.has("arrayBounds") ? std::string_view() : serial_type(names[0]);
}

void make_serial(Id column, std::string_view type, Reading& reading) {
  const Id table = column->parent, schema = schema_of(table);
  const List parts{table->name, column->name};
  const Text name = reading.choose_name(parts, "seq", space::relation, schema);
  Object* sequence = reading.make(sequence_kind, schema, name);
  if (!sequence) return;
  sequence->put("type", Text(type));
  sequence->put("owned_by",
                concat(quote_ident(schema->name), ".", quote_ident(table->name), ".", quote_ident(column->name)));
  const Text sequence_name = qualified(sequence->id);
  if (Object* value = reading.make(default_kind, column, ""))
    value->put("expression", concat("nextval(", quote_literal(sequence_name), "::regclass)"));
  make_not_null(column, reading);
}

void put_storage(Object& column, std::string_view storage) {
  const Text word = lower(storage);
  const bool own = word == "default" || word == lower(own_storage(column[fields.type]));
  column.put(fields.storage, own ? Text() : word);
}
void put_compression(Object& column, std::string_view method) {
  column.put(fields.compression, method == "default" ? Text() : Text(method));
}
void put_collation(Object& column, ast::Node clause) {
  column.put(fields.collation, clause ? ast::print_name(clause["collname"]) : Text());
}
void put_generated(Object& column, ast::Node constraint, Reading& reading) {
  column.put(fields.generated, reading.printed(constraint["raw_expr"]));
  column.put(fields.generated_kind, Text(constraint["generated_kind"].text() == "v" ? "virtual" : "stored"));
}

// What stands after a constraint and is about it: [NOT] DEFERRABLE, INITIALLY …, [NOT] ENFORCED.
void join_attributes(ast::Node definition) {
  const ast::Node yes = definition["is_local"];
  ast::Node before;
  for (ast::Node constraint : definition["constraints"]) {
    const std::string_view type = constraint["contype"].text();
    if (!type.starts_with("CONSTR_ATTR_"))
      before = constraint;
    else if (!before)
      throw Error(Code::input, "DEFERRABLE, INITIALLY and ENFORCED stand behind a constraint, and there is none");
    else if (type == "CONSTR_ATTR_DEFERRABLE" || type == "CONSTR_ATTR_DEFERRED")
      before.set(type == "CONSTR_ATTR_DEFERRABLE" ? "deferrable" : "initdeferred", yes);
    else if (type == "CONSTR_ATTR_NOT_ENFORCED")
      before.set("not_enforced", yes);
    if (type == "CONSTR_ATTR_DEFERRED") before.set("deferrable", yes);
  }
}

void read_constraints(ast::Node definition, Id column, Reading& reading) {
  join_attributes(definition);
  for (ast::Node constraint : definition["constraints"]) {
    const std::string_view type = constraint["contype"].text();
    if (type == "CONSTR_GENERATED") {
      if (Object* object = reading.schema().find(column)) put_generated(*object, constraint, reading);
    } else if (type == "CONSTR_NOTNULL" && !constraint.has("conname")) {
      make_not_null(column, reading);
    } else if (type != "CONSTR_NULL" && !type.starts_with("CONSTR_ATTR_")) {
      reading.read(constraint, column);
    }
  }
}

void read_definition(ast::Node definition, Id table, Existing existing, Reading& reading) {
  Object* column = reading.make(column_kind, table, truncate_identifier(definition["colname"].text()), existing);
  if (!column) return;
  const Id id = column->id;
  const std::string_view serial = serial_type(definition["typeName"]);
  column->put(fields.type, serial.empty() ? reading.type(definition["typeName"]) : Text(serial));
  put_collation(*column, definition["collClause"]);
  if (definition.has("storage_name")) put_storage(*column, definition["storage_name"].text());
  put_compression(*column, definition["compression"].text());
  read_column_options(id, definition["fdwoptions"], reading);
  if (!serial.empty()) make_serial(id, serial, reading);
  read_constraints(definition, id, reading);
}

// A column that a partition has from its parent: what it has besides, which takes the place of what it would have.
void read_options_of(ast::Node definition, Id column, Reading& reading) {
  if (!reading.schema().find(column)) return reading.unknown(column, concat(path(column), " is not the parent's"));
  for (ast::Node constraint : definition["constraints"])
    if (const Id old = reading.schema().ids().of(default_kind, column, {});
        constraint["contype"].text() == "CONSTR_DEFAULT" && reading.schema().find(old))
      reading.schema().remove(old);
  read_constraints(definition, column, reading);
}

void read_column(ast::Node definition, Reading& reading) {
  const Id table = table_under(reading);
  if (!table) return;
  if (!definition.has("typeName"))
    return read_options_of(definition,
                           reading.schema().ids().of(column_kind, table, Text(definition["colname"].text())), reading);
  const Text name = truncate_identifier(definition["colname"].text());
  if (const Object* merged = make_own_besides(column_kind, table, name, reading))
    return read_options_of(definition, merged->id, reading);
  read_definition(definition, table, Existing::error, reading);
}
void read_add(ast::Node command, Reading& reading) {
  const Existing existing = command["missing_ok"].flag() ? Existing::keep : Existing::error;
  if (const Id table = table_under(reading)) read_definition(command["def"], table, existing, reading);
}

void read_drop(ast::Node command, Reading& reading) {
  const Id table = table_under(reading);
  if (!table) return;
  const Id column = reading.schema().ids().of(column_kind, table, Text(command["name"].text()));
  if (command["missing_ok"].flag() && !reading.schema().find(column)) return;
  if (reading.change(column)) reading.drop(column, command["behavior"]);
}

Object* changed(ast::Node command, Reading& reading) { return reading.schema().find(column_of(command, reading)); }

std::string_view without_modifiers(std::string_view type) { return type.substr(0, type.find('(')); }

// The default stays what it is, a constant of the old type that is converted now.
void keep_type_of_default(const Object& column, std::string_view new_type, Reading& reading) {
  const std::string_view old_type = column[fields.type];
  const Object* value = reading.schema().find(default_kind, column.id, {});
  const bool has_zone = old_type.find(')') != old_type.npos && !old_type.ends_with(')');
  if (!value || has_zone || without_modifiers(old_type) == without_modifiers(new_type)) return;
  const FieldBase& expression = *default_kind.fields.rows[0];
  const Text text = std::get<Text>(value->value(expression));
  const bool is_sized_null = text == "NULL" && old_type.find('(') != old_type.npos;  // cut to size, so no plain NULL
  const bool constant =
      is_sized_null || (text.starts_with('\'') && ast::Tree::parse_expression(text).root().is("A_Const"));
  if (Object* changed = constant ? reading.change(value->id) : nullptr)
    changed->put(expression, concat(text, "::", without_modifiers(old_type)));
}

void read_type(ast::Node command, Reading& reading) {
  Object* column = changed(command, reading);
  if (!column) return;
  const Text type = reading.type(command["def"]["typeName"]);
  keep_type_of_default(*column, type, reading);
  column->put(fields.type, type);
  put_collation(*column, command["def"]["collClause"]);
}
// In the heirs and partitions too, unless it says ONLY.
void each_that_changes(Id column, Reading& reading, const std::function<void(Object&)>& change) {
  Object* object = column ? reading.change(column) : nullptr;
  if (!object) return;
  change(*object);
  if (reading.only()) return;
  for (const Id heir : heirs_of(column->parent, reading.schema()))
    if (const Id same = reading.schema().ids().find(column_kind, heir, column->name))
      each_that_changes(same, reading, change);
}
void read_storage(ast::Node command, Reading& reading) {
  each_that_changes(column_of(command, reading), reading,
                    [&](Object& column) { put_storage(column, command["def"].text()); });
}
void read_compression(ast::Node command, Reading& reading) {
  if (Object* column = changed(command, reading)) put_compression(*column, command["def"].text());
}
void read_statistics(ast::Node command, Reading& reading) {
  const std::int64_t target = command.has("def") ? std::int64_t{command["def"].number()} : -1;
  each_that_changes(column_of(command, reading), reading,
                    [&](Object& column) { column.put(fields.statistics, target); });
}
void read_drop_expression(ast::Node command, Reading& reading) {
  Object* column = changed(command, reading);
  if (!column) return;
  column->put(fields.generated, Text());
  column->put(fields.generated_kind, Text("stored"));
}
void read_set_expression(ast::Node command, Reading& reading) {
  if (Object* column = changed(command, reading)) column->put(fields.generated, reading.printed(command["def"]));
}
void read_options(ast::Node command, Reading& reading) {
  if (Object* column = changed(command, reading)) {
    List now = parameters_after((*column)[fields.options], command);
    std::ranges::sort(now);
    column->put(fields.options, std::move(now));
  }
}
}  // namespace

const StatementReader column_readers[11] = {
    {"ColumnDef", "", read_column},
    {"AlterTableCmd", "AT_AddColumn", read_add},
    {"AlterTableCmd", "AT_DropColumn", read_drop},
    {"AlterTableCmd", "AT_AlterColumnType", read_type},
    {"AlterTableCmd", "AT_SetStorage", read_storage},
    {"AlterTableCmd", "AT_SetCompression", read_compression},
    {"AlterTableCmd", "AT_SetStatistics", read_statistics, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_DropExpression", read_drop_expression},
    {"AlterTableCmd", "AT_SetExpression", read_set_expression},
    {"AlterTableCmd", "AT_SetOptions", read_options, Lock::share_update_exclusive},
    {"AlterTableCmd", "AT_ResetOptions", read_options, Lock::share_update_exclusive}};
bool is_serial(std::string_view type) { return !serial_type(lower(trim(type))).empty(); }

}  // namespace quoin
