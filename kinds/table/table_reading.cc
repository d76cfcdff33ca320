#include "kinds/table/table_reading.h"

#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/column/null.h"
#include "kinds/named.h"
#include "kinds/table/inheritance.h"

namespace quoin {

Id table_under(Reading& reading) {
  const Id subject = reading.subject();
  if (!subject || is_table(*subject->kind)) return subject;
  if (subject->kind == &column_kind) return subject->parent;
  reading.unknown(subject, concat("what changes in ", path(subject), " is not followed yet"));
  return {};
}

Id column_of(ast::Node command, Reading& reading) {
  const Id table = table_under(reading);
  if (!table) return {};
  const Id column = reading.schema().ids().of(column_kind, table, Text(command["name"].text()));
  return reading.change(column) ? column : Id();
}

Text constraint_name(ast::Node constraint, Reading& reading, const List& parts, std::string_view label) {
  const Id table = table_under(reading);
  if (constraint.has("conname")) {
    Text name = truncate_identifier(constraint["conname"].text());
    make_way_for(name, table, reading);
    return name;
  }
  List all{table->name};
  all.insert(all.end(), parts.begin(), parts.end());
  return reading.choose_name(all, label, space::constraint, table);
}

Text index_name(std::string_view given, const IndexName& otherwise, Reading& reading) {
  if (!given.empty()) return truncate_identifier(given);
  List all{otherwise.relation->name};
  all.insert(all.end(), otherwise.parts.begin(), otherwise.parts.end());
  return reading.choose_name(all, otherwise.label, space::relation, schema_of(otherwise.relation));
}

List constrained_columns(ast::Node constraint, std::string_view field, Reading& reading) {
  if (reading.subject()->kind == &column_kind) return {reading.subject()->name};
  return constraint[field].texts();
}

namespace {
Text parameter_text(ast::Node value) {
  if (!value) return "true";
  if (value.is("TypeName")) return ast::print_name(value["names"]);
  if (value.is("Integer")) return std::to_string(value.number());
  return value.is("Boolean") ? Text(value.flag() ? "true" : "false") : Text(value.text());
}
Text parameter_key(ast::Node element) {
  const std::string_view space = element["defnamespace"].text(), name = element["defname"].text();
  return space.empty() ? Text(name) : concat(space, ".", name);
}
bool is_of(std::string_view parameter, std::string_view key) {
  return parameter.starts_with(key) && parameter.substr(key.size()).starts_with('=');
}
}  // namespace

List parameters(ast::Node def_elems) {
  List all;
  for (ast::Node element : def_elems)
    all.push_back(concat(parameter_key(element), "=", parameter_text(element["arg"])));
  return all;
}

List parameters_after(std::span<const Text> before, ast::Node command) {
  List all(before.begin(), before.end());
  for (ast::Node element : command["def"])
    std::erase_if(all, [&](const Text& parameter) { return is_of(parameter, parameter_key(element)); });
  if (std::string_view(command["subtype"].text()).starts_with("AT_Set"))
    for (Text& parameter : parameters(command["def"])) all.push_back(std::move(parameter));
  return all;
}

namespace {
// The word an expression gives its column, as FigureColname() finds it; empty where there is none, and whether it is
// more than the name of a cast's type.
struct Label {
  Text name;
  enum class Strength { none, weak, strong } strength = Strength::none;
};

Label strong(std::string_view name) { return {Text(name), Label::Strength::strong}; }

std::string_view last_name(ast::Node names) {
  return names.size() == 0 ? std::string_view() : names.items().back().text();
}

Label label_of(ast::Node expression) {
  const std::string_view tag = expression.tag();
  if (tag == "ColumnRef") {
    const std::string_view name = last_name(expression["fields"]);
    return name.empty() ? Label() : strong(name);
  }
  if (tag == "A_Indirection") {
    for (std::size_t i = expression["indirection"].size(); i-- > 0;)
      if (ast::Node item = expression["indirection"].items()[i]; item.is("String")) return strong(item.text());
    return label_of(expression["arg"]);
  }
  if (tag == "FuncCall") return strong(last_name(expression["funcname"]));
  if (tag == "A_Expr" && expression["kind"].text() == "AEXPR_NULLIF") return strong("nullif");
  if (tag == "TypeCast") {
    Label inner = label_of(expression["arg"]);
    if (inner.strength != Label::Strength::none) return inner;
    return {Text(last_name(expression["typeName"]["names"])), Label::Strength::weak};
  }
  if (tag == "CollateClause") return label_of(expression["arg"]);
  if (tag == "CaseExpr") {
    Label inner = label_of(expression["defresult"]);
    return inner.strength == Label::Strength::strong ? inner : Label{"case", Label::Strength::weak};
  }
  if (tag == "A_ArrayExpr") return strong("array");
  if (tag == "RowExpr") return strong("row");
  if (tag == "CoalesceExpr") return strong("coalesce");
  if (tag == "MinMaxExpr") return strong(expression["op"].text() == "IS_LEAST" ? "least" : "greatest");
  return {};
}

Text key_name(ast::Node element) {
  if (element.has("name")) return Text(element["name"].text());
  const Label label = label_of(element["expr"]);
  return label.strength == Label::Strength::none ? Text("expr") : label.name;
}
}  // namespace

void add_index_column(List& names, const Text& name) {
  Text free = name;
  for (int number = 1; std::ranges::count(names, free) > 0; ++number) free = name + std::to_string(number);
  names.push_back(std::move(free));
}

List index_column_names(const std::vector<ast::Node>& elements) {
  List names;
  for (ast::Node element : elements)
    add_index_column(names, element.is("String") ? Text(element.text()) : key_name(element));
  return names;
}
std::vector<ast::Node> together(ast::Node first, ast::Node second) {
  std::vector<ast::Node> all(first.begin(), first.end());
  all.insert(all.end(), second.begin(), second.end());
  return all;
}

List bare_names(ast::Node index_elems) {
  List names;
  for (ast::Node element : index_elems) names.emplace_back(element["name"].text());
  return names;
}

namespace {
// ADD CONSTRAINT … USING INDEX: the index becomes the constraint's, under the constraint's name.
void take_over_index(ast::Node constraint, Reading& reading, const Kind& kind) {
  const KeyFields& fields = static_cast<const KeyFields&>(kind.fields);
  const Id table = table_under(reading);
  const Text index_name(constraint["indexname"].text());
  const Id id = reading.schema().ids().of(index_kind, table, index_name);
  const Object* found = reading.change(id);
  if (!found) return;
  const Object index = *found;
  reading.drop(id, constraint["behavior"]);
  const Text name = constraint.has("conname") ? Text(constraint["conname"].text()) : index_name;
  Object* key = reading.make(kind, table, name);
  if (!key) return;
  List columns;
  const FieldBase* keys = index_kind.fields.find("keys");
  for (const Text& column : std::get<List>(index.value(*keys)))
    columns.push_back(column.starts_with('"') ? column.substr(1, column.size() - 2) : column);
  key->put(fields.columns, columns);
  for (const char* shared : {"include", "nulls_not_distinct", "with", "tablespace"})
    key->put(shared, index.value(*index_kind.fields.find(shared)));
  key->put(fields.backs, index.value(*index_kind.fields.find("attached_to")));
  key->put(fields.deferrable, constraint["deferrable"].flag());
  key->put(fields.initially_deferred, constraint["initdeferred"].flag());
}
}  // namespace

void read_key(ast::Node constraint, Reading& reading, const Kind& kind, std::string_view label) {
  const KeyFields& fields = static_cast<const KeyFields&>(kind.fields);
  const Id table = table_under(reading);
  if (!table) return;
  if (constraint.has("indexname")) return take_over_index(constraint, reading, kind);
  const bool only = reading.only() && !partitions_of(table, reading.schema()).empty();
  const List columns = constrained_columns(constraint, "keys", reading), include = constraint["including"].texts();
  List parts;
  if (!kind.yaml.implied_name) {
    parts = columns;
    parts.insert(parts.end(), include.begin(), include.end());
  }
  make_way_for(constraint["conname"].text(), table, reading);
  Object* key = reading.make(kind, table, index_name(constraint["conname"].text(), {table, parts, label}, reading));
  if (!key) return;
  key->put(fields.only, only);
  key->put(fields.columns, columns);
  key->put(fields.include, include);
  key->put(fields.nulls_not_distinct, constraint["nulls_not_distinct"].flag());
  key->put(fields.without_overlaps, constraint["without_overlaps"].flag());
  key->put(fields.deferrable, constraint["deferrable"].flag());
  key->put(fields.initially_deferred, constraint["initdeferred"].flag());
  key->put(fields.with, parameters(constraint["options"]));
  key->put(fields.tablespace, Text(constraint["indexspace"].text()));
}

namespace {
// Which makes a difference from PostgreSQL 18 on.
void make_partitions_own(const Object& not_null, Reading& reading) {
  const Id column = not_null.id->parent;
  Object* table = reading.schema().find(column->parent);
  if (!table || !table->has(table_fields.partition_of)) return;
  List own((*table)[table_fields.own_not_nulls].begin(), (*table)[table_fields.own_not_nulls].end());
  if (!std::ranges::count(own, column->name)) own.push_back(column->name);
  table->put(table_fields.own_not_nulls, std::move(own));
  reading.change(not_null.id);
}
}  // namespace

void make_not_null(Id column, Reading& reading) {
  const Object* there = reading.schema().find(reading.schema().ids().of(not_null_kind, column, {}));
  if (!there) {
    const Text name = numbered_not_null(column, reading.schema());
    if (Object* made = reading.make(not_null_kind, column, "")) made->put("unsaid", name);
  } else if (inherited_from(*there)) {
    if (!make_own_besides(not_null_kind, column, "", reading)) make_partitions_own(*there, reading);
  }
}

bool is_no_default(ast::Node expression, std::string_view type, const Schema& schema) {
  if (!expression.is("A_Const") || !expression["isnull"].flag()) return false;
  return type.find('(') == std::string_view::npos && !named(domain_kind, type, schema);
}

}  // namespace quoin
