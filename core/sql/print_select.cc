#include "core/sql/print_printer.h"

namespace quoin::ast::detail {

void Printer::select(Node node) {
  if (node.has("withClause")) with(node["withClause"]);
  if (node["op"].text() != "SETOP_NONE") {
    set_operation(node);
  } else if (node.has("valuesLists")) {
    values(node);
  } else {
    select_core(node);
  }
  order_and_limit(node);
}

void Printer::set_operation(Node node) {
  set_operand(node["larg"], node, Side::left);
  line();
  std::string_view op = node["op"].text();
  add(op == "SETOP_UNION" ? "UNION" : op == "SETOP_INTERSECT" ? "INTERSECT" : "EXCEPT");
  if (node["all"].flag()) add(" ALL");
  line();
  set_operand(node["rarg"], node, Side::right);
}

void Printer::set_operand(Node node, Node parent, Side side) {
  auto rank = [](Node query) { return query["op"].text() == "SETOP_INTERSECT" ? 2 : 1; };
  bool own = false;  // clauses that would be taken for the whole query's
  for (std::string_view clause : {"sortClause", "limitCount", "limitOffset", "lockingClause", "withClause"}) {
    own = own || node.has(clause);
  }
  bool nested = node["op"].text() != "SETOP_NONE" &&
                (side == Side::left ? rank(node) < rank(parent) : rank(node) <= rank(parent));
  if (!own && !nested) return query(node);
  block(node, &Printer::query);
}

void Printer::values_row(Node row) {
  add("(");
  expressions(row);
  add(")");
}

void Printer::values(Node node) {
  add("VALUES");
  indent_ += 2;
  std::string_view comma;
  for (Node row : node["valuesLists"]) {
    add(comma);
    line();
    values_row(row);
    comma = ",";
  }
  indent_ -= 2;
}

void Printer::select_core(Node node) {
  add("SELECT");
  if (Node distinct = node["distinctClause"]; distinct.size() > 0) {
    add(" DISTINCT");
    if (distinct.items()[0]) {
      add(" ON (");
      expressions(distinct);
      add(")");
    }
  }
  targets(node["targetList"]);
  if (node.has("intoClause")) into(node["intoClause"]);
  if (Node from = node["fromClause"]; from.size() > 0) {
    line();
    add("FROM ");
    separated(from.items(), &Printer::from_item);
  }
  where(node["whereClause"]);
  clause(node["groupDistinct"].flag() ? "GROUP BY DISTINCT" : "GROUP BY", node["groupClause"], &Printer::group_item);
  if (node.has("havingClause")) {
    line();
    add("HAVING ");
    expression(node["havingClause"]);
  }
  clause("WINDOW", node["windowClause"], &Printer::window_definition);
}

// One short item stands behind SELECT, more of them on lines of their own.
void Printer::targets(Node list) {
  if (list.size() == 0) return;
  if (layout_ == Layout::flat || (list.size() == 1 && fits(list.items()[0], &Printer::target))) {
    add(" ");
    return separated(list.items(), &Printer::target);
  }
  indent_ += 2;
  std::string_view comma;
  for (Node item : list) {
    add(comma);
    line();
    target(item);
    comma = ",";
  }
  indent_ -= 2;
}

void Printer::target(Node item) {
  expression(item["val"]);
  if (item.has("name")) add(" AS ", quote_ident(item["name"].text()));
}

void Printer::into(Node node) {
  line();
  add("INTO ");
  std::string_view persistence = node["rel"]["relpersistence"].text();
  add(persistence == "t" ? "TEMPORARY " : persistence == "u" ? "UNLOGGED " : "", "TABLE ");
  name(node["rel"]);
}

void Printer::where(Node condition) {
  if (!condition) return;
  line();
  add("WHERE ");
  bool and_list = condition.is("BoolExpr") && condition["boolop"].text() == "AND_EXPR";
  if (layout_ == Layout::flat || !and_list) return expression(condition);
  indent_ += 2;
  std::span<const Node> args = condition["args"].items();
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) {
      line();
      add("AND ");
    }
    expression(args[i], above(and_));
  }
  indent_ -= 2;
}

void Printer::group_item(Node item) {
  if (!item.is("GroupingSet")) return expression(item);
  std::string_view kind = item["kind"].text();
  if (kind == "GROUPING_SET_EMPTY") return add("()");
  add(kind == "GROUPING_SET_ROLLUP" ? "ROLLUP (" : kind == "GROUPING_SET_CUBE" ? "CUBE (" : "GROUPING SETS (");
  separated(item["content"].items(), &Printer::group_item);
  add(")");
}

