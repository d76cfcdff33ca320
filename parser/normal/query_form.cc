#include "parser/normal/query_form.h"

#include "parser/names/scope.h"

namespace quoin {

namespace {
class Plain {
 public:
  Plain(const ast::Tree& tree, const FormerNames& former) : tree_(tree), former_(former) {}

  void visit(ast::Node node) {
    if (!node) return;
    const std::size_t outer = names_.size();
    if (node.is("SelectStmt") || node.has("targetList")) {
      for (ast::Node item : node["fromClause"]) drop_alias(item);
      drop_labels(node["rarg"]);
    }
    if (node.is("ColumnRef")) return refer(node["fields"]);
    if (node.is("ResTarget") && node["val"].is("SubLink") && node["name"].text().empty())
      node.set("name", tree_.make_text("", figured_name(node["val"])));
    if (node.is("SubLink")) drop_labels(node["subselect"]);
    for (ast::Node item : node.items()) visit(item);
    for (const auto& [name, value] : node.fields()) visit(value);
    names_.resize(outer);
  }

 private:
  const ast::Tree& tree_;
  const FormerNames& former_;
  std::vector<std::pair<Text, Text>> names_;  // of the queries around, the innermost last: alias, relation

  void drop_alias(ast::Node item) {
    if (item.is("JoinExpr")) {
      drop_alias(item["larg"]);
      drop_alias(item["rarg"]);
    }
    if (!item.is("RangeVar") || !item.has("alias") || item["alias"].has("colnames")) return;
    const Text alias(item["alias"]["aliasname"].text()), relation(item["relname"].text());
    if (!former_.contains({quote_qualified(item["schemaname"].text(), relation), alias})) return;
    item.set("alias", {});
    names_.emplace_back(alias, relation);
  }

  // `t.a`, `t.*`.
  void refer(ast::Node fields) {
    if (fields.size() != 2) return;
    for (std::size_t i = names_.size(); i-- > 0;)
      if (names_[i].first == fields.items()[0].text()) {
        const ast::Node now[] = {tree_.make_text("String", names_[i].second), fields.items()[1]};
        return fields.set_items(now);
      }
  }

  // The first arm of a set operation names its columns; a subquery that is a value has none. ORDER BY may name a label.
  static void drop_labels(ast::Node arm) {
    if (!arm || arm.has("sortClause")) return;
    drop_labels(arm["larg"]);
    drop_labels(arm["rarg"]);
    for (ast::Node target : arm["targetList"]) target.set("name", {});
  }
};
}  // namespace

void drop_unused_names(const Fragment& fragment, const FormerNames& former) {
  Plain(fragment.tree, former).visit(fragment.node);
}

}  // namespace quoin
