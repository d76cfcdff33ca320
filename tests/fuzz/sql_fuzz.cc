// Any bytes as SQL: nothing may crash or leak, and what parses and prints must parse again to the same tree.
#include <cstdlib>

#include "core/sql/ast.h"
#include "core/sql/print.h"

using namespace quoin;
using ast::Node;
using ast::Tree;

namespace {

// What the printer does not know is an error by its contract, and no find.
Text printed(Node node) {
  try {
    return ast::print(node);
  } catch (const Error& error) {
    if (error.code != Code::internal) std::abort();
    return {};
  }
}

void print_again(Node query) {
  const Text text = printed(query);
  if (text.empty()) return;
  const Tree tree = Tree::parse(text);
  if (tree.statements().size() != 1 || printed(tree.statements()[0].node) != text) std::abort();
}

void walk(Node node) {
  if (node.is("SelectStmt") || node.is("InsertStmt") || node.is("UpdateStmt") || node.is("DeleteStmt")) {
    return print_again(node);
  }
  for (Node item : node) walk(item);
  for (const auto& [name, value] : node.fields()) walk(value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view sql(reinterpret_cast<const char*>(data), size);
  std::vector<Error> errors;
  const Tree tree = Tree::parse_all(sql, errors);
  for (const ast::Statement& statement : tree.statements()) {
    if (statement.begin > statement.end || statement.end > tree.text().size()) std::abort();
    walk(statement.node);
  }
  ast::comments(sql);
  return 0;
}
