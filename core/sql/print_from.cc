#include "core/sql/print_printer.h"

namespace quoin::ast::detail {

void Printer::from_item(Node item) { node(item); }

void Printer::relation(Node node) {
  if (!node["inh"].flag()) add("ONLY ");
  name(node);
  alias(node);
}

void Printer::alias(Node node) {
  Node alias = node["alias"];
  if (!alias) return;
  add(" ", quote_ident(alias["aliasname"].text()));
  if (alias["colnames"].size() == 0) return;
  add("(");
  names(alias["colnames"]);
  add(")");
}

void Printer::range_subselect(Node node) {
  if (node["lateral"].flag()) add("LATERAL ");
  subquery(node["subquery"]);
  alias(node);
}

void Printer::column_definition(Node column) {
  add(quote_ident(column["colname"].text()), " ");
  if (column["typeName"]["setof"].flag()) add("SETOF ");
  type(column["typeName"]);
  if (!column.has("collClause")) return;
  add(" ");
  collate_clause(column["collClause"]);
}

// A list of the call and, in ROWS FROM, its column definitions.
void Printer::function_item(Node pair) {
  std::span<const Node> parts = pair.items();
  expression(parts[0]);
  if (parts.size() < 2 || parts[1].size() == 0) return;
  add(" AS (");
  separated(parts[1].items(), &Printer::column_definition);
  add(")");
}

void Printer::range_function(Node node) {
  if (node["lateral"].flag()) add("LATERAL ");
  bool rows_from = node["is_rowsfrom"].flag();
  if (rows_from) add("ROWS FROM (");
  separated(node["functions"].items(), &Printer::function_item);
  if (rows_from) add(")");
  if (node["ordinality"].flag()) add(" WITH ORDINALITY");
  if (node["coldeflist"].size() == 0) return alias(node);
  add(" AS ");
  if (node.has("alias")) ident(node["alias"]["aliasname"].text());
  add("(");
  separated(node["coldeflist"].items(), &Printer::column_definition);
  add(")");
}

void Printer::join(Node node) {
  static const std::unordered_map<std::string_view, std::string_view> kinds = {
      {"JOIN_INNER", "JOIN "}, {"JOIN_LEFT", "LEFT JOIN "}, {"JOIN_RIGHT", "RIGHT JOIN "}, {"JOIN_FULL", "FULL JOIN "}};
  bool named = node.has("alias");
  if (named) add("(");
  from_item(node["larg"]);
  line();
  std::string_view kind = node["jointype"].text();
  bool natural = node["isNatural"].flag(), bound = node.has("quals") || node["usingClause"].size() > 0;
  if (natural) add("NATURAL ");
  add(kind == "JOIN_INNER" && !natural && !bound ? "CROSS JOIN " : kinds.at(kind));
  Node right = node["rarg"];
  bool nested = right.is("JoinExpr") && !right.has("alias");
  if (nested) add("(");
  from_item(right);
  if (nested) add(")");
  if (node["usingClause"].size() > 0) {
    add(" USING (");
    names(node["usingClause"]);
    add(")");
    if (node.has("join_using_alias")) add(" AS ", quote_ident(node["join_using_alias"]["aliasname"].text()));
  }
  if (node.has("quals")) {
    add(" ON ");
    expression(node["quals"]);
  }
  if (named) add(")");
  alias(node);
}

// The alias belongs to the relation, and comes before TABLESAMPLE.
void Printer::table_sample(Node node) {
  from_item(node["relation"]);
  add(" TABLESAMPLE ");
  name(node["method"]);
  add("(");
  expressions(node["args"]);
  add(")");
  if (!node.has("repeatable")) return;
  add(" REPEATABLE (");
  expression(node["repeatable"]);
  add(")");
}

}  // namespace quoin::ast::detail
