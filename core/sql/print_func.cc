#include "core/sql/print_printer.h"

namespace quoin::ast::detail {

void Printer::function(Node node) {
  if (node["funcformat"].text() == "COERCE_SQL_SYNTAX" && sql_syntax(node)) return;
  name(node["funcname"]);
  add("(");
  function_arguments(node);
  add(")");
  function_tail(node);
}

void Printer::function_arguments(Node node) {
  std::span<const Node> args = node["args"].items();
  if (node["agg_star"].flag()) add("*");
  if (node["agg_distinct"].flag()) add("DISTINCT ");
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) add(", ");
    if (i + 1 == args.size() && node["func_variadic"].flag()) add("VARIADIC ");
    expression(args[i]);
  }
  if (node["agg_within_group"].flag() || node["agg_order"].size() == 0) return;
  add(" ORDER BY ");
  separated(node["agg_order"].items(), &Printer::sort_by);
}

void Printer::function_tail(Node node) {
  if (node["agg_within_group"].flag()) {
    add(" WITHIN GROUP (ORDER BY ");
    separated(node["agg_order"].items(), &Printer::sort_by);
    add(")");
  }
  if (node.has("agg_filter")) {
    add(" FILTER (WHERE ");
    expression(node["agg_filter"]);
    add(")");
  }
  if (node.has("over")) window(node["over"]);
}

void Printer::window(Node over) {
  add(" OVER ");
  if (over.has("name")) return ident(over["name"].text());
  add("(");
  window_body(over);
  add(")");
}

void Printer::window_body(Node over) {
  std::size_t begin = out_.size();
  auto gap = [&] {
    if (out_.size() > begin) add(" ");
  };
  if (over.has("refname")) ident(over["refname"].text());
  if (over["partitionClause"].size() > 0) {
    gap();
    add("PARTITION BY ");
    expressions(over["partitionClause"]);
  }
  if (over["orderClause"].size() > 0) {
    gap();
    add("ORDER BY ");
    separated(over["orderClause"].items(), &Printer::sort_by);
  }
  if ((over["frameOptions"].number() & 1) != 0) {
    gap();
    frame(over);
  }
}

// The bits are FRAMEOPTION_… of parsenodes.h.
void Printer::frame(Node over) {
  const auto options = static_cast<std::uint64_t>(over["frameOptions"].number());
  auto bound = [&](std::string_view offset, unsigned preceding_all, std::span<const unsigned> bits) {
    if ((options & preceding_all) != 0) return add("UNBOUNDED PRECEDING");
    if ((options & bits[0]) != 0) return add("UNBOUNDED FOLLOWING");
    if ((options & bits[1]) != 0) return add("CURRENT ROW");
    expression(over[offset], above(op));
    add((options & bits[2]) != 0 ? " PRECEDING" : " FOLLOWING");
  };
  constexpr unsigned start[] = {0x80, 0x200, 0x800}, end[] = {0x100, 0x400, 0x1000};
  add((options & 0x2) != 0 ? "RANGE " : (options & 0x4) != 0 ? "ROWS " : "GROUPS ");
  bool between = (options & 0x10) != 0;
  if (between) add("BETWEEN ");
  bound("startOffset", 0x20, start);
  if (between) {
    add(" AND ");
    bound("endOffset", 0x40, end);
  }
  if ((options & 0x8000) != 0) add(" EXCLUDE CURRENT ROW");
  if ((options & 0x10000) != 0) add(" EXCLUDE GROUP");
  if ((options & 0x20000) != 0) add(" EXCLUDE TIES");
}

void Printer::value_function(Node node) {
  Text word(node["op"].text().substr(6));  // SVFOP_CURRENT_TIMESTAMP_N
  bool precision = word.ends_with("_N");
  if (precision) word.resize(word.size() - 2);
  add(word);
  if (precision) add("(", std::to_string(node["typmod"].number()), ")");
}

void Printer::case_expr(Node node) {
  add("CASE");
  if (node.has("arg")) {
    add(" ");
    expression(node["arg"]);
  }
  for (Node when : node["args"]) {
    add(" WHEN ");
    expression(when["expr"]);
    add(" THEN ");
    expression(when["result"]);
  }
  if (node.has("defresult")) {
    add(" ELSE ");
    expression(node["defresult"]);
  }
  add(" END");
}

void Printer::coalesce(Node node) {
  add("COALESCE(");
  expressions(node["args"]);
  add(")");
}

void Printer::min_max(Node node) {
  add(node["op"].text() == "IS_GREATEST" ? "GREATEST(" : "LEAST(");
  expressions(node["args"]);
  add(")");
}

void Printer::row(Node node) {
  bool implicit = node["row_format"].text() == "COERCE_IMPLICIT_CAST" && node["args"].size() > 1;
  add(implicit ? "(" : "ROW(");
  expressions(node["args"]);
  add(")");
}

void Printer::array(Node node) {
  add("ARRAY[");
  expressions(node["elements"]);
  add("]");
}

void Printer::grouping(Node node) {
  add("GROUPING(");
  expressions(node["args"]);
  add(")");
}

void Printer::named_argument(Node node) {
  add(quote_ident(node["name"].text()), " => ");
  expression(node["arg"]);
}

void Printer::current_of(Node node) { add("CURRENT OF ", quote_ident(node["cursor_name"].text())); }

}  // namespace quoin::ast::detail
