// GROUP BY a primary key: other columns of its table may then stand without an aggregate, and the query needs the key.
#include "parser/names/scope.h"

namespace quoin {

namespace {
// The aggregates of pg_catalog.
constexpr std::string_view aggregates[] = {"any_value",
                                           "array_agg",
                                           "avg",
                                           "bit_and",
                                           "bit_or",
                                           "bit_xor",
                                           "bool_and",
                                           "bool_or",
                                           "corr",
                                           "count",
                                           "covar_pop",
                                           "covar_samp",
                                           "cume_dist",
                                           "dense_rank",
                                           "every",
                                           "json_agg",
                                           "json_agg_strict",
                                           "json_object_agg",
                                           "json_object_agg_strict",
                                           "json_object_agg_unique",
                                           "json_object_agg_unique_strict",
                                           "jsonb_agg",
                                           "jsonb_agg_strict",
                                           "jsonb_object_agg",
                                           "jsonb_object_agg_strict",
                                           "jsonb_object_agg_unique",
                                           "jsonb_object_agg_unique_strict",
                                           "max",
                                           "min",
                                           "mode",
                                           "percent_rank",
                                           "percentile_cont",
                                           "percentile_disc",
                                           "range_agg",
                                           "range_intersect_agg",
                                           "rank",
                                           "regr_avgx",
                                           "regr_avgy",
                                           "regr_count",
                                           "regr_intercept",
                                           "regr_r2",
                                           "regr_slope",
                                           "regr_sxx",
                                           "regr_sxy",
                                           "regr_syy",
                                           "stddev",
                                           "stddev_pop",
                                           "stddev_samp",
                                           "string_agg",
                                           "sum",
                                           "var_pop",
                                           "var_samp",
                                           "variance",
                                           "xmlagg"};

/// The columns of a table's primary key, and the key.
std::pair<Id, List> key_of(Id relation, const Schema& schema) {
  std::pair<Id, List> key;
  schema.each_child(relation, [&](const Object& child) {
    if (!child.id->kind->yaml.implied_name) return;
    for (const FieldBase* field : child.id->kind->fields)
      if (const List* names = std::get_if<List>(&child.value(*field)); names && key.second.empty())
        key = {child.id, *names};
  });
  return key;
}

struct Reference {
  Text alias, column;  // an empty alias: of any; an empty column: of all
};

Reference reference(ast::Node column_ref) {
  const std::span<const ast::Node> fields = column_ref["fields"].items();
  if (fields.empty()) return {};
  return {fields.size() > 1 ? Text(fields[fields.size() - 2].text()) : Text(), Text(fields.back().text())};
}

bool is_aggregate(ast::Node node, const Lookup& lookup) {
  if (node.is("JsonArrayAgg") || node.is("JsonObjectAgg")) return !node["constructor"].has("over");
  if (!node.is("FuncCall") || node.has("over")) return false;
  const Written name = written(node["funcname"]);
  const std::vector<Id> routines = lookup.routines(name);
  if (routines.empty())  // what nobody knows may be one
    return !builtin::has(builtin::What::routine, name.name) || std::ranges::count(aggregates, name.name) != 0;
  return std::ranges::any_of(routines, [](Id one) { return one->kind->noun == "AGGREGATE"; });
}

template <class Visit>
void each_bare_column(ast::Node node, const Lookup& lookup, Visit visit) {
  if (!node || node.is("SubLink")) return;
  if (node.is("ColumnRef")) return visit(reference(node));
  if (is_aggregate(node, lookup)) return;
  for (ast::Node item : node.items()) each_bare_column(item, lookup, visit);
  for (const auto& [field, value] : node.fields()) each_bare_column(value, lookup, visit);
}
}  // namespace

void Walk::keys_of_groups(ast::Node select) {
  std::vector<Reference> grouped;
  for (ast::Node item : select["groupClause"])
    if (item.is("ColumnRef")) grouped.push_back(reference(item));
  if (grouped.empty()) return;
  for (const Source& source : scope_->sources) {
    const auto means = [&](const Reference& one, std::string_view column) {
      return (one.alias.empty() || one.alias == source.alias) && one.column == column;
    };
    const auto is_grouped = [&](std::string_view column) {
      return std::ranges::any_of(grouped, [&](const Reference& one) { return means(one, column); });
    };
    const auto [key, columns] = source.relation ? key_of(source.relation, lookup_.schema()) : std::pair<Id, List>();
    if (columns.empty() || !source.columns.known() || !std::ranges::all_of(columns, is_grouped)) continue;
    bool shows_others = false;
    for (std::string_view field : {"targetList", "havingClause", "sortClause", "distinctClause"})
      each_bare_column(select[field], lookup_, [&](const Reference& one) {
        const auto column = source.columns.find(one.column);
        shows_others |= column && column->id && means(one, column->name) && !is_grouped(column->name);
      });
    if (shows_others) mentions_.key(key);
  }
}

}  // namespace quoin
