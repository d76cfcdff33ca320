#include "kinds/constraint/referenced_key.h"

#include "kinds/constraint/constraint.h"
#include "kinds/list.h"
#include "kinds/named.h"

namespace quoin {
namespace {

/// In the scope of the table.
Slot key_of(Id table, List columns) {
  std::ranges::sort(columns);
  return {space_of_keys, table, concat(quote_ident(table->name), " ", columns_clause(columns)), {}};
}

/// True if a key of these columns may serve. An index may say more of a column: an operator class, an order.
bool may_serve(const List& key, const List& wanted) {
  const auto is_said = [&](const Text& name) {
    return std::ranges::any_of(key, [&](const Text& column) {
      return column == name || column.starts_with(concat(name, " ")) ||
             column.starts_with(concat(quote_ident(name), " "));
    });
  };
  return key.size() == wanted.size() && std::ranges::all_of(wanted, is_said);
}

List list_in(const Object& o, std::string_view field) {
  const auto* list = std::get_if<List>(&o.value(*o.id->kind->fields.find(field)));
  return list ? *list : List();
}
}  // namespace

std::optional<Slot> key_made_by(const Object& o) {
  List columns = unique_columns(o);
  if (columns.empty()) return std::nullopt;
  return key_of(relation_of(o), std::move(columns));
}

std::optional<Slot> key_missed_by(const Object& o, const Schema& schema) {
  if (o.id->kind != &foreign_key_kind) return std::nullopt;
  const Text named_table(std::get<Text>(o.value(*foreign_key_kind.fields.find("references"))));
  const Id table = named(table_kind, named_table, schema);
  const List wanted = list_in(o, "referenced_columns");
  if (!table || wanted.empty() || o.has(*foreign_key_kind.fields.find("period"))) return std::nullopt;
  bool has_one = false;
  schema.each_child(table, [&](const Object& child) {
    const bool is_key = child.id->kind == &primary_key_kind || child.id->kind == &unique_kind;
    const List columns = unique_columns(child);
    has_one = has_one || may_serve(columns, wanted) || (is_key && columns.empty());
  });
  if (has_one) return std::nullopt;
  return key_of(table, wanted);
}

}  // namespace quoin
