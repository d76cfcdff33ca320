#include "rows/choosing.h"

#include <cmath>

namespace quoin::rows {
namespace {
constexpr std::size_t most_joined = 6;       // columns in checks of several
constexpr double most_combinations = 20000;  // of their values

List own_checks(const Table& table, const Number& number) {
  List all;
  for (const Check& check : table.checks)
    if (check.columns == std::vector<Number>{number}) all.push_back(check.expression);
  return all;
}

void add(List& all, const List& more) {
  for (const Text& text : more)
    if (std::ranges::find(all, text) == all.end()) all.push_back(text);
}

Text all_of(const List& checks) {
  List conditions{"true"};
  for (const Text& check : checks) conditions.push_back(concat("(", check, ") IS NOT FALSE"));
  return join(conditions, " AND ");
}

// An explicit cast cuts what is too long; the conversion of a column does not.
bool is_cut(const Text& before, const Text& after, const Text& spelled) {
  return spelled.starts_with("character") && trim(before) != trim(after);
}

// Two usual values first, then all that is unusual, then the rest. Each column begins at another one, so that a value
// tells where it came from.
List in_order(const Pool& pool, std::size_t offset) {
  List all, rest;
  for (std::size_t i = 0; i < pool.plain.size(); ++i)
    (i < 2 ? all : rest).push_back(pool.plain[(offset + i) % pool.plain.size()]);
  for (std::size_t i = 0; i < pool.edges.size(); ++i) all.push_back(pool.edges[(offset + i) % pool.edges.size()]);
  all.insert(all.end(), rest.begin(), rest.end());
  return all;
}
}  // namespace

Chooser::Chooser(postgres::Connection& connection, Attempt& attempt, const Tables& tables)
    : connection_(connection), attempt_(attempt), types_(connection, attempt, oids_of(tables)) {}

// Texts that can be cast to one type after the other, and then pass.
List Chooser::passing(const List& texts, const List& types, const Column& column, const List& checks) {
  const Text name = quote_ident(column.name), cast = concat("::", join(types, "::"));
  List expressions, all;
  for (const Text& text : texts)
    expressions.push_back(concat("(SELECT ", name, "::pg_catalog.text FROM (SELECT ", quote_literal(text), cast, " AS ",
                                 name, ") AS made WHERE ", all_of(checks), ")"));
  const auto values = attempt_.values(expressions);
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (values[i] && !is_cut(texts[i], *values[i], types.back())) all.push_back(texts[i]);
  return all;
}

Pool Chooser::pool(const Table& table, const Number& number) {
  const Column& column = table.columns.at(number);
  Pool all = types_.of(column.type);
  List constants;
  for (const Check& check : table.checks)
    if (std::ranges::count(check.columns, number) > 0) add(constants, constants_in(check.expression));
  if (!constants.empty()) add(all.plain, types_.taken(constants, column.type.spelled));
  const List checks = own_checks(table, number);
  if (checks.empty()) return all;
  const List type{column.type.spelled};
  return {passing(all.plain, type, column, checks), passing(all.edges, type, column, checks)};
}

TableAhead Chooser::look_ahead(const Table& table) {
  TableAhead ahead{{}, table.checks};
  for (const auto& [number, column] : table.columns)
    ahead.columns.emplace(number, ColumnAhead{column.type.spelled, column.is_not_null, column.is_numbered,
                                              own_checks(table, number), types_.of(column.type), pool(table, number)});
  return ahead;
}

// What passes there and is taken here, and what passes here and can be brought there. Where nothing does both, what is
// to come has to cope with what there is.
Pool Chooser::pool_for_both(const Table& table, const Number& number, const ColumnAhead& ahead) {
  const Column& column = table.columns.at(number);
  Pool here = pool(table, number);
  const List checks = own_checks(table, number);
  const bool is_same = ahead.type == column.type.spelled,
             is_redefined = is_same && ahead.of_type != types_.of(column.type);
  if (is_same && !is_redefined && ahead.checks == checks) return here;
  const List to_here{column.type.spelled}, brought{column.type.spelled, ahead.type};
  Pool both;
  for (List Pool::*of_sort : {&Pool::plain, &Pool::edges}) {
    both.*of_sort = passing(ahead.pool.*of_sort, to_here, column, checks);
    if (!is_redefined) add(both.*of_sort, passing(here.*of_sort, brought, column, ahead.checks));
  }
  return both.empty() ? here : both;
}

// Checks of several columns: of all the ways to combine the values, some that pass.
void Chooser::match(const Table& table, const std::vector<Check>& checks, std::map<Number, List>& values) {
  std::set<Number> numbers;
  List expressions;
  for (const Check& check : checks) {
    if (check.columns.size() < 2) continue;
    expressions.push_back(check.expression);
    for (const Number& number : check.columns)
      if (values.contains(number)) numbers.insert(number);
  }
  if (numbers.empty() || numbers.size() > most_joined) return;
  const auto most = static_cast<std::size_t>(std::pow(most_combinations, 1.0 / static_cast<double>(numbers.size())));
  List sources, chosen;
  for (const Number& number : numbers) {
    const Column& column = table.columns.at(number);
    const List& of = values.at(number);
    List texts;
    for (std::size_t i = 0; i < std::min(of.size(), most); ++i)
      texts.push_back(concat("(", std::to_string(i), ", ", quote_literal(of[i]), "::", column.type.spelled, ")"));
    if (texts.empty()) return;
    const Text alias = concat("of", std::to_string(sources.size()));
    chosen.push_back(concat(alias, ".\"#\""));
    sources.push_back(concat("(VALUES ", join(texts, ", "), ") AS ", alias, "(\"#\", ", quote_ident(column.name), ")"));
  }
  try {
    const postgres::Result found =
        connection_.execute(concat("SELECT ", join(chosen, ", "), " FROM ", join(sources, " CROSS JOIN "), " WHERE ",
                                   all_of(expressions), " LIMIT 1000"));
    if (found.rows() == 0) return;
    std::size_t at = 0;
    for (const Number& number : numbers) {
      const List of = std::exchange(values.at(number), {});
      for (std::size_t row = 0; row < rows_of_a_table; ++row)
        values.at(number).push_back(of[std::stoul(found.text(row * found.rows() / rows_of_a_table, at))]);
      ++at;
    }
  } catch (const Error&) {
    if (!connection_.alive()) throw;  // a check that says nothing here leaves the values as they are
  }
}

std::map<Number, List> Chooser::choose(const Table& table, const TableAhead* ahead, const std::set<Number>& apart) {
  std::map<Number, List> values;
  for (const auto& [number, column] : table.columns) {
    if (column.is_generated || apart.contains(number)) continue;
    const auto next = ahead ? ahead->columns.find(number) : std::map<Number, ColumnAhead>::const_iterator();
    const bool is_kept = ahead && next != ahead->columns.end();
    Pool of = is_kept ? pool_for_both(table, number, next->second) : pool(table, number);
    if (column.is_numbered || (is_kept && next->second.is_numbered)) of.edges.clear();
    List all = in_order(of, values.size());
    if (!all.empty()) values.emplace(number, std::move(all));
  }
  match(table, table.checks, values);
  if (ahead) {
    std::vector<Check> all = table.checks;
    all.insert(all.end(), ahead->checks.begin(), ahead->checks.end());
    match(table, all, values);
  }
  return values;
}

}  // namespace quoin::rows
