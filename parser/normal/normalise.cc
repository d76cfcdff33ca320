#include "parser/normal/normalise.h"

#include "core/sql/print.h"
#include "parser/names/resolver.h"
#include "parser/normal/literal.h"

namespace quoin {

namespace {
const Text* type_in(const ColumnTypes& types, ast::Node column) {
  for (const auto& [node, type] : types)
    if (node == column) return &type;
  return nullptr;
}

class Shorten : public Mentions {
 public:
  Shorten(const ast::Tree& tree, const Schema& schema) : tree_(tree), schema_(schema) {}
  ColumnTypes types;

  void column(ast::Node reference, const Source& source, const Lookup::Column& column, std::size_t from) override {
    if (!reference) return;
    std::vector<ast::Node> parts;
    if (from > 1 && !source.alias.empty()) parts.push_back(tree_.make_text("String", source.alias));
    parts.push_back(tree_.make_text("String", column.name));
    reference["fields"].set_items(parts);
    types.emplace_back(reference, type_of(column.id, schema_));
  }
  void relation(ast::Node, const Found&) override {}
  void relation_text(ast::Node, const Found&) override {}
  void target(ast::Node, const Source&, Id) override {}
  void routine(ast::Node, const std::vector<Id>&, const Found&) override {}
  void named(std::string_view, ast::Node, const Found&) override {}
  void missing(Missing) override {}
  const Text* known_type(ast::Node column) const override { return type_in(types, column); }
  bool says_columns() const override { return true; }

 private:
  const ast::Tree& tree_;
  const Schema& schema_;
};
}  // namespace

ColumnTypes shorten_columns(Role role, const Fragment& fragment, const Object& object, const Lookup& lookup) {
  Shorten names(fragment.tree, lookup.schema());
  Walk walk = walk_for(object, lookup, names, fragment.tree);
  walk_fragment(role, fragment, walk);
  return std::move(names.types);
}

namespace {
/// Where an expression stands, as far as it tells what a cast there means.
enum class Where { elsewhere, result, argument, comparison };

std::string_view operator_of(ast::Node node) {
  const auto names = node["name"].items();
  return names.empty() ? std::string_view() : names.back().text();
}

bool is_comparison(ast::Node node) {
  const std::string_view name = operator_of(node);
  return name == "=" || name == "<>" || name == "<" || name == ">" || name == "<=" || name == ">=";
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::ranges::any_of(starts, [&](std::string_view start) { return text.starts_with(start); });
}
bool is_textual(std::string_view type) { return starts_with_any(type, {"text", "character", "bpchar", "varchar"}); }
bool is_numeric(std::string_view type) {
  return starts_with_any(type, {"integer", "bigint", "smallint", "numeric", "real", "double precision"});
}
bool is_temporal(std::string_view type) { return starts_with_any(type, {"date", "timestamp"}); }

/// A number as a person writes it; exponents and the like are left alone.
bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos && text != "." &&
         std::ranges::count(text, '.') < 2;
}

class Simplify {
 public:
  Simplify(const Fragment& fragment, const ColumnTypes& types) : tree_(fragment.tree), types_(types) {}

  void visit(ast::Node node, Where where) {
    if (!node) return;
    if (node.is("SelectStmt") || node.has("targetList")) label(node["targetList"]);
    for (ast::Node item : node.items()) visit(item, where);
    for (const auto& [name, value] : copied(node.fields())) visit(value, below(node, name));
    rewrite(node, where);
  }

 private:
  const ast::Tree& tree_;
  const ColumnTypes& types_;

  // Rewriting moves what a span of fields looks at.
  static std::vector<std::pair<std::string_view, ast::Node>> copied(
      std::span<const std::pair<std::string_view, ast::Node>> fields) {
    return {fields.begin(), fields.end()};
  }

