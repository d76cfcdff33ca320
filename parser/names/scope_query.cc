// Queries: their FROM clauses make the scopes, their SELECT lists the columns.
#include "parser/names/scope.h"

namespace quoin {

namespace {
void rename_columns(SourceColumns& columns, ast::Node names) {
  if (names.size() == 0) return;
  SourceColumns::List all = columns.all();
  rename_columns(all, names);
  columns = std::move(all);
}

bool is_star(ast::Node target) {
  const std::span<const ast::Node> fields = target["val"]["fields"].items();
  return target["val"].is("ColumnRef") && !fields.empty() && fields.back().is("A_Star");
}
bool is_natural(ast::Node item) {
  return item.is("JoinExpr") && (item["isNatural"].flag() || is_natural(item["larg"]) || is_natural(item["rarg"]));
}
}  // namespace

Text alias_of(ast::Node item) { return Text(item["alias"]["aliasname"].text()); }

void rename_columns(SourceColumns::List& columns, ast::Node names) {
  if (!columns) return;
  for (std::size_t i = 0; i < names.size() && i < columns->size(); ++i)
    (*columns)[i] = {Text(names.items()[i].text()), Id()};
}

Walk::Columns Walk::query(ast::Node node) {
  if (!node) return std::nullopt;
  const std::string_view tag = node.tag();
  if (tag == "InsertStmt" || tag == "UpdateStmt" || tag == "DeleteStmt" || tag == "MergeStmt") return modify(node);
  if (tag.empty() || tag == "SelectStmt") return select(node);
  below(node);
  return std::nullopt;
}

Walk::Columns Walk::select(ast::Node node) {
  Scope scope{.outer = scope_};
  scope_ = &scope;
  with_clause(node["withClause"]);
  Columns columns = select_body(node);
  scope_ = const_cast<Scope*>(scope.outer);
  return columns;
}

Walk::Columns Walk::select_body(ast::Node node) {
  Columns columns;
  if (node.has("larg")) {
    columns = select(node["larg"]);
    select(node["rarg"]);
    if (columns)
      for (const Lookup::Column& column : *columns) scope_->labels.insert(column.name);
  } else {
    Star star;
    scope_->has_stars = asks_for_all(node);
    for (ast::Node item : node["fromClause"]) {
      Star more = from_item(item);
      star.known = star.known && more.known;
      star.columns.insert(star.columns.end(), more.columns.begin(), more.columns.end());
    }
    scope_->star = std::move(star);
    expand_stars(node);
    columns = outputs(node["targetList"]);
  }
  if (node["valuesLists"].size() > 0) {
    columns.emplace();
    for (std::size_t i = 1; i <= node["valuesLists"].items()[0].size(); ++i)
      columns->push_back({concat("column", std::to_string(i)), Id()});
  }
  for (std::string_view field :
       {"valuesLists", "whereClause", "havingClause", "windowClause", "limitOffset", "limitCount"})
    expression(node[field]);
  if (!columns) scope_->open = true;  // ORDER BY and GROUP BY may use the names of columns that are not known
  if (columns)
    for (const Lookup::Column& column : *columns) scope_->shown.insert(column.name);
  const auto labels = scope_->labels;
  for (ast::Node target : node["targetList"])
    if (const Text label(target["name"].text()); !label.empty()) scope_->labels.insert(label);
  for (std::string_view field : {"distinctClause", "sortClause"}) expression(node[field]);
  group_by(node["groupClause"], labels);
  keys_of_groups(node);
  return columns;
}

/// Columns come before labels there, unlike in ORDER BY.
void Walk::group_by(ast::Node clause, const std::unordered_set<Text>& without) {
  const std::unordered_set<Text> labels = std::exchange(scope_->labels, without);
  for (ast::Node item : clause) {
    const bool bare = item.is("ColumnRef") && item["fields"].size() == 1;
    if (bare && labels.contains(Text(item["fields"].items()[0].text())))
      bare_column(item, Text(item["fields"].items()[0].text()));
    else
      expression(item);
  }
  scope_->labels = labels;
}

Walk::Columns Walk::outputs(ast::Node list) {
  Columns columns(std::in_place);
  for (ast::Node target : list) {
    const ast::Node value = target["val"];
    const std::span<const ast::Node> fields = value["fields"].items();
    if (!is_star(target)) {
      expression(value);
      const Text label(target["name"].text());
      if (columns) columns->push_back({label.empty() ? figured_name(value) : label, Id()});
      continue;
    }
    if (!columns) continue;
    if (!scope_->star.known) {
      columns.reset();
    } else {
      for (const auto& [alias, column] : meant_by(fields).columns) columns->push_back({column.name, Id()});
    }
  }
  return columns;
}

/// What `*` or `t.*` means, where all columns are known. `t.*` has the columns too that USING merges into one.
Walk::Star Walk::meant_by(std::span<const ast::Node> fields) const {
  if (fields.size() < 2) return scope_->star;
  const Text only(fields[fields.size() - 2].text());
  Star star;
  for (const Source& source : scope_->sources) {
    if (source.alias != only) continue;
    const Columns all = source.columns.all();
    if (!all) continue;
    for (const Lookup::Column& column : *all) star.columns.emplace_back(only, column);
    return star;
  }
  for (const auto& one : scope_->star.columns)
    if (one.first == only) star.columns.push_back(one);
  return star;
}

/// Replaces `*` and `t.*` in the SELECT list by the columns, where all are known.
void Walk::expand_stars(ast::Node node) {
  if (!tree_ || !scope_->star.known) return;
  std::vector<ast::Node> expanded;
  bool any = false;
  for (ast::Node target : node["targetList"]) {
    if (!is_star(target)) {
      expanded.push_back(target);
      continue;
    }
    const std::span<const ast::Node> fields = target["val"]["fields"].items();
    any = true;
    for (const auto& [alias, column] : meant_by(fields).columns) {
      std::vector<ast::Node> names;
      if (!alias.empty()) names.push_back(tree_->make_text("String", alias));
      names.push_back(tree_->make_text("String", column.name));
      const ast::Node reference = tree_->make("ColumnRef"), result = tree_->make("ResTarget");
      reference.set("fields", tree_->make_list(names));
      result.set("val", reference);
      expanded.push_back(result);
    }
  }
  if (any && !expanded.empty()) node["targetList"].set_items(expanded);
}

void Walk::with_clause(ast::Node clause) {
  if (clause["recursive"].flag())
    for (ast::Node item : clause["ctes"]) scope_->queries.emplace_back(item["ctename"].text(), std::nullopt);
  for (ast::Node item : clause["ctes"]) {
    Columns columns = query(item["ctequery"]);
    rename_columns(columns, item["aliascolnames"]);
    if (item["search_clause"] || item["cycle_clause"]) columns.reset();
    scope_->queries.emplace_back(item["ctename"].text(), std::move(columns));
  }
}

const Walk::Columns* Walk::with_query(const Text& name) const {
  for (const Scope* scope = scope_; scope; scope = scope->outer)
    for (std::size_t i = scope->queries.size(); i-- > 0;)
      if (scope->queries[i].first == name) return &scope->queries[i].second;
  return nullptr;
}

/// Whether a SELECT has to know all columns of what it reads from: tables may have thousands.
bool Walk::asks_for_all(ast::Node select) {
  return std::ranges::any_of(select["targetList"], is_star) || std::ranges::any_of(select["fromClause"], is_natural);
}

Walk::Star Walk::add(Source source) {
  Star star{.known = source.columns.known(), .columns = {}};
  if (star.known && scope_->has_stars) {
    const Columns all = source.columns.all();
    for (const Lookup::Column& column : *all) star.columns.emplace_back(source.alias, column);
  }
  scope_->sources.push_back(std::move(source));
  return star;
}

Walk::Star Walk::from_item(ast::Node item) {
  const std::string_view tag = item.tag();
  if (tag == "RangeVar") return range_var(item);
  if (tag == "RangeSubselect") return subselect(item);
  if (tag == "RangeFunction") return function(item);
  if (tag == "JoinExpr") return join(item);
  if (tag == "RangeTableSample") {
    Star star = from_item(item["relation"]);
    expression(item["args"]);
    return star;
  }
  return table_function(item);
}

// `name` is the one that was written: a Mentions may have changed the node's.
Source Walk::source_of(ast::Node item, const Text& name, const Found& found) const {
  const Text alias = alias_of(item);
  Source source{.alias = alias.empty() ? name : alias, .relation = {}, .named = !alias.empty(), .columns = {}};
  if (found.state == Found::State::there) {
    source.relation = found.id;
    source.columns = {lookup_, found.id};
  }
  rename_columns(source.columns, item["alias"]["colnames"]);
  return source;
}

Walk::Star Walk::range_var(ast::Node item) {
  const Text name(item["relname"].text());
  if (const Columns* columns = item.has("schemaname") ? nullptr : with_query(name)) {
    const Text alias = alias_of(item);
    Source source{.alias = alias.empty() ? name : alias, .relation = {}, .named = true, .columns = *columns};
    rename_columns(source.columns, item["alias"]["colnames"]);
    return add(std::move(source));
  }
  return add(source_of(item, name, relation(item)));
}

Walk::Star Walk::subselect(ast::Node item) {
  Columns columns = query(item["subquery"]);
  rename_columns(columns, item["alias"]["colnames"]);
  return add({.alias = alias_of(item), .relation = {}, .named = true, .columns = std::move(columns)});
}

Walk::Star Walk::join(ast::Node item) {
  const std::size_t before = scope_->sources.size();
  Star left = from_item(item["larg"]);
  const Star right = from_item(item["rarg"]);
  std::unordered_set<Text> merged;
  for (ast::Node name : item["usingClause"]) merged.emplace(name.text());
  if (item["isNatural"].flag())
    for (const auto& [alias, column] : left.columns)
      if (std::ranges::count(right.columns, column.name, [](const auto& c) { return c.second.name; }))
        merged.insert(column.name);
  Star star{.known = left.known && right.known, .columns = {}};
  for (const auto& [alias, column] : left.columns)
    if (merged.contains(column.name)) star.columns.emplace_back(Text(), column);
  for (const Star* side : {static_cast<const Star*>(&left), &right})
    for (const auto& one : side->columns)
      if (!merged.contains(one.second.name)) star.columns.push_back(one);
  expression(item["quals"]);
  for (ast::Node name : item["usingClause"])
    for (const Source& source : scope_->sources)
      if (const auto column = source.columns.find(name.text()); column && column->id)
        mentions_.column({}, source, *column, 2);
  if (const Text alias = alias_of(item); !alias.empty() && scope_->sources.size() > before) {
    for (std::size_t i = before; i < scope_->sources.size(); ++i) scope_->sources[i].hidden = true;
    Source source{.alias = alias, .relation = {}, .named = true, .columns = {}};
    rename_columns(source.columns, item["alias"]["colnames"]);
    return add(std::move(source));
  }
  return star;
}

}  // namespace quoin
