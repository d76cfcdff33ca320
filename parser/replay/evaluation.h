// The values of expressions and queries in PL/pgSQL, as far as they follow from known variables and catalogs.
#pragma once
#include <deque>
#include <functional>

#include "parser/replay/known_values.h"

namespace quoin {

/// The rows of a query's result. A cell without a value is one that only a server knows.
struct KnownRows {
  struct Row {
    std::vector<MaybeValue> cells;
    bool maybe = false;  // only a server knows whether the result has the row
  };
  List columns;
  std::vector<Row> all;
};

/// The catalogs that queries may read.
class KnownCatalogs {
 public:
  virtual ~KnownCatalogs() = default;
  /// The rows of a catalog, or of a view over catalogs; no value: it is none that is known here.
  virtual std::optional<KnownRows> rows(std::string_view schema, std::string_view name) const = 0;
  /// The relation of that name as regclass shows it (to_regclass()): NULL where there is none.
  virtual MaybeValue relation(const Text& name) const = 0;
  virtual MaybeValue current_schema() const = 0;
  /// EXISTS (SELECT …).
  virtual std::optional<bool> exists(ast::Node select) const = 0;
};

/// Evaluates expressions and queries. No value, from any of these: only a server can tell.
class Evaluation {
 public:
  using Values = KnownValues::Values;

  Evaluation(const KnownValues& values, const KnownCatalogs& catalogs) : values_(values), catalogs_(catalogs) {}
  MaybeValue value(std::string_view expression);
  MaybeValue value(ast::Node expression);
  /// True if the condition holds; NULL does not.
  std::optional<bool> holds(ast::Node condition);
  /// The elements of an array.
  std::optional<Values> list(std::string_view expression);
  std::optional<Values> list(ast::Node expression);
  std::optional<KnownRows> rows(std::string_view query);
  std::optional<KnownRows> rows(ast::Node select);
  /// True if some value depends on the present date or time.
  bool asked_the_time() const { return asked_the_time_; }
  /// How many rows it has looked at, a row counted each time: a measure of what it has cost.
  std::size_t looked_at() const { return looked_at_; }

 private:
  struct Source {
    Text alias;
    KnownRows rows;
    std::size_t at = 0;
    bool stands = false;  // at a row
  };
  const KnownValues& values_;
  const KnownCatalogs& catalogs_;
  std::deque<Source> sources_;                    // of the queries around what is evaluated; one within adds to them
  std::size_t first_ = 0;                         // of the innermost query
  std::vector<std::pair<Text, KnownRows>> with_;  // what WITH gives
  bool asked_the_time_ = false;
  std::size_t looked_at_ = 0;

  MaybeValue column(ast::Node reference) const;
  MaybeValue function(ast::Node call);
  MaybeValue joined(ast::Node bool_expr);
  MaybeValue tested(ast::Node);
  MaybeValue compared(ast::Node a_expr);
  MaybeValue among(ast::Node a_expr);
  MaybeValue among(ast::Node tested, const KnownRows&);
  MaybeValue chosen(ast::Node case_or_coalesce);
  MaybeValue of_query(ast::Node sub_link);
  MaybeValue of_server(ast::Node sql_value_function);
  MaybeValue cast_to(ast::Node type_cast);
  std::optional<KnownRows> joined_rows(ast::Node select);
  List column_names(std::span<const ast::Node> targets) const;
  bool each_joined(const std::vector<ast::Node>& conditions, const std::function<bool(bool is_sure)>& visit);
  std::optional<bool> all_hold(const std::vector<ast::Node>& conditions);
  std::vector<MaybeValue> targets(ast::Node select);
  std::optional<KnownRows> aggregate(ast::Node select, const KnownRows&);
  bool take_source(ast::Node from, std::vector<ast::Node>& conditions);
  bool take_with(ast::Node with_clause);
  std::optional<KnownRows> source_rows(ast::Node from);
  std::optional<KnownRows> of_function(ast::Node call, const Text& name);
};

}  // namespace quoin
