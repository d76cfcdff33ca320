// Expressions and queries of PL/pgSQL, as far as their values follow from what is known.
#pragma once
#include <deque>
#include <functional>

#include "parser/replay/known_values.h"

namespace quoin {

/// What a query gives. A cell without a value is one that only a server knows.
struct KnownRows {
  struct Row {
    std::vector<Perhaps> cells;
    bool maybe = false;  // it may not be there
  };
  List columns;
  std::vector<Row> all;
};

/// What the catalogs say.
class KnownCatalogs {
 public:
  virtual ~KnownCatalogs() = default;
  /// The rows of a catalog or of a view of it; nothing: it is none that is known.
  virtual std::optional<KnownRows> rows(std::string_view schema, std::string_view name) const = 0;
  /// A relation as regclass shows it; null: it is not there.
  virtual Perhaps relation(const Text& name) const = 0;
  virtual Perhaps current_schema() const = 0;
  /// EXISTS (SELECT …).
  virtual std::optional<bool> exists(ast::Node select) const = 0;
};

class Evaluation {
 public:
  using Values = KnownValues::Values;

  Evaluation(const KnownValues& values, const KnownCatalogs& catalogs) : values_(values), catalogs_(catalogs) {}
  Perhaps value(std::string_view expression);
  Perhaps value(ast::Node expression);
  /// Nothing: not known; else whether it is true, which NULL is not.
  std::optional<bool> holds(ast::Node condition);
  /// The elements of an array.
  std::optional<Values> list(std::string_view expression);
  std::optional<Values> list(ast::Node expression);
  std::optional<KnownRows> rows(std::string_view query);
  std::optional<KnownRows> rows(ast::Node select);
  /// True if it has asked what day it is.
  bool asked_the_time() const { return asked_the_time_; }
  /// How many rows it has looked at, each time that it did.
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

  Perhaps column(ast::Node reference) const;
  Perhaps function(ast::Node call);
  Perhaps joined(ast::Node bool_expr);
  Perhaps tested(ast::Node);
  Perhaps compared(ast::Node a_expr);
  Perhaps among(ast::Node a_expr);
  Perhaps among(ast::Node tested, const KnownRows&);
  Perhaps chosen(ast::Node case_or_coalesce);
  Perhaps of_query(ast::Node sub_link);
  Perhaps of_server(ast::Node sql_value_function);
  Perhaps cast_to(ast::Node type_cast);
  std::optional<KnownRows> joined_rows(ast::Node select);
  List column_names(std::span<const ast::Node> targets) const;
  bool each_joined(const std::vector<ast::Node>& conditions, const std::function<bool(bool is_sure)>& visit);
  std::optional<bool> all_hold(const std::vector<ast::Node>& conditions);
  std::vector<Perhaps> targets(ast::Node select);
  std::optional<KnownRows> aggregate(ast::Node select, const KnownRows&);
  bool take_source(ast::Node from, std::vector<ast::Node>& conditions);
  bool take_with(ast::Node with_clause);
  std::optional<KnownRows> source_rows(ast::Node from);
  std::optional<KnownRows> of_function(ast::Node call, const Text& name);
};

}  // namespace quoin
