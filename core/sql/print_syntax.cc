#include "core/sql/print_printer.h"

// Calls that SQL spells with words of their own: the grammar makes FuncCalls of pg_catalog of them, which it marks.
namespace quoin::ast::detail {

bool Printer::sql_syntax(Node node) {
  std::string_view called = node["funcname"].items().back().text();
  std::size_t count = node["args"].size();
  if (called == "timezone") return zone(node), true;
  if (called == "overlaps" && count == 4) return overlaps(node), true;
  if (called == "is_normalized") return is_normalized(node), true;
  if (called == "extract" && count == 2) return extract(node), true;
  if (called == "normalize") return normalize(node), true;
  if (called == "overlay" && count > 2) return sql_call("OVERLAY(", node, {" PLACING ", " FROM ", " FOR "}), true;
  if (called == "substring" && count > 1) return sql_call("SUBSTRING(", node, {" FROM ", " FOR "}), true;
  if (called == "position" && count == 2) return position(node), true;
  if (called == "btrim") return trim_call("BOTH", node), true;
  if (called == "ltrim") return trim_call("LEADING", node), true;
  if (called == "rtrim") return trim_call("TRAILING", node), true;
  if (called == "pg_collation_for") return sql_call("COLLATION FOR (", node, {}), true;
  if (called == "xmlexists" && count == 2) return xml_exists(node), true;
  if (called == "system_user") return add("SYSTEM_USER"), true;
  return false;
}

void Printer::sql_call(std::string_view keyword, Node call, std::initializer_list<std::string_view> words) {
  add(keyword);
  const auto* word = words.begin();
  for (Node arg : call["args"]) {
    if (arg != call["args"].items()[0]) add(*word++);
    expression(arg);
  }
  add(")");
}

void Printer::zone(Node node) {
  std::span<const Node> args = node["args"].items();
  expression(args.back(), at_zone);
  if (args.size() == 1) return add(" AT LOCAL");
  add(" AT TIME ZONE ");
  expression(args[0], above(at_zone));
}

void Printer::overlaps(Node node) {
  std::span<const Node> args = node["args"].items();
  auto pair = [&](std::size_t first) {
    add("(");
    expression(args[first]);
    add(", ");
    expression(args[first + 1]);
    add(")");
  };
  pair(0);
  add(" OVERLAPS ");
  pair(2);
}

void Printer::is_normalized(Node node) {
  std::span<const Node> args = node["args"].items();
  expression(args[0], above(is_));
  add(" IS ");
  if (args.size() > 1) add(args[1]["sval"].text(), " ");
  add("NORMALIZED");
}

void Printer::normalize(Node node) {
  std::span<const Node> args = node["args"].items();
  add("NORMALIZE(");
  expression(args[0]);
  if (args.size() > 1) add(", ", args[1]["sval"].text());
  add(")");
}

void Printer::extract(Node node) {
  std::span<const Node> args = node["args"].items();
  add("EXTRACT(");
  args[0].is("A_Const") ? ident(args[0]["sval"].text()) : expression(args[0]);
  add(" FROM ");
  expression(args[1]);
  add(")");
}

void Printer::position(Node node) {
  std::span<const Node> args = node["args"].items();  // the other way round
  add("POSITION(");
  b_expression(args[1]);
  add(" IN ");
  b_expression(args[0]);
  add(")");
}

void Printer::trim_call(std::string_view side, Node node) {
  std::span<const Node> args = node["args"].items();
  add("TRIM(", side, " ");
  if (args.size() == 2) {
    expression(args[1]);
    add(" ");
  }
  add("FROM ");
  if (args.size() == 2) {
    expression(args[0]);
  } else {
    expressions(node["args"]);
  }
  add(")");
}

void Printer::xml_exists(Node node) {
  std::span<const Node> args = node["args"].items();
  add("XMLEXISTS(");
  expression(args[0], primary);
  add(" PASSING ");
  expression(args[1], primary);
  add(")");
}

}  // namespace quoin::ast::detail
