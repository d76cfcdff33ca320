// What variables of PL/pgSQL are known to hold without running it: constants, and what texts are made of them.
#pragma once
#include <map>
#include <optional>

#include "core/sql/ast.h"

namespace quoin {

class KnownValues {
 public:
  /// Of a PLpgSQL_function: names of its variables, and what they begin with. Arguments keep what was set.
  void declare(ast::Node function);
  const Text& variable(std::size_t number) const;  // empty: there is none
  void set(const Text& variable, std::optional<Text> value);
  /// The text that an expression gives; nothing: only a server can tell.
  std::optional<Text> text(std::string_view expression) const;
  std::optional<Text> text(ast::Node expression) const;
  /// The texts of an array, or of a query that gives one's elements as rows.
  std::optional<List> list(std::string_view expression_or_query) const;

 private:
  List variables_;  // by number
  std::map<Text, Text> texts_;
  std::map<Text, List> lists_;

  std::optional<List> list_of(ast::Node) const;
  std::optional<Text> call(ast::Node) const;
};

}  // namespace quoin
