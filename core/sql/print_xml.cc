#include "core/sql/print_printer.h"

namespace quoin::ast::detail {

void Printer::xml_expr(Node node) {
  static const std::unordered_map<std::string_view, Method> kinds = {
      {"IS_XMLELEMENT", &Printer::xml_element}, {"IS_XMLPARSE", &Printer::xml_parse},
      {"IS_XMLPI", &Printer::xml_pi},           {"IS_XMLROOT", &Printer::xml_root},
      {"IS_XMLCONCAT", &Printer::xml_list},     {"IS_XMLFOREST", &Printer::xml_list},
      {"IS_DOCUMENT", &Printer::xml_document}};
  std::string_view op = node["op"].text();
  auto at = kinds.find(op);
  if (at == kinds.end()) {
    throw Error(Code::internal, concat("quoin has no words for an XmlExpr of kind ", op), {}, "report the statement");
  }
  (this->*at->second)(node);
}

void Printer::xml_list(Node node) {
  add(node["op"].text().substr(3), "(");
  node["op"].text() == "IS_XMLFOREST" ? separated(node["named_args"].items(), &Printer::target)
                                      : expressions(node["args"]);
  add(")");
}

void Printer::xml_element(Node node) {
  add("XMLELEMENT(NAME ", quote_ident(node["name"].text()));
  if (node["named_args"].size() > 0) {
    add(", XMLATTRIBUTES(");
    separated(node["named_args"].items(), &Printer::target);
    add(")");
  }
  if (node["args"].size() > 0) add(", ");
  expressions(node["args"]);
  add(")");
}

void Printer::xml_pi(Node node) {
  add("XMLPI(NAME ", quote_ident(node["name"].text()));
  if (node["args"].size() > 0) add(", ");
  expressions(node["args"]);
  add(")");
}

void Printer::xml_parse(Node node) {
  std::span<const Node> args = node["args"].items();
  add("XMLPARSE(", node["xmloption"].text().substr(10), " ");  // XMLOPTION_CONTENT
  expression(args[0]);
  if (args.size() > 1 && args[1]["boolval"].flag()) add(" PRESERVE WHITESPACE");
  add(")");
}

void Printer::xml_root(Node node) {
  std::span<const Node> args = node["args"].items();
  add("XMLROOT(");
  expression(args[0]);
  add(", VERSION ");
  args[1]["isnull"].flag() ? add("NO VALUE") : expression(args[1]);
  constexpr std::string_view standalone[] = {", STANDALONE YES", ", STANDALONE NO", ", STANDALONE NO VALUE", ""};
  add(standalone[static_cast<std::size_t>(args[2]["ival"].number()) % std::size(standalone)], ")");
}

void Printer::xml_document(Node node) {
  expression(node["args"].items()[0], above(is_));
  add(" IS DOCUMENT");
}

void Printer::xml_serialize(Node node) {
  add("XMLSERIALIZE(", node["xmloption"].text().substr(10), " ");
  expression(node["expr"]);
  add(" AS ");
  type(node["typeName"]);
  add(node["indent"].flag() ? " INDENT)" : ")");
}

void Printer::xml_namespace(Node space) {
  if (!space.has("name")) add("DEFAULT ");
  b_expression(space["val"]);
  if (space.has("name")) add(" AS ", quote_ident(space["name"].text()));
}

void Printer::xml_table(Node node) {
  if (node["lateral"].flag()) add("LATERAL ");
  add("XMLTABLE(");
  if (node["namespaces"].size() > 0) {
    add("XMLNAMESPACES(");
    separated(node["namespaces"].items(), &Printer::xml_namespace);
    add("), ");
  }
  expression(node["rowexpr"], primary);
  add(" PASSING ");
  expression(node["docexpr"], primary);
  add(" COLUMNS ");
  separated(node["columns"].items(), &Printer::xml_column);
  add(")");
  alias(node);
}

void Printer::xml_column(Node column) {
  ident(column["colname"].text());
  if (column["for_ordinality"].flag()) return add(" FOR ORDINALITY");
  add(" ");
  type(column["typeName"]);
  if (column.has("colexpr")) {
    add(" PATH ");
    b_expression(column["colexpr"]);
  }
  if (column.has("coldefexpr")) {
    add(" DEFAULT ");
    b_expression(column["coldefexpr"]);
  }
  if (column["is_not_null"].flag()) add(" NOT NULL");
}

}  // namespace quoin::ast::detail
