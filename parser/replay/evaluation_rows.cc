// Queries: what FROM gives, what WHERE leaves, what SELECT makes of it.
#include <algorithm>

#include "core/base/error.h"
#include "parser/replay/evaluation.h"

namespace quoin {

namespace {
using Of = KnownValue::Kind;
using Values = KnownValues::Values;
constexpr std::size_t most_rows = 1'000'000;  // that one evaluation looks at

/// The name that the server gives to a column of a query.
Text name_of(ast::Node target) {
  if (target.has("name")) return Text(target["name"].text());
  ast::Node node = target["val"];
  while (node.is("TypeCast")) node = node["arg"];
  const List parts = node.is("ColumnRef")  ? node["fields"].texts()
                     : node.is("FuncCall") ? node["funcname"].texts()
                                           : List();
  return parts.empty() ? Text("?column?") : parts.back();
}

bool is_star(ast::Node target) {
  const std::span<const ast::Node> fields = target["val"]["fields"].items();
  return fields.size() == 1 && fields[0].is("A_Star");
}

KnownRows of_values(const Values& values, const Text& column) {
  KnownRows rows{{column}, {}};
  for (const KnownValue& value : values) rows.all.push_back({{value}, false});
  return rows;
}

/// The conditions that all have to hold.
void add_parts(ast::Node condition, std::vector<ast::Node>& all) {
  if (condition.is("BoolExpr") && condition["boolop"].text() == "AND_EXPR") {
    for (ast::Node part : condition["args"]) add_parts(part, all);
  } else {
    all.push_back(condition);
  }
}

bool is_aggregate(ast::Node target) {
  const List name = target["val"]["funcname"].texts();
  static constexpr std::string_view all[] = {"count", "string_agg", "array_agg", "min",
                                             "max",   "sum",        "bool_or",   "bool_and"};
  return target["val"].is("FuncCall") && !name.empty() && std::ranges::count(all, name.back()) > 0;
}
}  // namespace

std::optional<KnownRows> Evaluation::rows(std::string_view query) {
  std::vector<Error> errors;
  const ast::Tree tree = ast::Tree::parse_all(query, errors);
  if (!errors.empty() || tree.statements().size() != 1) return std::nullopt;
  return rows(tree.statements()[0].node);
}

std::optional<KnownRows> Evaluation::rows(ast::Node select) {
  if (!select.is("SelectStmt") && !select.has("targetList") && !select.has("valuesLists")) return std::nullopt;
  for (const char* more : {"groupClause", "havingClause", "larg", "limitOffset", "windowClause"})
    if (select.has(more)) return std::nullopt;
  const std::size_t with = with_.size();
  if (select.has("withClause") && !take_with(select["withClause"])) return std::nullopt;
  const std::size_t outer = std::exchange(first_, sources_.size());
  auto found = joined_rows(select);
  sources_.resize(first_);
  first_ = outer;
  with_.resize(with);
  // One row or none is the same with LIMIT 1.
  if (found && select.has("limitCount") && (found->all.size() > 1 || select["limitCount"]["ival"].number() != 1))
    return std::nullopt;
  return found;
}

std::optional<KnownRows> Evaluation::joined_rows(ast::Node select) {
  if (select.has("valuesLists")) {
    KnownRows found;
    for (ast::Node list : select["valuesLists"]) {
      KnownRows::Row& row = found.all.emplace_back();
      for (ast::Node item : list) row.cells.push_back(value(item));
      for (std::size_t i = found.columns.size(); i < row.cells.size(); ++i)
        found.columns.push_back(concat("column", std::to_string(i + 1)));
    }
    return found;
  }
  const std::span<const ast::Node> items = select["targetList"].items();
  if (select["fromClause"].size() == 0 && items.size() == 1 && items[0]["val"].is("FuncCall") &&
      !select.has("whereClause"))
    if (auto found = of_function(items[0]["val"], name_of(items[0]))) return found;
  std::vector<ast::Node> conditions;
  for (ast::Node from : select["fromClause"])
    if (!take_source(from, conditions)) return std::nullopt;
  if (select.has("whereClause")) add_parts(select["whereClause"], conditions);
  KnownRows found{column_names(items), {}};
  const bool has_aggregate = std::ranges::any_of(items, is_aggregate);
  const bool is_followed = each_joined(conditions, [&](bool is_sure) {
    if (has_aggregate && !is_sure) return false;
    const KnownRows::Row row{targets(select), !is_sure};
    const bool again = select.has("distinctClause") &&
                       std::ranges::any_of(found.all, [&](const auto& other) { return other.cells == row.cells; });
    if (!again) found.all.push_back(row);
    return true;
  });
  if (!is_followed) return std::nullopt;
  return has_aggregate ? aggregate(select, found) : found;
}

/// Visits the rows of the join for which the conditions hold, or may hold. False: that is too much to be followed.
bool Evaluation::each_joined(const std::vector<ast::Node>& conditions, const std::function<bool(bool)>& visit) {
  std::vector<std::size_t> order;
  for (std::size_t i = first_; i < sources_.size(); ++i) {
    Source& one = sources_[i];
    one.stands = true;
    looked_at_ += one.rows.all.size();
    if (looked_at_ > most_rows) return false;
    std::vector<KnownRows::Row> left;
    for (one.at = 0; one.at < one.rows.all.size(); ++one.at)
      if (all_hold(conditions) != false) left.push_back(one.rows.all[one.at]);
    one.rows.all = std::move(left);
    one.stands = false;
    order.push_back(i);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return sources_[i].rows.all.size(); });
  const std::function<bool(std::size_t)> go_on = [&](std::size_t depth) {
    if (depth == order.size()) {
      const std::optional<bool> met = all_hold(conditions);
      const bool maybe =
          std::ranges::any_of(order, [&](std::size_t i) { return sources_[i].rows.all[sources_[i].at].maybe; });
      return met == false || visit(met == true && !maybe);
    }
    Source& one = sources_[order[depth]];
    one.stands = true;
    bool goes_on = true;
    for (one.at = 0; goes_on && one.at < one.rows.all.size(); ++one.at) {
      if (++looked_at_ > most_rows) goes_on = false;
      if (goes_on && all_hold(conditions) != false) goes_on = go_on(depth + 1);
    }
    one.stands = false;
    return goes_on;
  };
  return go_on(0);
}

