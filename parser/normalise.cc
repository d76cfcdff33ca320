#include "parser/normalise.h"

#include "parser/resolver.h"

namespace quoin {

namespace {
class Shorten : public Mentions {
 public:
  explicit Shorten(const ast::Tree& tree) : tree_(tree) {}

  void column(ast::Node reference, const Source& source, const Lookup::Column& column, std::size_t from) override {
    if (!reference) return;
    std::vector<ast::Node> parts;
    if (from > 1 && !source.alias.empty()) parts.push_back(tree_.make_text("String", source.alias));
    parts.push_back(tree_.make_text("String", column.name));
    reference["fields"].set_items(parts);
  }
  void relation(ast::Node, const Found&) override {}
  void relation_text(ast::Node, const Found&) override {}
  void target(ast::Node, const Source&, Id) override {}
  void routine(ast::Node, const std::vector<Id>&, const Found&) override {}
  void named(std::string_view, ast::Node, const Found&) override {}
  void missing(Missing) override {}

 private:
  const ast::Tree& tree_;
};
}  // namespace

void shorten_columns(Role role, const Fragment& fragment, const Object& object, const Lookup& lookup) {
  Shorten names(fragment.tree);
  Walk walk = walk_for(object, lookup, names, fragment.tree);
  walk_fragment(role, fragment, walk);
}

void simplify(const ast::Tree&, ast::Node) {}

}  // namespace quoin
