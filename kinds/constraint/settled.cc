// Expressions so written that the server stores what it showed. What it shows is not always what it reads back:
//   `status IN ('a', 'b')` of a varchar column is shown as `(status)::text = ANY ((ARRAY['a'::character varying,
// …])::text[])`, which, read, becomes a cast of every element (transformArrayExpr() pushes the cast into the list);
//   `x BETWEEN 1 AND 2 AND y` is shown as `((x >= 1) AND (x <= 2)) AND y`, of which the grammar makes one AND of three.
#include "core/sql/print.h"
#include "kinds/constraint/constraint.h"

namespace quoin {

namespace {
bool is_cast_to(ast::Node node, std::string_view type) {
  return node.is("TypeCast") && ast::print_type(node["typeName"]) == type;
}

bool is_operator(ast::Node node, std::string_view sign) {
  return node.is("A_Expr") && node["kind"].text() == "AEXPR_OP" && node["name"].texts() == List{Text(sign)};
}

class Settle {
 public:
  Settle(ast::Tree& tree, std::string_view text) : tree_(tree), text_(text) {}

  /// Whether anything was rewritten.
  bool visit(ast::Node node) {
    bool changed = false;
    for (const auto& [name, value] : node.fields()) changed = visit(value) || changed;
    for (ast::Node item : node.items()) changed = visit(item) || changed;
    return (node.is("BoolExpr") && ranges(node)) || (node.is("A_Expr") && list(node)) || changed;
  }

 private:
  ast::Tree& tree_;
  std::string_view text_;

  bool list(ast::Node node) {
    const std::string_view kind = node["kind"].text();
    if (kind != "AEXPR_OP_ANY" && kind != "AEXPR_OP_ALL") return false;
    const ast::Node left = node["lexpr"], array = node["rexpr"];
    if (node["name"].texts() != List{kind == "AEXPR_OP_ANY" ? "=" : "<>"}) return false;
    if (!is_cast_to(left, "text") || !is_cast_to(array, "text[]")) return false;
    std::vector<ast::Node> constants;
    for (ast::Node element : array["arg"]["elements"]) {
      if (!is_cast_to(element, "character varying") || !element["arg"].has("sval")) return false;
      constants.push_back(element["arg"]);
    }
    if (constants.empty()) return false;
    node.set("kind", tree_.make_text("", "AEXPR_IN"));
    node.set("lexpr", left["arg"]);
    node.set("rexpr", tree_.make_list(constants));
    return true;
  }

  /// An AND in an AND is what BETWEEN leaves, an OR in an OR what NOT BETWEEN does.
  bool ranges(ast::Node node) {
    const std::string_view word = node["boolop"].text();
    if (word != "AND_EXPR" && word != "OR_EXPR") return false;
    const auto arguments = node["args"].items();
    std::vector<ast::Node> now(arguments.begin(), arguments.end());
    for (ast::Node& argument : now)
      if (argument.is("BoolExpr") && argument["boolop"].text() == word && argument["args"].size() == 2)
        if (const ast::Node range = between(word, argument["args"].items()[0], argument["args"].items()[1]))
          argument = range;
    if (now.size() > 2 && closes_a_pair(now[1]))
      if (const ast::Node range = between(word, now[0], now[1])) {
        now.erase(now.begin());
        now[0] = range;
      }
    if (std::ranges::equal(now, arguments)) return false;
    node["args"].set_items(now);
    return true;
  }

  /// `a >= x AND a <= y`, `a < x OR a > y` as the BETWEEN that they were; null where they are something else.
  ast::Node between(std::string_view word, ast::Node low, ast::Node high) {
    const bool inside = word == "AND_EXPR";
    if (!is_operator(low, inside ? ">=" : "<") || !is_operator(high, inside ? "<=" : ">")) return {};
    if (ast::print(low["lexpr"]) != ast::print(high["lexpr"])) return {};
    const ast::Node range = tree_.make("A_Expr"), limits[] = {low["rexpr"], high["rexpr"]};
    range.set("kind", tree_.make_text("", inside ? "AEXPR_BETWEEN" : "AEXPR_NOT_BETWEEN"));
    const ast::Node name[] = {tree_.make_text("String", inside ? "BETWEEN" : "NOT BETWEEN")};
    range.set("name", tree_.make_list(name));
    range.set("lexpr", low["lexpr"]);
    range.set("rexpr", tree_.make_list(limits));
    return range;
  }

  /// Whether the server put a comparison and the one before it in parentheses of their own, which the tree does not
  /// tell: two close after it, its own and the pair's.
  bool closes_a_pair(ast::Node comparison) const {
    char quote = 0;
    int depth = 0;
    for (auto at = static_cast<std::size_t>(std::max(comparison.location(), 0)); at < text_.size(); ++at) {
      const char sign = text_[at];
      if (quote != 0) {
        if (sign == quote) quote = 0;
      } else if (sign == '\'' || sign == '"') {
        quote = sign;
      } else if (sign == '(') {
        ++depth;
      } else if (sign == ')' && --depth < 0) {
        return at + 1 < text_.size() && text_[at + 1] == ')';
      }
    }
    return false;
  }
};

// Most texts hold none of it, and need not be parsed.
bool may_be_unsettled(std::string_view text) {
  const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
  const bool nested = has(")) AND ") || has(" AND ((") || has(")) OR ") || has(" OR ((");
  return has("])::text[]") || (nested && ((has(" >= ") && has(" <= ")) || (has(" < ") && has(" > "))));
}
}  // namespace

Text settled(std::string_view expression) {
  const Text bare = without_parentheses(expression);
  if (!may_be_unsettled(bare)) return bare;
  ast::Tree tree = ast::Tree::parse_expression(bare);
  return Settle(tree, bare).visit(tree.root()) ? ast::print(tree.root()) : bare;
}

Text settled_query(std::string_view query) {
  if (!may_be_unsettled(query)) return Text(query);
  ast::Tree tree = ast::Tree::parse(query);
  bool changed = false;
  for (const ast::Statement& statement : tree.statements())
    changed = Settle(tree, tree.text()).visit(statement.node) || changed;
  return changed ? ast::print_pretty(tree.statements()[0].node) : Text(query);
}

}  // namespace quoin