  static Where below(ast::Node node, std::string_view field) {
    const std::string_view tag = node.tag();
    if (tag == "ResTarget") return Where::result;
    if (tag == "FuncCall" && field == "args") return Where::argument;
    if (tag == "CoalesceExpr") return Where::comparison;
    if (tag == "A_Expr" && (is_comparison(node) || operator_of(node).ends_with("~~"))) return Where::comparison;
    return Where::elsewhere;
  }

  void rewrite(ast::Node node, Where where) {
    const std::string_view tag = node.tag();
    if (tag == "TypeCast") return cast(node, where);
    if (tag == "A_Const" && node.has("bsval")) return bits(node);
    if (tag == "A_Expr") return operation(node);
    if (tag == "BoolExpr") return flatten(node);
    if (tag == "FuncCall") return call(node);
    if (tag == "SortBy") return sort(node);
    // A function in FROM is LATERAL with or without the word.
    if (tag == "RangeFunction" || tag == "RangeTableFunc" || tag == "JsonTable") node.set("lateral", {});
    if (tag == "CaseExpr" && node["defresult"].is("A_Const") && node["defresult"]["isnull"].flag())
      node.set("defresult", {});
    if (tag == "SelectStmt" || node.has("targetList")) {
      positions(node);
      unlabel(node["targetList"]);
    }
  }

  // ---- Labels and positions of SELECT ----
  /// Gives each column a label with the name that it has, so that rewriting its expression does not change that.
  void label(ast::Node targets) {
    for (ast::Node target : targets) {
      const auto fields = target["val"]["fields"].items();
      const bool star = !fields.empty() && fields.back().is("A_Star");
      if (target.is("ResTarget") && !star && target["name"].text().empty() && target.has("val"))
        target.set("name", tree_.make_text("", figured_name(target["val"])));
    }
  }
  /// Removes labels that the columns would have anyway.
  void unlabel(ast::Node targets) {
    for (ast::Node target : targets)
      if (target.is("ResTarget") && target["name"].text() == figured_name(target["val"])) target.set("name", {});
  }
  /// GROUP BY 1 and ORDER BY label: the expression meant.
  void positions(ast::Node select) {
    if (select.has("larg")) return;
    const auto targets = select["targetList"].items();
    auto meant = [&](ast::Node place, bool is_label) {
      if (place.is("A_Const") && place.has("ival")) {
        const auto at = static_cast<std::size_t>(place["ival"].number());
        if (at >= 1 && at <= targets.size()) place.become(tree_.copy(targets[at - 1]["val"]));
      } else if (is_label && place.is("ColumnRef") && place["fields"].size() == 1) {
        for (ast::Node target : targets)
          if (target["name"].text() == place["fields"].items()[0].text())
            return place.become(tree_.copy(target["val"]));
      }
    };
    for (ast::Node group : select["groupClause"]) meant(group, !type_of(group));
    for (ast::Node sort : select["sortClause"]) meant(sort["node"], true);
  }

  // ---- Casts ----
  void cast(ast::Node node, Where where) {
    const ast::Node argument = node["arg"], type_name = node["typeName"];
    const Text type = ast::print_type(type_name);
    if (argument.is("A_Const")) return constant(node, type, where);
    const bool array = type.ends_with("[]");
    if (argument.is("A_ArrayExpr") && array && is_textual(type) && argument["elements"].size() > 0)
      return node.become(argument);
    if (argument.is("TypeCast") || type_name["typmods"].size() > 0 || array) return;
    const Text* column = type_of(argument);
    if (!column) return;
    const bool widens = where == Where::comparison &&
                        ((is_numeric(type) && is_numeric(*column)) || (is_temporal(type) && is_temporal(*column)));
    if (widens || (is_textual(type) && is_textual(*column))) node.become(argument);
  }

  const Text* type_of(ast::Node column) const { return type_in(types_, column); }

