// What stands in FROM and is no relation: calls, XMLTABLE and JSON_TABLE, with the columns that they give. Sources of
// the rules: addRangeTableEntryForFunction and chooseScalarFunctionAlias (parse_relation.c), get_func_result_name.
#include "core/sql/print.h"
#include "parser/names/builtin_names.h"
#include "parser/names/fragment.h"
#include "parser/names/scope.h"

namespace quoin {

namespace {
using Columns = SourceColumns::List;

Columns called(const List& names) {
  std::vector<Lookup::Column> columns;
  for (const Text& name : names) columns.push_back({name, Id()});
  return columns;
}

/// Names of its OUT arguments, or of the columns of RETURNS TABLE; an empty one where an argument has none.
List results_of(const Object& routine) {
  List names;
  for (const FieldBase* field : routine.id->kind->fields) {
    const List* items = std::get_if<List>(&routine.value(*field));
    if (!items || (field->role != Role::argument && field->role != Role::member)) continue;
    for (const Text& item : *items) {
      const Fragment one = parse_fragment(field->role, item);
      const std::string_view mode = one.node["mode"].text();
      if (field->role == Role::argument && mode != "FUNC_PARAM_OUT" && mode != "FUNC_PARAM_INOUT") continue;
      names.emplace_back(one.node[field->role == Role::argument ? "name" : "colname"].text());
    }
  }
  return names;
}

std::string_view type_of(const Object& routine) {
  for (const FieldBase* field : routine.id->kind->fields)
    if (const Text* type = std::get_if<Text>(&routine.value(*field)); type && field->role == Role::type)
      return std::string_view(*type).substr(type->starts_with("SETOF ") ? 6 : 0);
  return {};
}

/// True of a type of pg_catalog that has no columns, nor arrays of what has.
bool is_plain(ast::Node type_name) {
  const Written type = written(type_name["names"]);
  if (!type.schema.empty() && type.schema != "pg_catalog") return false;
  const std::string_view name = type.name;
  return name != "record" && !name.starts_with("any") && builtin::has(builtin::What::type, name);
}
std::string_view element_of(std::string_view type) {
  while (type.ends_with("[]")) type.remove_suffix(2);
  return type;
}
bool is_plain(std::string_view type) { return is_plain(parse_fragment(Role::type, type).node); }

/// Columns at the end of a level are those that are nested in it, as transformJsonTableColumns has it.
void add_columns(ast::Node list, List& names) {
  for (ast::Node column : list)
    if (column["coltype"].text() != "JTC_NESTED") {
      const std::string_view name = column[column.has("colname") ? "colname" : "name"].text();
      names.emplace_back(name);
    }
  for (ast::Node column : list)
    if (column["coltype"].text() == "JTC_NESTED") add_columns(column["columns"], names);
}

List defined(ast::Node list) {
  List names;
  for (ast::Node column : list) names.emplace_back(column["colname"].text());
  return names;
}
}  // namespace

Walk::Columns Walk::columns_of_routine(const Object& routine, const Text& name) const {
  if (const List names = results_of(routine); !names.empty())
    return std::ranges::count(names, Text()) > 0 ? std::nullopt : called(names);
  const std::string_view type = type_of(routine);
  if (type.empty()) return std::nullopt;
  const Found relation = lookup_.find(space::relation, written(type));
  if (!relation.id) return has_no_columns(type) ? called({name}) : std::nullopt;
  Columns columns = lookup_.columns(relation.id);
  if (columns)
    for (Lookup::Column& column : *columns) column.id = Id();  // the call's, which keep their names
  return columns;
}

/// True of a type that is known to have no columns: of pg_catalog, an enum, a domain over such a type.
bool Walk::has_no_columns(std::string_view type) const {
  if (is_plain(type)) return true;
  if (lookup_.find(space::relation, written(type)).id) return false;
  const Object* object = lookup_.schema().find(lookup_.find(space::type, written(type)).id);
  if (!object) return false;
  for (const FieldBase* field : object->id->kind->fields) {
    if (field->role == Role::member) return false;
    if (const Text* base = std::get_if<Text>(&object->value(*field)); base && field->role == Role::type)
      return has_no_columns(*base);
  }
  return true;
}

/// True of an array whose elements are known to have no columns, so that unnest() gives one.
bool Walk::has_plain_elements(ast::Node array) const {
  if (array.is("TypeCast")) return has_no_columns(element_of(ast::print_type(array["typeName"])));
  if (const Text* type = mentions_.known_type(array)) return has_no_columns(element_of(*type));
  if (array.is("FuncCall")) {
    const Text name = written(array["funcname"]).name;
    return name == "string_to_array" || name == "regexp_split_to_array";
  }
  return array.is("A_ArrayExpr") && std::ranges::all_of(array["elements"], [this](ast::Node element) {
           return element.is("A_Const") || has_plain_elements(element);
         });
}

/// `name`: what one column is called that nothing else names.
Walk::Columns Walk::columns_of_call(ast::Node call, const Text& name) const {
  if (!call.is("FuncCall")) return call.is("SQLValueFunction") ? called({name}) : std::nullopt;
  const Written routine = written(call["funcname"]);
  const std::vector<Id> routines = lookup_.routines(routine);
  const bool builtin =
      (routine.schema.empty() || routine.schema == "pg_catalog") && builtin::has(builtin::What::routine, routine.name);
  if (routines.empty() && builtin) {
    const std::span<const ast::Node> arrays = call["args"].items();
    if (routine.name == "unnest" && std::ranges::all_of(arrays, [this](auto one) { return has_plain_elements(one); }))
      return called(arrays.size() == 1 ? List{name} : List(arrays.size(), "unnest"));
    const std::optional<List> names = builtin::columns_of(routine.name);
    if (!names) return std::nullopt;
    return called(names->empty() ? List{name} : *names);
  }
  const Object* object = routines.size() == 1 && !builtin ? lookup_.schema().find(routines.front()) : nullptr;
  return object ? columns_of_routine(*object, name) : std::nullopt;
}

/// The server writes all column names of a call, asked or not.
void Walk::say_columns(ast::Node item, const Text& name, const Columns& columns) const {
  if (!tree_ || !columns || !mentions_.says_columns()) return;
  std::vector<ast::Node> names;
  for (const Lookup::Column& column : *columns) names.push_back(tree_->make_text("String", column.name));
  const ast::Node alias = tree_->make("Alias");
  alias.set("aliasname", tree_->make_text("", name));
  alias.set("colnames", tree_->make_list(names));
  item.set("alias", alias);
}

Walk::Star Walk::function(ast::Node item) {
  const Text alias = alias_of(item);
  Text name = alias;
  const std::span<const ast::Node> calls = item["functions"].items();
  Columns columns = called({});
  for (ast::Node one : calls) {
    below(one);
    const std::span<const ast::Node> parts = one.items();
    if (parts.empty()) continue;
    const Text own = figured_name(parts[0]);
    if (name.empty()) name = own;
    List names = defined(item["coldeflist"]);
    if (names.empty() && parts.size() > 1) names = defined(parts[1]);
    const Columns more = names.empty() ? columns_of_call(parts[0], calls.size() == 1 ? name : own) : called(names);
    if (columns && more) columns->insert(columns->end(), more->begin(), more->end());
    if (!more) columns.reset();
  }
  if (columns && item["ordinality"].flag()) columns->push_back({"ordinality", Id()});
  rename_columns(columns, item["alias"]["colnames"]);
  if (item["coldeflist"].size() == 0) say_columns(item, name, columns);
  return add({.alias = std::move(name), .relation = {}, .named = true, .columns = std::move(columns)});
}

Walk::Star Walk::table_function(ast::Node item) {
  below(item);
  Text name = alias_of(item);
  if (name.empty()) name = item.is("JsonTable") ? "json_table" : "xmltable";
  List names;
  add_columns(item["columns"], names);
  Columns columns = called(names);
  rename_columns(columns, item["alias"]["colnames"]);
  return add({.alias = std::move(name), .relation = {}, .named = true, .columns = std::move(columns)});
}

}  // namespace quoin
