#include "core/sql/print_printer.h"

namespace quoin::ast::detail {
namespace {

Precedence of_operator(Node name) {
  if (name.size() != 1) return op;
  std::string_view sign = name.items()[0].text();
  if (sign == "<" || sign == ">" || sign == "=" || sign == "<=" || sign == ">=" || sign == "<>") return compare;
  if (sign == "+" || sign == "-") return plus;
  if (sign == "*" || sign == "/" || sign == "%") return times;
  return sign == "^" ? power : op;
}

Precedence of_operation(Node node) {
  std::string_view kind = node["kind"].text();
  if (kind == "AEXPR_OP" || kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") {
    Precedence binary = of_operator(node["name"]);
    if (node.has("lexpr")) return binary;
    return binary == plus ? minus : op;
  }
  if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT") return is_;
  return kind == "AEXPR_NULLIF" ? primary : like;
}

Precedence of_sub_link(Node node) {
  if (!node.has("testexpr")) return primary;
  return node.has("operName") ? of_operator(node["operName"]) : like;
}

Precedence of_bool(Node node) {
  std::string_view kind = node["boolop"].text();
  if (kind == "OR_EXPR") return or_;
  if (kind == "AND_EXPR") return and_;
  Node arg = node["args"].size() > 0 ? node["args"].items()[0] : Node();
  return arg.is("SubLink") && of_sub_link(arg) == like ? like : not_;  // NOT IN
}

Precedence of_call(Node node) {
  if (node["funcformat"].text() != "COERCE_SQL_SYNTAX" || node["funcname"].size() == 0) return primary;
  std::string_view name = node["funcname"].items().back().text();
  if (name == "timezone") return at_zone;
  if (name == "overlaps") return like;
  return name == "is_normalized" ? is_ : primary;
}

Precedence of_constant(Node node) {
  if (node.has("ival")) return node["ival"].number() < 0 ? minus : primary;
  return node.has("fval") && node["fval"].text().starts_with('-') ? minus : primary;
}

}  // namespace

Precedence precedence(Node node) {
  std::string_view tag = node.tag();
  if (tag == "ColumnRef") return primary;
  if (tag == "A_Const") return of_constant(node);
  if (tag == "A_Expr") return of_operation(node);
  if (tag == "BoolExpr") return of_bool(node);
  if (tag == "FuncCall") return of_call(node);
  if (tag == "SubLink") return of_sub_link(node);
  if (tag == "TypeCast") return cast;
  if (tag == "CollateClause") return collate;
  if (tag == "NullTest" || tag == "BooleanTest" || tag == "JsonIsPredicate") return is_;
  if (tag == "XmlExpr") return node["op"].text() == "IS_DOCUMENT" ? is_ : primary;
  return primary;
}

bool is_b_expr(Node node) {
  Precedence p = precedence(node);
  if (p == primary) return !node.is("SetToDefault");
  if (node.is("A_Const")) return true;
  if (node.is("TypeCast")) return precedence(node["arg"]) < cast || is_b_expr(node["arg"]);
  if (!node.is("A_Expr") || node["kind"].text() != "AEXPR_OP") return false;
  // An operand in parentheses is fine whatever it holds, but which ones get them is the printer's affair; so only
  // operands that can go without are taken.
  return (!node.has("lexpr") || is_b_expr(node["lexpr"])) && is_b_expr(node["rexpr"]);
}

}  // namespace quoin::ast::detail
