#include "parser/replay/evaluation.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/sql/print.h"
#include "parser/replay/known_dates.h"

namespace quoin {

namespace {
using Of = KnownValue::Kind;
}  // namespace

MaybeValue Evaluation::value(std::string_view expression) {
  try {
    const ast::Tree tree = ast::Tree::parse_expression(expression);
    return value(tree.root());
  } catch (const Error&) { return std::nullopt; }  // more than SQL can say
}

MaybeValue Evaluation::value(ast::Node node) {
  const std::string_view tag = node.tag();
  if (tag == "A_Const") {
    if (node["isnull"].flag()) return KnownValue();
    if (node.has("sval")) return KnownValue::of_text(Text(node["sval"].text()));
    if (node.has("ival")) return KnownValue::of(Of::number, node["ival"].number());
    return node.has("boolval") ? MaybeValue(KnownValue::of(node["boolval"].flag())) : std::nullopt;
  }
  if (tag == "ColumnRef") return column(node);
  if (tag == "ParamRef") {
    const KnownValue* given = values_.find(concat("$", std::to_string(node["number"].number())));
    return given ? MaybeValue(*given) : std::nullopt;
  }
  if (tag == "TypeCast") return cast_to(node);
  if (tag == "FuncCall") return function(node);
  if (tag == "SQLValueFunction") return of_server(node);
  if (tag == "A_Expr") return compared(node);
  if (tag == "BoolExpr") return joined(node);
  if (tag == "NullTest" || tag == "BooleanTest") return tested(node);
  if (tag == "SubLink") return of_query(node);
  if (tag == "CaseExpr" || tag == "CoalesceExpr") return chosen(node);
  return std::nullopt;
}

std::optional<bool> Evaluation::holds(ast::Node condition) {
  const MaybeValue met = condition ? value(condition) : MaybeValue(KnownValue::of(true));
  if (!met) return std::nullopt;
  return met->kind == Of::boolean && met->number != 0;
}

MaybeValue Evaluation::column(ast::Node reference) const {
  const List parts = reference["fields"].texts();
  if (parts.empty() || parts.size() > 2) return std::nullopt;
  for (auto source = sources_.rbegin(); source != sources_.rend(); ++source) {
    if (!source->stands || (parts.size() == 2 && source->alias != parts[0])) continue;
    const auto name = std::ranges::find(source->rows.columns, parts.back());
    if (name == source->rows.columns.end()) continue;
    return source->rows.all[source->at].cells[static_cast<std::size_t>(name - source->rows.columns.begin())];
  }
  const KnownValue* known = values_.find(join(parts, "."));
  return known ? MaybeValue(*known) : std::nullopt;
}

MaybeValue Evaluation::cast_to(ast::Node node) {
  const MaybeValue one = value(node["arg"]);
  if (!one || one->is_null()) return one;
  const Text type = ast::print_type(node["typeName"]);
  if (type == "regclass" || type == "pg_catalog.regclass") {
    const MaybeValue relation = catalogs_.relation(text_of(*one));
    return relation && relation->is_null() ? std::nullopt : relation;
  }
  const Text word = one->kind == Of::text ? lower(one->text) : Text();
  asked_the_time_ = asked_the_time_ || word == "today" || word == "now" || word == "tomorrow" || word == "yesterday";
  return cast(*one, type);
}

MaybeValue Evaluation::of_server(ast::Node node) {
  const std::string_view what = node["op"].text();
  if (what == "SVFOP_CURRENT_SCHEMA") return catalogs_.current_schema();
  const bool is_date = what == "SVFOP_CURRENT_DATE";
  if (!is_date && what != "SVFOP_CURRENT_TIMESTAMP" && what != "SVFOP_LOCALTIMESTAMP") return std::nullopt;
  asked_the_time_ = true;
  return is_date ? dates::date(dates::now()) : dates::now();
}

MaybeValue Evaluation::function(ast::Node node) {
  const List parts = node["funcname"].texts();
  if (parts.empty() || (parts.size() == 2 && parts[0] != "pg_catalog") || parts.size() > 2) return std::nullopt;
  for (const char* more : {"agg_star", "agg_order", "agg_filter", "over", "agg_distinct", "func_variadic"})
    if (node.has(more)) return std::nullopt;
  const Text& name = parts.back();
  Values arguments;
  for (ast::Node argument : node["args"]) {
    if (argument.is("NamedArgExpr")) return std::nullopt;
    auto one = value(argument);
    if (!one) return std::nullopt;
    arguments.push_back(*std::move(one));
  }
  if (name == "current_schema" && arguments.empty()) return catalogs_.current_schema();
  if (name == "to_regclass" && arguments.size() == 1) return catalogs_.relation(text_of(arguments[0]));
  asked_the_time_ = asked_the_time_ || name == "now" || name.ends_with("_timestamp");
  return call(name, arguments);
}

MaybeValue Evaluation::joined(ast::Node node) {
  const std::string_view operation = node["boolop"].text();
  const bool is_or = operation == "OR_EXPR";
  bool has_null = false, has_unknown = false;
  for (ast::Node argument : node["args"]) {
    const MaybeValue one = value(argument);
    if (!one || (!one->is_null() && one->kind != Of::boolean)) {
      has_unknown = true;
    } else if (operation == "NOT_EXPR") {
      return one->is_null() ? one : MaybeValue(KnownValue::of(one->number == 0));
    } else if (one->is_null()) {
      has_null = true;
    } else if ((one->number != 0) == is_or) {
      return KnownValue::of(is_or);
    }
  }
  if (has_unknown) return std::nullopt;
  return has_null ? KnownValue() : KnownValue::of(!is_or);
}

MaybeValue Evaluation::tested(ast::Node node) {
  const MaybeValue one = value(node["arg"]);
  if (!one) return std::nullopt;
  if (node.is("NullTest")) return KnownValue::of(one->is_null() == (node["nulltesttype"].text() == "IS_NULL"));
  const std::string_view test = node["booltesttype"].text();
  const bool is_true = one->kind == Of::boolean && one->number != 0,
             is_false = one->kind == Of::boolean && one->number == 0;
  if (test == "IS_TRUE" || test == "IS_NOT_TRUE") return KnownValue::of(is_true == (test == "IS_TRUE"));
  if (test == "IS_FALSE" || test == "IS_NOT_FALSE") return KnownValue::of(is_false == (test == "IS_FALSE"));
  return std::nullopt;
}

MaybeValue Evaluation::compared(ast::Node node) {
  const std::string_view kind = node["kind"].text();
  if (kind == "AEXPR_IN" || kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") return among(node);
  const MaybeValue left = value(node["lexpr"]), right = value(node["rexpr"]);
  if (!left || !right) return std::nullopt;
  const List name = node["name"].texts();
  if (name.size() != 1) return std::nullopt;
  const bool has_null = left->is_null() || right->is_null();
  if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT") {
    const auto order = has_null ? std::nullopt : compare(*left, *right);
    if (!has_null && !order) return std::nullopt;
    const bool is_same = has_null ? left->is_null() == right->is_null() : *order == 0;
    return KnownValue::of(is_same == (kind == "AEXPR_NOT_DISTINCT"));
  }
  if (kind == "AEXPR_NULLIF") {
    const auto order = has_null ? std::nullopt : compare(*left, *right);
    return order && *order == 0 ? MaybeValue(KnownValue()) : order || has_null ? left : std::nullopt;
  }
  if (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE") {
    if (has_null) return KnownValue();
    const bool is_plain = kind == "AEXPR_LIKE";
    const Text text = is_plain ? text_of(*left) : lower(text_of(*left)),
               pattern = is_plain ? text_of(*right) : lower(text_of(*right));
    return KnownValue::of(is_like(text, pattern) == (name[0].front() != '!'));
  }
  return kind == "AEXPR_OP" && node.has("lexpr") ? operation(name[0], *left, *right) : std::nullopt;
}

/// IN (…), NOT IN (…), = ANY (array), <> ALL (array).
MaybeValue Evaluation::among(ast::Node node) {
  const MaybeValue one = value(node["lexpr"]);
  const List name = node["name"].texts();
  const bool is_in = name == List{"="};
  if (!one || (!is_in && name != List{"<>"})) return std::nullopt;
  if (is_in == (node["kind"].text() == "AEXPR_OP_ALL")) return std::nullopt;
  if (one->is_null()) return KnownValue();
  std::optional<Values> all;
  if (node["kind"].text() != "AEXPR_IN") {
    all = list(node["rexpr"]);
  } else {
    all.emplace();
    for (ast::Node item : node["rexpr"]) {
      auto element = value(item);
      if (!element || element->is_null()) return std::nullopt;
      all->push_back(*std::move(element));
    }
  }
  if (!all) return std::nullopt;
  for (const KnownValue& element : *all) {
    const auto order = compare(*one, element);
    if (!order) return std::nullopt;
    if (*order == 0) return KnownValue::of(is_in);
  }
  return KnownValue::of(!is_in);
}

/// IN (SELECT …).
MaybeValue Evaluation::among(ast::Node tested, const KnownRows& found) {
  const MaybeValue one = value(tested);
  bool is_known = one.has_value();
  if (is_known && one->is_null()) return KnownValue();
  for (const KnownRows::Row& row : found.all) {
    const auto order = one && row.cells.size() == 1 && row.cells[0] ? compare(*one, *row.cells[0]) : std::nullopt;
    if (order && *order == 0 && !row.maybe) return KnownValue::of(true);
    is_known = is_known && order && (*order != 0 || !row.maybe);
  }
  return is_known ? MaybeValue(KnownValue::of(false)) : std::nullopt;
}

MaybeValue Evaluation::chosen(ast::Node node) {
  if (node.is("CoalesceExpr")) {
    for (ast::Node argument : node["args"])
      if (auto one = value(argument); !one || !one->is_null()) return one;
    return KnownValue();
  }
  const bool has_argument = node.has("arg");
  const MaybeValue argument = has_argument ? value(node["arg"]) : std::nullopt;
  for (ast::Node when : node["args"]) {
    std::optional<bool> met;
    if (has_argument) {
      const MaybeValue other = value(when["expr"]);
      const auto order = argument && other ? compare(*argument, *other) : std::nullopt;
      if (order) met = *order == 0;
    } else {
      met = holds(when["expr"]);
    }
    if (!met) return std::nullopt;
    if (*met) return value(when["result"]);
  }
  return node.has("defresult") ? value(node["defresult"]) : MaybeValue(KnownValue());
}

MaybeValue Evaluation::of_query(ast::Node node) {
  const std::string_view kind = node["subLinkType"].text();
  const ast::Node select = node["subselect"];
  if (kind == "EXISTS_SUBLINK" && sources_.empty())
    if (const auto met = catalogs_.exists(select)) return KnownValue::of(*met);
  const std::optional<KnownRows> found = rows(select);
  if (!found) return std::nullopt;
  if (kind == "ANY_SUBLINK") return among(node["testexpr"], *found);
  const bool has_maybe = std::ranges::any_of(found->all, &KnownRows::Row::maybe);
  if (kind == "EXISTS_SUBLINK") {
    const bool has_sure = std::ranges::any_of(found->all, [](const auto& row) { return !row.maybe; });
    return has_sure || !has_maybe ? MaybeValue(KnownValue::of(has_sure)) : std::nullopt;
  }
  if (kind != "EXPR_SUBLINK" || has_maybe || found->all.size() > 1 || found->columns.size() != 1) return std::nullopt;
  return found->all.empty() ? MaybeValue(KnownValue()) : found->all[0].cells[0];
}

std::optional<Evaluation::Values> Evaluation::list(std::string_view expression) {
  try {
    const ast::Tree tree = ast::Tree::parse_expression(expression);
    return list(tree.root());
  } catch (const Error&) { return std::nullopt; }  // more than SQL can say
}

namespace {
/// '{a,b}', without quotes in it.
std::optional<Evaluation::Values> elements_in(std::string_view text) {
  text = trim(text);
  if (!text.starts_with('{') || !text.ends_with('}') || text.find_first_of("\"\\", 1) != std::string_view::npos)
    return std::nullopt;
  Evaluation::Values all;
  text = trim(text.substr(1, text.size() - 2));
  if (text.find_first_of("{}") != std::string_view::npos) return std::nullopt;
  if (!text.empty())
    for (const Text& element : split(text, ',')) {
      if (lower(trim(element)) == "null") return std::nullopt;
      all.push_back(KnownValue::of_text(Text(trim(element))));
    }
  return all;
}
}  // namespace

std::optional<Evaluation::Values> Evaluation::list(ast::Node node) {
  if (node.is("TypeCast")) return list(node["arg"]);
  if (node.is("A_Const")) return node.has("sval") ? elements_in(node["sval"].text()) : std::nullopt;
  if (node.is("ColumnRef")) {
    const Values* known = values_.list(join(node["fields"].texts(), "."));
    if (known) return *known;
    const MaybeValue text = column(node);
    return text && text->kind == Of::text ? elements_in(text->text) : std::nullopt;
  }
  Values all;
  if (node.is("FuncCall") && node["funcname"].texts().back() == "string_to_array" && node["args"].size() == 2) {
    const MaybeValue text = value(node["args"].items()[0]), separator = value(node["args"].items()[1]);
    if (!text || !separator || text_of(*separator).size() != 1) return std::nullopt;
    for (Text& part : split(text_of(*text), text_of(*separator)[0]))
      all.push_back(KnownValue::of_text(std::move(part)));
    return all;
  }
  if (node.is("SubLink") && node["subLinkType"].text() == "ARRAY_SUBLINK") {
    const auto found = rows(node["subselect"]);
    for (const KnownRows::Row& row : found ? found->all : std::vector<KnownRows::Row>()) {
      if (row.maybe || row.cells.size() != 1 || !row.cells[0]) return std::nullopt;
      all.push_back(*row.cells[0]);
    }
    return found ? std::optional(all) : std::nullopt;
  }
  if (!node.is("A_ArrayExpr")) return std::nullopt;
  for (ast::Node element : node["elements"]) {
    auto one = value(element);
    if (!one) return std::nullopt;
    all.push_back(*std::move(one));
  }
  return all;
}

}  // namespace quoin
