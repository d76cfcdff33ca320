// Expressions so written that the server stores what it showed. It keeps `status IN ('a', 'b')` of a varchar column as
// `(status)::text = ANY ((ARRAY['a'::character varying, …])::text[])`; that text, read back, becomes a cast of every
// element (transformArrayExpr() pushes the cast into the list), which is another expression to whoever compares.
#include "base/print.h"
#include "kinds/constraint.h"

namespace quoin {

namespace {
bool may_be_unsettled(std::string_view text) { return text.find("])::text[]") != text.npos; }

bool is_cast_to(ast::Node node, std::string_view type) {
  return node.is("TypeCast") && ast::print_type(node["typeName"]) == type;
}

bool settle(ast::Node node, ast::Tree& tree) {
  bool changed = false;
  for (const auto& [name, value] : node.fields()) changed = settle(value, tree) || changed;
  for (ast::Node item : node.items()) changed = settle(item, tree) || changed;
  const std::string_view kind = node["kind"].text();
  if (!node.is("A_Expr") || (kind != "AEXPR_OP_ANY" && kind != "AEXPR_OP_ALL")) return changed;
  const List sign = node["name"].texts();
  const ast::Node left = node["lexpr"], array = node["rexpr"];
  if (sign.size() != 1 || sign[0] != (kind == "AEXPR_OP_ANY" ? "=" : "<>")) return changed;
  if (!is_cast_to(left, "text") || !is_cast_to(array, "text[]")) return changed;
  const ast::Node elements = array["arg"]["elements"];
  std::vector<ast::Node> constants;
  for (ast::Node element : elements) {
    if (!is_cast_to(element, "character varying") || !element["arg"].has("sval")) return changed;
    constants.push_back(element["arg"]);
  }
  if (constants.empty()) return changed;
  node.set("kind", tree.make_text("", "AEXPR_IN"));
  node.set("lexpr", left["arg"]);
  node.set("rexpr", tree.make_list(constants));
  return true;
}
}  // namespace

Text settled(std::string_view expression) {
  const Text bare = without_parentheses(expression);
  if (!may_be_unsettled(bare)) return bare;
  ast::Tree tree = ast::Tree::parse_expression(bare);
  return settle(tree.root(), tree) ? ast::print(tree.root()) : bare;
}

Text settled_query(std::string_view query) {
  if (!may_be_unsettled(query)) return Text(query);
  ast::Tree tree = ast::Tree::parse(query);
  bool changed = false;
  for (const ast::Statement& statement : tree.statements()) changed = settle(statement.node, tree) || changed;
  return changed ? ast::print_pretty(tree.statements()[0].node) : Text(query);
}

}  // namespace quoin
