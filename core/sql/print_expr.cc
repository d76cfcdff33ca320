#include "core/sql/print_printer.h"

namespace quoin::ast::detail {

void Printer::column_ref(Node node) {
  std::string_view dot;
  for (Node field : node["fields"]) {
    add(dot);
    field.is("A_Star") ? add("*") : ident(field.text());
    dot = ".";
  }
}

void Printer::constant(Node node) {
  if (node["isnull"].flag()) return add("NULL");
  if (node.has("ival")) return add(std::to_string(node["ival"].number()));
  if (node.has("fval")) return add(node["fval"].text());
  if (node.has("boolval")) return add(node["boolval"].flag() ? "true" : "false");
  if (node.has("bsval")) {
    std::string_view bits = node["bsval"].text();
    return add(bits.starts_with('x') ? "X'" : "B'", bits.substr(bits.empty() ? 0 : 1), "'");
  }
  add(quote_literal(node["sval"].text()));
}

void Printer::param_ref(Node node) { add("$", std::to_string(node["number"].number())); }

void Printer::operator_name(Node list) {
  std::span<const Node> parts = list.items();
  if (parts.size() == 1) return add(parts[0].text());
  add("OPERATOR(");
  for (Node part : parts.first(parts.size() - 1)) add(quote_ident(part.text()), ".");
  add(parts.back().text(), ")");
}

void Printer::operation(Node node) {
  static const std::unordered_map<std::string_view, Method> kinds = {
      {"AEXPR_OP", &Printer::binary},
      {"AEXPR_OP_ANY", &Printer::any_or_all},
      {"AEXPR_OP_ALL", &Printer::any_or_all},
      {"AEXPR_DISTINCT", &Printer::distinct_from},
      {"AEXPR_NOT_DISTINCT", &Printer::distinct_from},
      {"AEXPR_IN", &Printer::in_list},
      {"AEXPR_LIKE", &Printer::pattern},
      {"AEXPR_ILIKE", &Printer::pattern},
      {"AEXPR_SIMILAR", &Printer::pattern},
      {"AEXPR_BETWEEN", &Printer::between},
      {"AEXPR_NOT_BETWEEN", &Printer::between},
      {"AEXPR_BETWEEN_SYM", &Printer::between},
      {"AEXPR_NOT_BETWEEN_SYM", &Printer::between},
  };
  std::string_view kind = node["kind"].text();
  if (auto at = kinds.find(kind); at != kinds.end()) return (this->*at->second)(node);
  if (kind != "AEXPR_NULLIF") {
    throw Error(Code::internal, concat("quoin has no words for an A_Expr of kind ", kind), {}, "report the statement");
  }
  add("NULLIF(");
  expression(node["lexpr"]);
  add(", ");
  expression(node["rexpr"]);
  add(")");
}

void Printer::binary(Node node) {
  Precedence p = precedence(node);
  if (!node.has("lexpr")) {
    operator_name(node["name"]);
    std::size_t at = out_.size();
    // A prefix operator other than + and - binds to its left like any operator: its operand must bind closer.
    expression(node["rexpr"], p == minus ? minus : above(op));
    bool tight = p == minus && std::string_view("+-").find(out_[at]) == std::string_view::npos;
    if (!tight) out_.insert(at, 1, ' ');
    return;
  }
  expression(node["lexpr"], p == compare ? above(p) : p);
  add(" ");
  operator_name(node["name"]);
  add(" ");
  expression(node["rexpr"], above(p));
}

void Printer::pattern(Node node) {
  std::string_view kind = node["kind"].text();
  bool negated = node["name"].size() > 0 && node["name"].items()[0].text().starts_with('!');
  expression(node["lexpr"], above(like));
  add(negated ? " NOT" : "", kind == "AEXPR_LIKE" ? " LIKE " : kind == "AEXPR_ILIKE" ? " ILIKE " : " SIMILAR TO ");
  Node right = node["rexpr"], args = right["args"];
  List function = right.is("FuncCall") ? right["funcname"].texts() : List();
  bool escape = function == List{"pg_catalog", "like_escape"} && args.size() == 2 && kind != "AEXPR_SIMILAR";
  bool similar = function == List{"pg_catalog", "similar_to_escape"} && kind == "AEXPR_SIMILAR" && args.size() > 0;
  if (!escape && !similar) return expression(right, above(like));
  expression(args.items()[0], above(like));
  if (args.size() < 2) return;
  add(" ESCAPE ");
  expression(args.items()[1], above(like));
}

void Printer::between(Node node) {
  std::string_view kind = node["kind"].text();
  std::span<const Node> bounds = node["rexpr"].items();
  expression(node["lexpr"], above(like));
  add(kind.starts_with("AEXPR_NOT") ? " NOT" : "", " BETWEEN ", kind.ends_with("_SYM") ? "SYMMETRIC " : "");
  Node low = bounds[0];
  expression(low, is_b_expr(low) ? above(like) : above(primary));
  add(" AND ");
  expression(bounds[1], above(like));
}

void Printer::in_list(Node node) {
  expression(node["lexpr"], above(like));
  add(node["name"].items()[0].text() == "<>" ? " NOT IN (" : " IN (");
  expressions(node["rexpr"]);
  add(")");
}

void Printer::any_or_all(Node node) {
  Precedence p = precedence(node);
  expression(node["lexpr"], p == compare ? above(p) : p);
  add(" ");
  operator_name(node["name"]);
  add(node["kind"].text() == "AEXPR_OP_ANY" ? " ANY (" : " ALL (");
  // A bare subquery would be taken for the rows to compare with.
  expression(node["rexpr"], node["rexpr"].is("SubLink") ? above(primary) : none);
  add(")");
}

void Printer::distinct_from(Node node) {
  expression(node["lexpr"], above(is_));
  add(node["kind"].text() == "AEXPR_DISTINCT" ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ");
  expression(node["rexpr"], above(is_));
}

void Printer::bool_expr(Node node) {
  std::span<const Node> args = node["args"].items();
  std::string_view kind = node["boolop"].text();
  if (kind == "NOT_EXPR") {
    Node arg = args[0];
    if (precedence(node) == like) {
      expression(arg["testexpr"], above(like));
      add(" NOT IN ");
      return subquery(arg["subselect"]);
    }
    add("NOT ");
    return expression(arg, not_);
  }
  Precedence p = kind == "AND_EXPR" ? and_ : or_;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (i > 0) add(p == and_ ? " AND " : " OR ");
    expression(args[i], above(p));
  }
}

void Printer::null_test(Node node) {
  expression(node["arg"], above(is_));
  add(node["nulltesttype"].text() == "IS_NULL" ? " IS NULL" : " IS NOT NULL");
}

void Printer::boolean_test(Node node) {
  expression(node["arg"], above(is_));
  Text test(node["booltesttype"].text());  // IS_NOT_UNKNOWN
  std::replace(test.begin(), test.end(), '_', ' ');
  add(" ", test);
}

void Printer::sub_link(Node node) {
  std::string_view kind = node["subLinkType"].text();
  if (kind == "EXISTS_SUBLINK") add("EXISTS ");
  if (kind == "ARRAY_SUBLINK") add("ARRAY");
  if (node.has("testexpr")) {
    Precedence p = precedence(node);
    expression(node["testexpr"], p == compare || p == like ? above(p) : p);
    add(" ");
    if (node.has("operName")) {
      operator_name(node["operName"]);
      add(kind == "ALL_SUBLINK" ? " ALL " : " ANY ");
    } else {
      add("IN ");
    }
  }
  subquery(node["subselect"]);
}

void Printer::type_cast(Node node) {
  expression(node["arg"], cast);
  add("::");
  if (node["typeName"]["setof"].flag()) add("SETOF ");
  type(node["typeName"]);
}

void Printer::collate_clause(Node node) {
  if (node.has("arg")) {
    expression(node["arg"], collate);
    add(" ");
  }
  add("COLLATE ");
  name(node["collname"]);
}

void Printer::indirection(Node node) {
  Node arg = node["arg"], list = node["indirection"];
  bool subscript = list.size() > 0 && list.items()[0].is("A_Indices");
  bool bare = (arg.is("ColumnRef") && subscript) || arg.is("ParamRef") ||
              (arg.is("SubLink") && arg["subLinkType"].text() == "EXPR_SUBLINK");
  expression(arg, bare ? none : above(primary));
  indirection_items(list);
}

void Printer::indirection_items(Node list) {
  for (Node item : list) {
    if (item.is("A_Star")) {
      add(".*");
    } else if (item.is("A_Indices")) {
      add("[");
      if (item.has("lidx")) expression(item["lidx"]);
      if (item["is_slice"].flag()) add(":");
      if (item.has("uidx")) expression(item["uidx"]);
      add("]");
    } else {
      add(".", quote_ident(item.text()));
    }
  }
}

}  // namespace quoin::ast::detail
