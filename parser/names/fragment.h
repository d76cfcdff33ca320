// The texts of fields as trees: each role has its own syntax.
#pragma once
#include <optional>
#include <unordered_map>

#include "core/model/object.h"
#include "core/sql/ast.h"

namespace quoin {

class Walk;

/// A field's text, parsed by its role. Nodes with names in them may be changed in place, and print_fragment() gives the
/// text again.
struct Fragment {
  ast::Tree tree;
  ast::Node node;       // TypeName, an expression, SelectStmt, IndexElem, ColumnDef, FunctionParameter
  ast::Node operators;  // of an exclusion key: the names after WITH
  std::optional<std::uint64_t> printed_at = {};  // ast::changes() when its text was printed; no value: it was written
};
/// True if printing the fragment gives the text again from which it was taken.
bool is_as_printed(const Fragment&);
/// Throws Error(input) where the text does not parse, or holds more than one fragment of the role.
Fragment parse_fragment(Role, std::string_view text);
/// Parses the body of a routine in PL/pgSQL, whatever the routine returns and whatever types it declares; `names`:
/// those of its arguments. Throws as parse_fragment does.
ast::Tree parse_body(std::string_view plpgsql, const List& names);
Text print_fragment(Role, const Fragment&);
/// Fragments of texts that need not be parsed again, since they were printed from a tree, or parsed before to check
/// them.
class Fragments {
 public:
  /// Prints an expression, an index key or a query, and keeps for it what parse_fragment() would make of the text.
  Text print(const ast::Tree&, ast::Node);
  void keep(Role, const Text&, Fragment);
  /// Takes out the kept fragment of a text. No value: none is kept, so that the text has to be parsed.
  std::optional<Fragment> take(Role, const Text&);
  /// The kept fragment, which stays; where none is kept, the text is parsed and kept. Throws as parse_fragment does.
  const Fragment& look_at(Role, const Text&);
  /// Takes over what the other one keeps.
  void add(Fragments&& other) { kept_.merge(other.kept_); }
  void clear() { kept_.clear(); }

 private:
  using Kept = std::unordered_multimap<Text, std::pair<Syntax, Fragment>>;
  Kept::iterator find(Role, const Text&);
  Kept kept_;
};
/// Walks over the fragment: the walk tells its Mentions what each name in it means.
void walk_fragment(Role, const Fragment&, Walk&);

}  // namespace quoin
