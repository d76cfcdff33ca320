// The texts of fields as trees: each role has its own syntax.
#pragma once
#include <optional>
#include <unordered_map>

#include "core/model/object.h"
#include "core/sql/ast.h"

namespace quoin {

class Walk;

/// A field's text parsed by its role: the nodes in it that hold names, in place, and the text again after a change.
struct Fragment {
  ast::Tree tree;
  ast::Node node;       // TypeName, an expression, SelectStmt, IndexElem, ColumnDef, FunctionParameter
  ast::Node operators;  // of an exclusion key: the names after WITH
};
/// Throws Error(input) where the text does not parse.
Fragment parse_fragment(Role, std::string_view text);
/// The body of a routine in PL/pgSQL, whatever it returns and its variables are; `names`: of its arguments. Throws as
/// parse_fragment does.
ast::Tree parse_body(std::string_view plpgsql, const List& names);
Text print_fragment(Role, const Fragment&);
/// Fragments whose trees were at hand before there was a text, each for the one who takes it first.
class Fragments {
 public:
  /// The text of an expression, an index key or a query in a tree; kept as what parse_fragment() would make of it.
  Text print(const ast::Tree&, ast::Node);
  /// Empty where none is kept: then it has to be parsed.
  std::optional<Fragment> take(Role, const Text&);
  void clear() { kept_.clear(); }

 private:
  std::unordered_multimap<Text, std::pair<Syntax, Fragment>> kept_;
};
/// What the fragment names, as the walk sees it.
void walk_fragment(Role, const Fragment&, Walk&);

}  // namespace quoin