  /// B'101', which the server shows as '101'::"bit".
  void bits(ast::Node node) {
    const Text text(node["bsval"].text());
    if (!text.starts_with('b')) return;
    const ast::Tree parsed = ast::Tree::parse_expression(quote_literal(text.substr(1)));
    node.become(tree_.copy(parsed.root()));
  }

  void constant(ast::Node node, const Text& type, Where where) {
    const ast::Node value = node["arg"];
    const Text text(value["sval"].text());
    if (value["isnull"].flag()) {
      if (where != Where::result && where != Where::argument) node.become(value);
    } else if (value.has("sval") && type == "boolean" &&
               (text == "t" || text == "f" || text == "true" || text == "false")) {
      node.become(boolean(text.starts_with('t')));
    } else if (value.has("sval") && is_numeric(type) && is_number(text)) {
      if (where != Where::result) node.become(number(text));
    } else if (!value.has("sval")) {
      if (is_numeric(type) && node["typeName"]["typmods"].size() == 0 && where != Where::result) node.become(value);
    } else if (node["typeName"]["typmods"].size() == 0) {
      const bool told = is_textual(type) || type == "regclass" || type == "regconfig";
      value.set("sval", tree_.make_text("String", literal_of(type, text)));
      if (told || (where != Where::result && where != Where::argument)) node.become(value);
    }
  }

 public:
  /// A constant whose type is told by what it is given to.
  void typed(ast::Node value, std::string_view type) {
    if (!value.is("A_Const") || !value.has("sval")) return;
    const Text text(value["sval"].text());
    const Text word = lower(text);
    static constexpr std::string_view yes[] = {"t", "true", "y", "yes", "on", "1"},
                                      no[] = {"f", "false", "n", "no", "off", "0"};
    if (type == "boolean" && (std::ranges::count(yes, word) || std::ranges::count(no, word))) {
      value.become(boolean(std::ranges::count(yes, word) > 0));
    } else if (is_numeric(type) && is_number(text)) {
      value.become(number(text));
    } else {
      value.set("sval", tree_.make_text("String", literal_of(type, text)));
    }
  }

 private:
  ast::Node boolean(bool is) {
    const ast::Tree parsed = ast::Tree::parse_expression(is ? "true" : "false");
    return tree_.copy(parsed.root());
  }
  ast::Node number(const Text& text) {
    const ast::Tree parsed = ast::Tree::parse_expression(text);
    return tree_.copy(parsed.root());
  }

  // ---- Operators ----
  void operation(ast::Node node) {
    bare_operator(node["name"]);
    // One of an extension in a schema of its own has no other spelling.
    if (node["name"].size() > 1) return;
    const std::string_view kind = node["kind"].text(), name = operator_of(node);
    if (kind == "AEXPR_BETWEEN" || kind == "AEXPR_NOT_BETWEEN") return between(node, kind == "AEXPR_BETWEEN");
    if (kind == "AEXPR_IN" && node["rexpr"].size() == 1) {
      node.set("rexpr", node["rexpr"].items()[0]);
      node.set("kind", tree_.make_text("", "AEXPR_OP"));
    }
    const bool any = kind == "AEXPR_OP_ANY" && name == "=", all = kind == "AEXPR_OP_ALL" && name == "<>";
    if ((any || all) && node["rexpr"].is("A_ArrayExpr")) {
      const ast::Node elements = node["rexpr"]["elements"];
      node.set("rexpr", elements.size() == 1 ? elements.items()[0] : elements);
      node.set("kind", tree_.make_text("", elements.size() == 1 ? "AEXPR_OP" : "AEXPR_IN"));
    }
    if (kind == "AEXPR_OP" && node.has("lexpr")) {
      if (name == "~~" || name == "!~~") node.set("kind", tree_.make_text("", "AEXPR_LIKE"));
      if (name == "~~*" || name == "!~~*") node.set("kind", tree_.make_text("", "AEXPR_ILIKE"));
    }
  }

