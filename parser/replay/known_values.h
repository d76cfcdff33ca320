// The values that variables of PL/pgSQL are known to have.
#pragma once
#include <map>
#include <vector>

#include "core/sql/ast.h"
#include "parser/replay/known_value.h"

namespace quoin {

/// Variables by name, a record's field as "record.field", an argument also as "$1". A variable without a value is not
/// known.
class KnownValues {
 public:
  using Values = std::vector<KnownValue>;

  /// Reads the variables of a PLpgSQL_function (libpg_query's JSON). Values that were set before, of arguments, stay.
  void declare(ast::Node function);
  /// The name of the variable with this `varno`; empty: there is none.
  const Text& variable(std::size_t number) const;
  /// A variable that is declared with an initial value.
  struct Begin {
    Text variable, expression;
  };
  const std::vector<Begin>& begins() const { return begins_; }

  /// Sets the value, cast to the variable's type; no value: it is not known from here on.
  void set(const Text& variable, MaybeValue);
  /// The same for an array.
  void set_list(const Text& variable, std::optional<Values>);
  /// Makes the variable, and the fields of a record, unknown.
  void forget(const Text& variable);
  const KnownValue* find(const Text& variable) const;
  const Values* list(const Text& variable) const;
  /// Keeps only the values that `other` has too: what holds after either of two branches.
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
