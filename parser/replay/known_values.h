// What variables of PL/pgSQL are known to hold without running it.
#pragma once
#include <map>
#include <vector>

#include "core/sql/ast.h"
#include "parser/replay/known_value.h"

namespace quoin {

class KnownValues {
 public:
  using Values = std::vector<KnownValue>;

  /// Takes the variables of a PLpgSQL_function. Arguments keep what was set.
  void declare(ast::Node function);
  /// By its number; of a record's field "record.field"; empty: there is none.
  const Text& variable(std::size_t number) const;
  /// What it is declared to begin with; empty: nothing is said.
  struct Begin {
    Text variable, expression;
  };
  const std::vector<Begin>& begins() const { return begins_; }

  void set(const Text& variable, Perhaps);
  void set_list(const Text& variable, std::optional<Values>);
  /// Forgets a record's fields too.
  void forget(const Text& variable);
  const KnownValue* find(const Text& variable) const;
  const Values* list(const Text& variable) const;
  /// Keeps what the other one knows as well.
  void keep_common(const KnownValues& other);

 private:
  List variables_;  // by number
  std::vector<Begin> begins_;
  std::map<Text, Text> types_;
  std::map<Text, KnownValue> values_;
  std::map<Text, Values> lists_;
};

/// The text of a PLpgSQL_expr.
std::string_view query_of(ast::Node expression);

}  // namespace quoin
