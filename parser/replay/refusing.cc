#include "parser/replay/refusing.h"

#include <algorithm>

#include "parser/names/fragment.h"

namespace quoin {

namespace {
constexpr int error_level = 21;  // as elog.h numbers them

std::optional<Text> refusal_of(ast::Node function) {
  for (ast::Node statement : function["action"]["body"])
    if (statement.is("PLpgSQL_stmt_raise") && statement["elog_level"].number() >= error_level)
      return Text(statement["message"].text());
  return std::nullopt;
}

std::optional<Text> refusal_of_do(ast::Node statement) {
  for (ast::Node option : statement["args"]) {
    if (option["defname"].text() != "as") continue;
    try {
      const ast::Tree block = parse_body(option["arg"].text(), {});
      for (ast::Node function : block.root())
        if (const auto refusal = refusal_of(function)) return refusal;
    } catch (const Error&) {  // another language, or more than can be read here
    }
  }
  return std::nullopt;
}
}  // namespace

std::optional<Text> refusal_in(std::string_view sql) {
  if (lower(sql).find("raise") == Text::npos) return std::nullopt;
  std::vector<Error> errors;
  const ast::Tree tree = ast::Tree::parse_all(sql, errors);
  for (const ast::Statement& one : tree.statements())
    if (one.node.is("DoStmt"))
      if (const auto refusal = refusal_of_do(one.node)) return refusal;
  return std::nullopt;
}

}  // namespace quoin
