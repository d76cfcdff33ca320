#include "runner/conditions.h"

#include <algorithm>

namespace quoin::runner {
namespace {

enum class Truth { always, never, open };

Truth truth_of(bool is_true) { return is_true ? Truth::always : Truth::never; }
Truth opposite(Truth truth) {
  if (truth == Truth::open) return truth;
  return truth_of(truth == Truth::never);
}

bool is_one_of(std::string_view word, std::span<const std::string_view> all) {
  return std::ranges::count(all, word) > 0;
}

template <class Test>
bool holds_any(ast::Node node, Test test) {
  return std::ranges::any_of(node.items(), test) ||
         std::ranges::any_of(node.fields(), [&](const auto& field) { return test(field.second); });
}

bool varies(ast::Node node) {
  static constexpr std::string_view varying[] = {"ColumnRef", "FuncCall", "ParamRef", "MultiAssignRef",
                                                 "SQLValueFunction"};
  if (is_one_of(node.tag(), varying)) return true;
  if (!node.is("SubLink")) return holds_any(node, varies);
  const ast::Node query = node["subselect"];
  if (node["subLinkType"].text() != "EXPR_SUBLINK" || !query.is("SelectStmt")) return true;
  if (query["targetList"].size() == 0 && query["valuesLists"].size() == 0) return true;  // UNION and its like
  return varies(query["targetList"]) || varies(query["valuesLists"]);
}

bool reads_alike(ast::Node one, ast::Node other) {
  if (one.tag() != other.tag() || one.text() != other.text() || one.number() != other.number() ||
      one.flag() != other.flag() || bool(one) != bool(other))
    return false;
  return std::ranges::equal(one.items(), other.items(), reads_alike) &&
         std::ranges::equal(one.fields(), other.fields(), [](const auto& a, const auto& b) {
           return a.first == b.first && (a.first.ends_with("location") || reads_alike(a.second, b.second));
         });
}

/// Of one table; a name with the table's and one without are the same column.
bool is_same(ast::Node one, ast::Node other) {
  if (!one || !other) return false;
  if (!one.is("ColumnRef") || !other.is("ColumnRef")) return reads_alike(one, other);
  const List a = one["fields"].texts(), b = other["fields"].texts();
  return !a.empty() && !b.empty() && a.back() == b.back() && (a.size() == 1 || b.size() == 1 || a == b);
}

Truth truth_of(ast::Node condition);

Truth truth_of_comparison(ast::Node condition) {
  static constexpr std::string_view equal[] = {"=", "<=", ">=", "~~", "~~*"}, other[] = {"<>", "!=", "<", ">"};
  const std::string_view kind = condition["kind"].text();
  const List names = condition["name"].texts();
  const std::string_view sign = names.empty() ? std::string_view() : names.back();
  const ast::Node left = condition["lexpr"], right = condition["rexpr"];
  if (kind == "AEXPR_NOT_DISTINCT" && is_same(left, right)) return Truth::always;
  if (kind == "AEXPR_DISTINCT" && is_same(left, right)) return Truth::never;
  if (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE") {
    const std::string_view pattern = right["sval"].text();
    if (!pattern.empty() && pattern.find_first_not_of('%') == pattern.npos) return truth_of(!sign.starts_with('!'));
  }
  if (kind == "AEXPR_OP" && is_same(left, right)) {
    if (is_one_of(sign, equal)) return Truth::always;
    if (is_one_of(sign, other)) return Truth::never;
  }
  for (const char* value : {"ival", "sval"})
    if (kind == "AEXPR_OP" && sign == "=" && left.has(value) && right.has(value)) return Truth::never;
  return is_constant(condition) ? Truth::always : Truth::open;
}

/// `x IS NULL` beside `x IS NOT NULL`.
bool are_opposites(ast::Node one, ast::Node other) {
  return one.is("NullTest") && other.is("NullTest") && one["nulltesttype"].text() != other["nulltesttype"].text() &&
         is_same(one["arg"], other["arg"]);
}

Truth truth_of_all(ast::Node terms) {
  bool all = true;
  for (const ast::Node term : terms) {
    const Truth truth = truth_of(term);
    if (truth == Truth::never) return truth;
    all &= truth == Truth::always;
  }
  return all ? Truth::always : Truth::open;
}

Truth truth_of_any(ast::Node terms) {
  bool none = true;
  for (const ast::Node term : terms) {
    const Truth truth = truth_of(term);
    const auto is_opposite = [&](ast::Node other) { return are_opposites(term, other); };
    if (truth == Truth::always || std::ranges::any_of(terms.items(), is_opposite)) return Truth::always;
    none &= truth == Truth::never;
  }
  return none ? Truth::never : Truth::open;
}

Truth truth_of_constant(ast::Node constant) {
  if (constant.has("boolval")) return truth_of(constant["boolval"].flag());
  if (constant.has("isnull")) return Truth::never;
  const Text word = lower(constant["sval"].text());
  return truth_of(word.empty() || std::string_view("fn0").find(word[0]) == std::string_view::npos);
}

/// What every row has.
bool is_system_column(ast::Node column) {
  static constexpr std::string_view all[] = {"ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"};
  const List names = column["fields"].texts();
  return column.is("ColumnRef") && !names.empty() && is_one_of(names.back(), all);
}

Truth truth_of(ast::Node condition) {
  if (condition.is("A_Const")) return truth_of_constant(condition);
  if (condition.is("TypeCast"))
    return condition["arg"].is("A_Const") ? truth_of_constant(condition["arg"]) : Truth::open;
  if (condition.is("A_Expr")) return truth_of_comparison(condition);
  if (condition.is("NullTest") && is_system_column(condition["arg"]))
    return truth_of(condition["nulltesttype"].text() == "IS_NOT_NULL");
  if (condition.is("BoolExpr")) {
    const std::string_view sign = condition["boolop"].text();
    const ast::Node terms = condition["args"];
    if (sign == "NOT_EXPR") return opposite(terms.size() == 1 ? truth_of(terms.items().front()) : Truth::open);
    return sign == "OR_EXPR" ? truth_of_any(terms) : truth_of_all(terms);
  }
  if (condition.is("SubLink") && condition["subLinkType"].text() == "EXISTS_SUBLINK") {
    const ast::Node query = condition["subselect"];
    const bool has_row = query["targetList"].size() > 0 && !query.has("fromClause") && !query.has("limitCount");
    return has_row && is_always(query["whereClause"]) ? Truth::always : Truth::open;
  }
  return is_constant(condition) ? Truth::always : Truth::open;
}

ast::Node item(ast::Node list, std::int64_t number) {
  const auto items = list.items();
  return number > 0 && static_cast<std::size_t>(number) <= items.size() ? items[static_cast<std::size_t>(number - 1)]
                                                                        : ast::Node();
}

bool shortens_by_itself(ast::Node node) {
  static constexpr std::string_view calls[] = {"left",  "right", "substr", "substring", "overlay", "split_part",
                                               "trunc", "round", "floor",  "ceil",      "ceiling", "date_trunc"},
                                    types[] = {"varchar", "bpchar", "bit", "varbit"};
  const List names = node.is("FuncCall") ? node["funcname"].texts() : node["typeName"]["names"].texts();
  if (names.empty()) return false;
  if (node.is("FuncCall")) return is_one_of(names.back(), calls);
  return node.is("TypeCast") && is_one_of(names.back(), types) && node["typeName"]["typmods"].size() > 0;
}

}  // namespace

bool is_constant(ast::Node expression) { return expression && !varies(expression); }

bool is_always(ast::Node where) { return !where || truth_of(where) == Truth::always; }

ast::Node assigned_value(ast::Node res_target) {
  const ast::Node value = res_target["val"];
  if (!value.is("MultiAssignRef")) return value;
  const ast::Node source = value["source"], query = source["subselect"];
  const std::int64_t number = value["colno"].number();
  if (source.is("RowExpr")) return item(source["args"], number);
  if (query["valuesLists"].size() == 1) return item(query["valuesLists"].items().front(), number);
  return item(query["targetList"], number)["val"];
}

bool is_shortening(ast::Node expression) {
  return shortens_by_itself(expression) || holds_any(expression, is_shortening);
}

bool names_column(ast::Node expression, std::string_view column) {
  if (expression.is("ColumnRef")) {
    const List names = expression["fields"].texts();
    return names.size() < expression["fields"].size() || (!names.empty() && names.back() == column);
  }
  return holds_any(expression, [&](ast::Node one) { return names_column(one, column); });
}

}  // namespace quoin::runner