List Evaluation::column_names(std::span<const ast::Node> targets) const {
  List names;
  for (ast::Node target : targets) {
    if (!is_star(target)) {
      names.push_back(name_of(target));
    } else {
      for (std::size_t i = first_; i < sources_.size(); ++i)
        names.insert(names.end(), sources_[i].rows.columns.begin(), sources_[i].rows.columns.end());
    }
  }
  return names;
}

std::optional<bool> Evaluation::all_hold(const std::vector<ast::Node>& conditions) {
  std::optional<bool> met = true;
  for (ast::Node condition : conditions) {
    const std::optional<bool> one = holds(condition);
    if (one == false) return false;
    if (!one) met = std::nullopt;
  }
  return met;
}

std::vector<MaybeValue> Evaluation::targets(ast::Node select) {
  std::vector<MaybeValue> cells;
  for (ast::Node item : select["targetList"]) {
    if (is_star(item)) {
      for (std::size_t i = first_; i < sources_.size(); ++i) {
        const auto& row = sources_[i].rows.all[sources_[i].at].cells;
        cells.insert(cells.end(), row.begin(), row.end());
      }
    } else if (is_aggregate(item)) {
      const std::span<const ast::Node> arguments = item["val"]["args"].items();
      cells.push_back(arguments.empty() ? MaybeValue(KnownValue()) : value(arguments[0]));
    } else {
      cells.push_back(value(item["val"]));
    }
  }
  return cells;
}

/// count(*) and string_agg(…, ', ') of the rows that are left.
std::optional<KnownRows> Evaluation::aggregate(ast::Node select, const KnownRows& found) {
  KnownRows one{found.columns, {{}}};
  std::size_t at = 0;
  for (ast::Node item : select["targetList"]) {
    const ast::Node call = item["val"];
    const List name = call["funcname"].texts();
    const std::span<const ast::Node> arguments = call["args"].items();
    MaybeValue cell;
    const bool is_plain = !call.has("agg_filter") && !call["agg_distinct"].flag() && !call.has("over");
    if (is_aggregate(item) && is_plain && name.back() == "count" && arguments.empty())
      cell = KnownValue::of(Of::number, static_cast<std::int64_t>(found.all.size()));
    if (is_aggregate(item) && is_plain && name.back() == "string_agg" && arguments.size() == 2) {
      const MaybeValue separator = value(arguments[1]);
      List parts;
      for (const KnownRows::Row& row : found.all)
        if (row.cells[at] && !row.cells[at]->is_null()) parts.push_back(text_of(*row.cells[at]));
      const bool is_known =
          separator && std::ranges::all_of(found.all, [&](const auto& row) { return row.cells[at].has_value(); });
      if (is_known) cell = parts.empty() ? KnownValue() : KnownValue::of_text(join(parts, text_of(*separator)));
    }
    one.all[0].cells.push_back(cell);
    ++at;
  }
  return one;
}