void Printer::window_definition(Node node) {
  add(quote_ident(node["name"].text()), " AS (");
  window_body(node);
  add(")");
}

void Printer::sort_by(Node item) {
  expression(item["node"]);
  std::string_view direction = item["sortby_dir"].text(), nulls = item["sortby_nulls"].text();
  if (direction == "SORTBY_ASC") add(" ASC");
  if (direction == "SORTBY_DESC") add(" DESC");
  if (direction == "SORTBY_USING") {
    add(" USING ");
    operator_name(item["useOp"]);
  }
  if (nulls == "SORTBY_NULLS_FIRST") add(" NULLS FIRST");
  if (nulls == "SORTBY_NULLS_LAST") add(" NULLS LAST");
}

void Printer::order_and_limit(Node node) {
  clause("ORDER BY", node["sortClause"], &Printer::sort_by);
  limit(node);
  for (Node lock : node["lockingClause"]) {
    line();
    locking(lock);
  }
}

void Printer::limit(Node node) {
  Node count = node["limitCount"];
  bool ties = node["limitOption"].text() == "LIMIT_OPTION_WITH_TIES";
  if (count && !ties) {
    line();
    add("LIMIT ");
    count["isnull"].flag() ? add("ALL") : expression(count);
  }
  if (node.has("limitOffset")) {
    line();
    add("OFFSET ");
    expression(node["limitOffset"]);
  }
  if (!count || !ties) return;
  line();
  add("FETCH FIRST ");
  expression(count, count.is("A_Const") ? minus : primary);
  add(" ROWS WITH TIES");
}

void Printer::locking(Node lock) {
  static const std::unordered_map<std::string_view, std::string_view> strengths = {
      {"LCS_FORUPDATE", "FOR UPDATE"},
      {"LCS_FORNOKEYUPDATE", "FOR NO KEY UPDATE"},
      {"LCS_FORSHARE", "FOR SHARE"},
      {"LCS_FORKEYSHARE", "FOR KEY SHARE"}};
  add(strengths.at(lock["strength"].text()));
  if (lock["lockedRels"].size() > 0) {
    add(" OF ");
    separated(lock["lockedRels"].items(), &Printer::name);
  }
  std::string_view wait = lock["waitPolicy"].text();
  if (wait == "LockWaitSkip") add(" SKIP LOCKED");
  if (wait == "LockWaitError") add(" NOWAIT");
}

void Printer::with(Node node) {
  add("WITH ", node["recursive"].flag() ? "RECURSIVE " : "");
  std::span<const Node> tables = node["ctes"].items();
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (i > 0) {
      add(",");
      line();
    }
    common_table(tables[i]);
  }
  line();
}

void Printer::common_table(Node node) {
  ident(node["ctename"].text());
  if (node["aliascolnames"].size() > 0) {
    add(" (");
    names(node["aliascolnames"]);
    add(")");
  }
  std::string_view materialized = node["ctematerialized"].text();
  add(" AS ", materialized == "CTEMaterializeAlways"  ? "MATERIALIZED "
              : materialized == "CTEMaterializeNever" ? "NOT MATERIALIZED "
                                                      : "");
  subquery(node["ctequery"]);
  search_and_cycle(node);
}

// Where the grammar takes a constant and no expression, a type stands before it.
void Printer::bare_constant(Node node) {
  if (!node.is("TypeCast")) return expression(node);
  type(node["typeName"]);
  add(" ");
  expression(node["arg"]);
}

void Printer::search_and_cycle(Node table) {
  if (Node search = table["search_clause"]) {
    add(search["search_breadth_first"].flag() ? " SEARCH BREADTH" : " SEARCH DEPTH", " FIRST BY ");
    names(search["search_col_list"]);
    add(" SET ", quote_ident(search["search_seq_column"].text()));
  }
  Node cycle = table["cycle_clause"];
  if (!cycle) return;
  add(" CYCLE ");
  names(cycle["cycle_col_list"]);
  add(" SET ", quote_ident(cycle["cycle_mark_column"].text()));
  // What the grammar fills in for CYCLE … SET x USING y.
  bool usual = cycle["cycle_mark_value"]["boolval"].flag() && cycle["cycle_mark_default"].has("boolval") &&
               !cycle["cycle_mark_default"]["boolval"].flag();
  if (!usual) {
    add(" TO ");
    bare_constant(cycle["cycle_mark_value"]);
    add(" DEFAULT ");
    bare_constant(cycle["cycle_mark_default"]);
  }
  add(" USING ", quote_ident(cycle["cycle_path_column"].text()));
}

}  // namespace quoin::ast::detail
