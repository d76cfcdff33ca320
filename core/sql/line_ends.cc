#include "core/sql/line_ends.h"

#include "core/sql/ast_scan.h"

namespace quoin {
namespace {

void add(std::string_view part, Text& all) {
  for (std::size_t at = 0; at < part.size(); ++at)
    if (part[at] != '\r' || at + 1 == part.size() || part[at + 1] != '\n') all += part[at];
}

}  // namespace

Text with_line_feeds_alone(Text sql) {
  if (sql.find("\r\n") == Text::npos) return sql;
  Text all;
  add(sql, all);
  return all;
}

Text with_line_feeds(Text sql) {
  using ast::detail::Token;
  if (sql.find("\r\n") == Text::npos) return sql;
  Text all;
  std::size_t at = 0;
  ast::detail::Scanner scanner(sql);
  for (Token token = scanner.next(); token.kind != Token::Kind::end; token = scanner.next()) {
    if (token.kind != Token::Kind::string && token.kind != Token::Kind::quoted_name) continue;
    add(std::string_view(sql).substr(at, token.begin - at), all);
    all += std::string_view(sql).substr(token.begin, token.end - token.begin);
    at = token.end;
  }
  add(std::string_view(sql).substr(at), all);
  return all;
}

}  // namespace quoin
