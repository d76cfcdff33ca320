// The texts of fields as trees: each role has its own syntax.
#pragma once
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
/// What the fragment names, as the walk sees it.
void walk_fragment(Role, const Fragment&, Walk&);

}  // namespace quoin
