#include "parser/replay/known_values.h"

#include <algorithm>

#include "core/base/error.h"

namespace quoin {

namespace {
std::optional<ast::Tree> parsed(std::string_view expression) {
  try {
    return ast::Tree::parse_expression(expression);
  } catch (const Error&) { return std::nullopt; }  // more than SQL can say
}

/// A variable's name; empty: it is none.
Text name_of(ast::Node node) {
  const List parts = node.is("ColumnRef") ? node["fields"].texts() : List();
  return parts.size() == 1 ? parts[0] : Text();
}

/// As format() has it, but for widths; nothing: it would fail, or has more than this.
std::optional<Text> formatted(std::string_view pattern, const List& values) {
  Text all;
  std::size_t next = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      all += pattern[i];
      continue;
    }
    std::size_t end = ++i, number = 0;
    while (end < pattern.size() && pattern[end] >= '0' && pattern[end] <= '9') ++end;
    if (end > i) {
      if (end - i > 4 || end >= pattern.size() || pattern[end] != '$') return std::nullopt;
      number = static_cast<std::size_t>(std::stoul(Text(pattern.substr(i, end - i))));
      if (number == 0) return std::nullopt;
      i = end + 1;
    }
    if (i >= pattern.size()) return std::nullopt;
    if (pattern[i] == '%') {
      all += '%';
      continue;
    }
    if (number > 0) next = number - 1;
    if (next >= values.size()) return std::nullopt;
    const Text& value = values[next++];
    if (pattern[i] == 'I') all += quote_ident(value);
    if (pattern[i] == 'L') all += quote_literal(value);
    if (pattern[i] == 's') all += value;
    if (Text("ILs").find(pattern[i]) == Text::npos) return std::nullopt;
  }
  return all;
}
}  // namespace

void KnownValues::declare(ast::Node function) {
  variables_.clear();
  for (ast::Node datum : function["datums"]) {
    const ast::Node variable = datum.has("PLpgSQL_var") ? datum["PLpgSQL_var"] : datum;
    const Text& name = variables_.emplace_back(variable["refname"].text());
    const ast::Node value = variable["default_val"];
    const std::string_view begin =
        value.has("PLpgSQL_expr") ? value["PLpgSQL_expr"]["query"].text() : value["query"].text();
    if (begin.empty()) continue;  // an argument may be known
    set(name, std::nullopt);
    if (auto known = text(begin)) texts_[name] = std::move(*known);
    if (auto known = list(begin)) lists_[name] = std::move(*known);
  }
}

const Text& KnownValues::variable(std::size_t number) const {
  static const Text none;
  return number < variables_.size() ? variables_[number] : none;
}

void KnownValues::set(const Text& variable, std::optional<Text> value) {
  lists_.erase(variable);
  texts_.erase(variable);
  if (value) texts_[variable] = std::move(*value);
}

std::optional<Text> KnownValues::text(std::string_view expression) const {
  const std::optional<ast::Tree> tree = parsed(expression);
  return tree ? text(tree->root()) : std::nullopt;
}

std::optional<List> KnownValues::list(std::string_view expression) const {
  if (lower(trim(expression)).starts_with("select")) {
    std::vector<Error> errors;
    const ast::Tree tree = ast::Tree::parse_all(expression, errors);
    if (!errors.empty() || tree.statements().size() != 1) return std::nullopt;
    const ast::Node query = tree.statements()[0].node;
    const auto targets = query["targetList"].items();
    if (targets.size() != 1 || query.has("fromClause") || query.has("whereClause")) return std::nullopt;
    const ast::Node given = targets[0]["val"];
    const List name = given["funcname"].texts();
    if (name.empty() || name.back() != "unnest" || given["args"].items().size() != 1) return std::nullopt;
    return list_of(given["args"].items()[0]);
  }
  const std::optional<ast::Tree> tree = parsed(expression);
  return tree ? list_of(tree->root()) : std::nullopt;
}

std::optional<Text> KnownValues::text(ast::Node node) const {
  if (node.is("TypeCast")) return text(node["arg"]);
  if (node.is("A_Const")) {
    if (node.has("sval")) return Text(node["sval"].text());
    if (node.has("ival")) return std::to_string(node["ival"].number());
    return std::nullopt;
  }
  if (node.is("ColumnRef")) {
    const auto found = texts_.find(name_of(node));
    return found == texts_.end() ? std::nullopt : std::optional(found->second);
  }
  if (node.is("FuncCall")) return call(node);
  if (!node.is("A_Expr") || node["name"].texts() != List{"||"}) return std::nullopt;
  const auto left = text(node["lexpr"]), right = text(node["rexpr"]);
  return left && right ? std::optional(*left + *right) : std::nullopt;
}

std::optional<List> KnownValues::list_of(ast::Node node) const {
  if (node.is("TypeCast")) return list_of(node["arg"]);
  if (node.is("ColumnRef")) {
    const auto found = lists_.find(name_of(node));
    return found == lists_.end() ? std::nullopt : std::optional(found->second);
  }
  if (!node.is("A_ArrayExpr")) return std::nullopt;
  List all;
  for (ast::Node element : node["elements"]) {
    auto value = text(element);
    if (!value) return std::nullopt;
    all.push_back(std::move(*value));
  }
  return all;
}

std::optional<Text> KnownValues::call(ast::Node node) const {
  const List parts = node["funcname"].texts();
  if (parts.empty() || (parts.size() == 2 && parts[0] != "pg_catalog") || parts.size() > 2) return std::nullopt;
  List values;
  for (ast::Node argument : node["args"]) {
    auto value = text(argument);
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  }
  const Text& name = parts.back();
  if (name == "format" && !values.empty()) return formatted(values[0], {values.begin() + 1, values.end()});
  if (name == "concat") return join(values, "");
  if (values.size() != 1) return std::nullopt;
  if (name == "quote_ident") return quote_ident(values[0]);
  if (name == "quote_literal") return quote_literal(values[0]);
  if (name == "lower") return lower(values[0]);
  return std::nullopt;
}

}  // namespace quoin