bool Evaluation::take_source(ast::Node from, std::vector<ast::Node>& conditions) {
  if (from.is("JoinExpr")) {
    if (from["jointype"].text() != "JOIN_INNER" || from.has("usingClause") || from["isNatural"].flag()) return false;
    if (from.has("quals")) add_parts(from["quals"], conditions);
    return take_source(from["larg"], conditions) && take_source(from["rarg"], conditions);
  }
  auto rows = source_rows(from);
  if (!rows) return false;
  const ast::Node alias = from["alias"];
  const List names = alias["colnames"].texts();
  if (names.size() > rows->columns.size()) return false;
  for (std::size_t i = 0; i < names.size(); ++i) rows->columns[i] = names[i];
  Text name(alias.has("aliasname") ? alias["aliasname"].text() : from["relname"].text());
  // A function's only column is called as the function is.
  if (from.is("RangeFunction") && rows->columns.size() == 1 && names.empty() && !name.empty()) rows->columns[0] = name;
  sources_.push_back({std::move(name), *std::move(rows)});
  return true;
}

bool Evaluation::take_with(ast::Node clause) {
  if (clause["recursive"].flag()) return false;
  for (ast::Node one : clause["ctes"]) {
    auto found = rows(one["ctequery"]);
    const List names = one["aliascolnames"].texts();
    if (!found || names.size() > found->columns.size()) return false;
    std::ranges::copy(names, found->columns.begin());
    with_.emplace_back(one["ctename"].text(), *std::move(found));
  }
  return true;
}

std::optional<KnownRows> Evaluation::source_rows(ast::Node from) {
  if (from.is("RangeVar") && !from.has("schemaname"))
    for (auto one = with_.rbegin(); one != with_.rend(); ++one)
      if (one->first == from["relname"].text()) return one->second;
  if (from.is("RangeVar")) return catalogs_.rows(from["schemaname"].text(), from["relname"].text());
  if (from.is("RangeSubselect")) {
    if (from["lateral"].flag()) return std::nullopt;
    return rows(from["subquery"]);
  }
  const std::span<const ast::Node> functions = from["functions"].items();
  if (!from.is("RangeFunction") || from["ordinality"].flag() || functions.size() != 1) return std::nullopt;
  const std::span<const ast::Node> one = functions[0].items();
  const ast::Node call = one.empty() ? ast::Node() : one[0];
  return call.is("FuncCall") ? of_function(call, call["funcname"].texts().back()) : std::nullopt;
}

/// unnest(array), generate_series(from, to, step).
std::optional<KnownRows> Evaluation::of_function(ast::Node call, const Text& column) {
  const List name = call["funcname"].texts();
  const std::span<const ast::Node> arguments = call["args"].items();
  if (name.empty()) return std::nullopt;
  if (name.back() == "unnest" && arguments.size() == 1) {
    const auto values = list(arguments[0]);
    return values ? std::optional(of_values(*values, column)) : std::nullopt;
  }
  if (name.back() != "generate_series" || arguments.size() < 2 || arguments.size() > 3) return std::nullopt;
  MaybeValue at = value(arguments[0]), end = value(arguments[1]);
  MaybeValue step = arguments.size() == 3 ? value(arguments[2]) : MaybeValue(KnownValue::of(Of::number, 1));
  if (!at || !end || !step || at->is_null() || end->is_null()) return std::nullopt;
  if (step->kind == Of::text) step = cast(*step, at->kind == Of::number ? "integer" : "interval");
  if (!step) return std::nullopt;
  if (step->kind == Of::interval) {
    at = cast(*at, "timestamp");
    end = cast(*end, "timestamp");
    if (!at || !end) return std::nullopt;
  }
  const bool goes_up = step->number + step->days + step->months > 0;
  Values all;
  for (constexpr std::size_t most = 10'000; all.size() < most;) {
    const auto order = compare(*at, *end);
    if (!order || !goes_up) return std::nullopt;
    if (*order > 0) return of_values(all, column);
    all.push_back(*at);
    at = operation("+", *at, *step);
    if (!at) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace quoin
