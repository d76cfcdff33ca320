// Statements that change rows: their target is a source, and names columns bare.
#include "parser/names/scope.h"

namespace quoin {

Walk::Columns Walk::modify(ast::Node node) {
  Scope scope{.outer = scope_};
  scope_ = &scope;
  with_clause(node["withClause"]);
  const Text name(node["relation"]["relname"].text());
  Source target = source_of(node["relation"], name, relation(node["relation"]));
  targets(node["cols"], target);
  if (node.is("InsertStmt")) query(node["selectStmt"]);
  scope.star = add(target);
  Star more;
  for (std::string_view field : {"fromClause", "usingClause"})
    for (ast::Node item : node[field]) more = from_item(item);
  if (node.has("sourceRelation")) from_item(node["sourceRelation"]);
  targets(node["targetList"], target);
  for (ast::Node assigned : node["targetList"]) expression(assigned["val"]);
  expression(node["whereClause"]);
  expression(node["joinCondition"]);
  on_conflict(node["onConflictClause"], target);
  merge_clauses(node["mergeWhenClauses"], target);
  scope.open = scope.sources.size() > 1;  // OLD and NEW of RETURNING, columns of FROM in `*`
  scope.star.known = scope.star.known && scope.sources.size() == 1;
  const ast::Node returning = node["returningClause"];
  Columns columns = outputs(returning.has("exprs") ? returning["exprs"] : node["returningList"]);
  scope_ = const_cast<Scope*>(scope.outer);
  return columns;
}

/// Column names on the left of an assignment, or in INSERT's list.
void Walk::targets(ast::Node list, const Source& source) {
  if (!source.columns.known() || !source.relation) return;
  for (ast::Node target : list) {
    const Text name(target["name"].text());
    if (name.empty()) continue;
    if (const auto found = source.columns.find(name)) {
      mentions_.target(target, source, found->id);
    } else {
      missing_column(name, source, target.location());
    }
  }
}

void Walk::on_conflict(ast::Node clause, const Source& target) {
  if (!clause) return;
  for (ast::Node element : clause["infer"]["indexElems"]) {
    const Text name(element["name"].text());
    if (name.empty() || !target.columns.known() || !target.relation) {
      expression(element["expr"]);
    } else if (!target.columns.find(name)) {
      missing_column(name, target, -1);
    }
  }
  expression(clause["infer"]["whereClause"]);
  Source excluded = target;
  excluded.alias = "excluded";
  excluded.hidden = excluded.named = true;
  scope_->sources.push_back(std::move(excluded));
  targets(clause["targetList"], target);
  for (ast::Node assigned : clause["targetList"]) expression(assigned["val"]);
  expression(clause["whereClause"]);
  scope_->sources.pop_back();
}

void Walk::merge_clauses(ast::Node clauses, const Source& target) {
  for (ast::Node clause : clauses) {
    expression(clause["condition"]);
    targets(clause["targetList"], target);
    for (ast::Node assigned : clause["targetList"]) expression(assigned["val"]);
    expression(clause["values"]);
  }
}

namespace {
struct Figured {
  Text name;
  int strength;  // 0: none, 1: weak (a type's name), 2: strong
};

Figured figure(ast::Node node);

Figured figure_sublink(ast::Node node) {
  const std::string_view type = node["subLinkType"].text();
  if (type == "EXISTS_SUBLINK") return {"exists", 2};
  if (type == "ARRAY_SUBLINK") return {"array", 2};
  if (type != "EXPR_SUBLINK") return {{}, 0};
  const std::span<const ast::Node> list = node["subselect"]["targetList"].items();
  if (list.empty()) return {{}, 0};
  const Text label(list[0]["name"].text());
  return label.empty() ? figure(list[0]["val"]) : Figured{label, 2};
}

Figured last_of(ast::Node list) {
  Text name;
  for (ast::Node item : list)
    if (!item.is("A_Star") && !item.is("A_Indices") && !item.text().empty()) name = item.text();
  return {name, name.empty() ? 0 : 2};
}

Figured figure_cast(ast::Node node) {
  Figured inner = figure(node["arg"]);
  if (inner.strength > 1) return inner;
  const List names = node["typeName"]["names"].texts();
  return names.empty() ? inner : Figured{names.back(), 1};
}

/// SQLValueFunction's op names the keyword: SVFOP_CURRENT_DATE.
Figured figure_keyword(std::string_view op) {
  Text word = lower(op.substr(op.find('_') + 1));
  if (word.ends_with("_n")) word.resize(word.size() - 2);
  return {word, 2};
}

Figured figure(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag == "ColumnRef") return last_of(node["fields"]);
  if (tag == "FuncCall") return last_of(node["funcname"]);
  if (tag == "TypeCast") return figure_cast(node);
  if (tag == "CollateClause") return figure(node["arg"]);
  if (tag == "SubLink") return figure_sublink(node);
  if (tag == "SQLValueFunction") return figure_keyword(node["op"].text());
  if (tag == "A_ArrayExpr") return {"array", 2};
  if (tag == "RowExpr") return {"row", 2};
  if (tag == "CoalesceExpr") return {"coalesce", 2};
  if (tag == "GroupingFunc") return {"grouping", 2};
  if (tag == "XmlSerialize") return {"xmlserialize", 2};
  if (tag == "MinMaxExpr") return {node["op"].text() == "IS_LEAST" ? "least" : "greatest", 2};
  if (tag == "A_Expr" && node["kind"].text() == "AEXPR_NULLIF") return {"nullif", 2};
  if (tag == "A_Indirection") {
    Figured last = last_of(node["indirection"]);
    return last.strength ? last : figure(node["arg"]);
  }
  if (tag == "CaseExpr") {
    Figured last = figure(node["defresult"]);
    return last.strength > 1 ? last : Figured{"case", 1};
  }
  return {{}, 0};
}
}  // namespace

Text figured_name(ast::Node expression) {
  Figured figured = figure(expression);
  return figured.strength ? figured.name : Text("?column?");
}

}  // namespace quoin
