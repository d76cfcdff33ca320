#include "parser/query_form.h"

namespace quoin {

namespace {
class Numbering {
 public:
  explicit Numbering(const ast::Tree& tree) : tree_(tree) {}

  void visit(ast::Node node) {
    if (!node) return;
    const std::size_t outer = names_.size();
    if (node.is("SelectStmt") || node.has("targetList")) {
      for (ast::Node item : node["fromClause"]) number(item);
      drop_labels(node["rarg"]);
    }
    if (node.is("ColumnRef")) return refer(node["fields"]);
    for (ast::Node item : node.items()) visit(item);
    for (const auto& [name, value] : node.fields()) visit(value);
    names_.resize(outer);
  }

 private:
  const ast::Tree& tree_;
  std::vector<std::pair<Text, Text>> names_;  // of the queries around, the innermost last: written, numbered
  int last_ = 0;

  void number(ast::Node item) {
    if (item.is("JoinExpr")) {
      number(item["larg"]);
      number(item["rarg"]);
    }
    if (!item.is("RangeVar")) return;
    const Text written(item["alias"]["aliasname"].text().empty() ? item["relname"].text()
                                                                 : item["alias"]["aliasname"].text());
    const Text now = concat("~", std::to_string(++last_));
    if (!item.has("alias")) item.set("alias", tree_.make(""));
    item["alias"].set("aliasname", tree_.make_text("", now));
    names_.emplace_back(written, now);
  }

  // `t.a`, `s.t.a`, `t.*`.
  void refer(ast::Node fields) {
    if (fields.size() < 2) return;
    const ast::Node relation = fields.items()[fields.size() - 2], member = fields.items().back();
    for (std::size_t i = names_.size(); i-- > 0;)
      if (names_[i].first == relation.text()) {
        const ast::Node now[] = {tree_.make_text("String", names_[i].second), member};
        return fields.set_items(now);
      }
  }

  // The first arm names the columns. An arm that sorts may mean its labels.
  static void drop_labels(ast::Node arm) {
    if (!arm || arm.has("sortClause")) return;
    drop_labels(arm["larg"]);
    drop_labels(arm["rarg"]);
    for (ast::Node target : arm["targetList"]) target.set("name", {});
  }
};
}  // namespace

void number_sources(const Fragment& fragment) { Numbering(fragment.tree).visit(fragment.node); }

}  // namespace quoin
