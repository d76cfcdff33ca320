#include "parser/migrations/strip_comments.h"

#include "core/sql/ast_scan.h"

namespace quoin {
namespace {

using ast::detail::Scanner;
using ast::detail::Token;

/// A body is no SQL that a scanner of SQL may follow: only its strings and its comments count.
Text body_without_comments(std::string_view body) {
  Text kept;
  for (std::size_t at = 0; at < body.size();) {
    const std::string_view rest = body.substr(at);
    std::size_t end = 1;
    const bool is_line = rest.starts_with("--"), is_block = rest.starts_with("/*");
    if (is_line) end = std::min(rest.find('\n'), rest.size());
    if (is_block) end = std::min(rest.find("*/", 2), rest.size() - 2) + 2;
    if (rest[0] == '\'' || rest[0] == '"') end = std::min(rest.find(rest[0], 1), rest.size() - 1) + 1;
    if (!is_line && !is_block) kept += rest.substr(0, end);
    at += end;
  }
  return kept;
}

}  // namespace

Text without_comments(std::string_view sql) {
  Text kept;
  Scanner scanner(sql);
  std::size_t at = 0;
  for (Token token = scanner.next(); token.kind != Token::Kind::end; token = scanner.next()) {
    kept += sql.substr(at, token.begin - at);
    at = token.end;
    const std::string_view text = sql.substr(token.begin, token.end - token.begin);
    if (token.kind == Token::Kind::comment)
      for (const char c : text) kept += c == '\n' ? "\n" : "";
    else
      kept += token.kind == Token::Kind::string && text[0] == '$' ? body_without_comments(text) : Text(text);
  }
  return kept + Text(sql.substr(at));
}

}  // namespace quoin
