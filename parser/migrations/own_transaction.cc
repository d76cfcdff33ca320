#include "parser/migrations/own_transaction.h"

#include "core/sql/ast.h"
#include "core/sql/psql.h"

namespace quoin {
namespace {

enum class Bound { none, begin, commit, other };
Bound bound_of(ast::Node statement) {
  if (!statement.is("TransactionStmt")) return Bound::none;
  const std::string_view kind = statement["kind"].text();
  if (kind == "TRANS_STMT_SAVEPOINT" || kind == "TRANS_STMT_RELEASE" || kind == "TRANS_STMT_ROLLBACK_TO")
    return Bound::none;
  const bool plain = statement["options"].size() == 0 && !statement["chain"].flag();
  if (kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START") return plain ? Bound::begin : Bound::other;
  return kind == "TRANS_STMT_COMMIT" && plain ? Bound::commit : Bound::other;
}

/// Nothing but comments, blanks and semicolons.
bool is_silent(std::string_view text) {
  std::size_t at = 0;
  const auto silent = [&](std::size_t until) {
    const std::size_t found = text.find_first_not_of(" \t\r\n\f\v;", at);
    return found == text.npos || found >= until;
  };
  for (const ast::Comment& comment : ast::comments(text)) {
    if (!silent(comment.begin)) return false;
    at = comment.end;
  }
  return silent(text.size());
}

enum class Found { nothing, around, otherwise };

/// Replaces a BEGIN and a COMMIT around all statements by blanks; sets `begin` to the first statement's byte.
Found take(Section& section, std::size_t& begin) {
  if (section.directive("no-transaction") != nullptr || !psql::may_hold_transaction(section.text))
    return Found::nothing;
  std::vector<Error> errors;  // are told by who reads the statements
  const ast::Tree tree = ast::Tree::parse_all(section.text, errors);
  std::size_t bounds = 0;
  const ast::Statement *first = nullptr, *last = nullptr;
  for (const ast::Statement& statement : tree.statements()) {
    if (first == nullptr) first = &statement;
    last = &statement;
    if (bound_of(statement.node) != Bound::none) ++bounds;
  }
  if (bounds == 0) return Found::nothing;
  begin = first->begin;
  const std::string_view text = section.text;
  const bool is_around = bounds == 2 && bound_of(first->node) == Bound::begin &&
                         bound_of(last->node) == Bound::commit && is_silent(text.substr(0, first->begin)) &&
                         is_silent(text.substr(last->end));
  if (!is_around) return Found::otherwise;
  for (const ast::Statement* bound : {first, last})
    section.text.replace(bound->begin, bound->end - bound->begin, bound->end - bound->begin, ' ');
  return Found::around;
}

}  // namespace

void drop_own_transaction(Section& section) {
  std::size_t begin = 0;
  take(section, begin);
}

void obey_own_transaction(Section& section) {
  std::size_t begin = 0;
  if (take(section, begin) == Found::otherwise)
    section.directives.push_back({"no-transaction", "", place_of(section, begin)});
}

}  // namespace quoin