  /// OPERATOR(pg_catalog.=) is =, and so is that of an extension in public.
  static void bare_operator(ast::Node names) {
    if (names.size() != 2) return;
    if (names.items()[0].text() != "pg_catalog" && names.items()[0].text() != "public") return;
    const ast::Node last[] = {names.items()[1]};
    names.set_items(last);
  }

  ast::Node compared(ast::Node left, const char* sign, ast::Node right) {
    const ast::Node node = tree_.make("A_Expr");
    const ast::Node name[] = {tree_.make_text("String", sign)};
    node.set("kind", tree_.make_text("", "AEXPR_OP"));
    node.set("name", tree_.make_list(name));
    node.set("lexpr", left);
    node.set("rexpr", right);
    return node;
  }

  void between(ast::Node node, bool inside) {
    const ast::Node value = node["lexpr"];
    const auto limits = node["rexpr"].items();
    const ast::Node sides[] = {compared(value, inside ? ">=" : "<", limits[0]),
                               compared(tree_.copy(value), inside ? "<=" : ">", limits[1])};
    const ast::Node both = tree_.make("BoolExpr");
    both.set("boolop", tree_.make_text("", inside ? "AND_EXPR" : "OR_EXPR"));
    both.set("args", tree_.make_list(sides));
    node.become(both);
  }

  void flatten(ast::Node node) {
    std::vector<ast::Node> flat;
    for (ast::Node argument : node["args"]) {
      const bool same = argument.is("BoolExpr") && argument["boolop"].text() == node["boolop"].text() &&
                        node["boolop"].text() != "NOT_EXPR";
      if (same) {
        const auto inner = argument["args"].items();
        flat.insert(flat.end(), inner.begin(), inner.end());
      } else {
        flat.push_back(argument);
      }
    }
    node["args"].set_items(flat);
  }

  // ---- Calls and orders ----
  /// One spelling for what has a syntax of its own: EXTRACT and AT TIME ZONE keep it, the others become calls.
  void call(ast::Node node) {
    const List names = node["funcname"].texts();
    const Text& name = names.back();
    if (names.size() > 2 || (names.size() == 2 && names[0] != "pg_catalog")) return;
    const bool spelled = node["args"].size() == 2 && (name == "extract" || name == "date_part" || name == "timezone");
    std::vector<ast::Node> now;
    if (spelled) now.push_back(tree_.make_text("String", "pg_catalog"));
    now.push_back(tree_.make_text("String", name == "date_part" && spelled ? "extract" : name));
    node["funcname"].set_items(now);
    node.set("funcformat", tree_.make_text("", spelled ? "COERCE_SQL_SYNTAX" : "COERCE_EXPLICIT_CALL"));
  }

  void sort(ast::Node node) {
    const bool down = node["sortby_dir"].text() == "SORTBY_DESC";
    const std::string_view nulls = node["sortby_nulls"].text();
    if (node["sortby_dir"].text() == "SORTBY_ASC") node.set("sortby_dir", tree_.make_text("", "SORTBY_DEFAULT"));
    if (nulls == (down ? "SORTBY_NULLS_FIRST" : "SORTBY_NULLS_LAST"))
      node.set("sortby_nulls", tree_.make_text("", "SORTBY_NULLS_DEFAULT"));
  }
};
}  // namespace

void simplify(const Fragment& fragment, const ColumnTypes& types, std::string_view target) {
  Simplify simplify(fragment, types);
  const Text cast = fragment.node.is("TypeCast") ? ast::print_type(fragment.node["typeName"]) : Text();
  // A cast between temporal types stays, since the session's time zone decides its value.
  if (is_temporal(cast) && is_temporal(target) && cast != target) return simplify.typed(fragment.node["arg"], cast);
  simplify.visit(fragment.node, Where::elsewhere);
  if (fragment.node.has("argType")) {
    simplify.typed(fragment.node["defexpr"], ast::print_type(fragment.node["argType"]));
  } else {
    simplify.typed(fragment.node, target);
  }
}

}  // namespace quoin
