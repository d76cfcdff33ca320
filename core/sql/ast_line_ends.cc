#include "core/sql/ast.h"
#include "core/sql/ast_scan.h"

namespace quoin::ast {
namespace {
using detail::Scanner;
using detail::Token;

// Every CR LF, and every CR alone, as `instead`; LF alone stays.
Text replaced(std::string_view text, std::string_view instead) {
  Text out;
  for (const char c : text) out += c == '\r' ? Text(instead) : Text(1, c);
  return out;
}

Text with_line_ends(std::string_view layout) {
  Text out;
  for (std::size_t i = 0; i < layout.size(); ++i) {
    if (layout[i] != '\r') out += layout[i];
    if (layout[i] == '\r' && (i + 1 == layout.size() || layout[i + 1] != '\n')) out += '\n';
  }
  return out;
}

// What a string without escapes, or a dollar quote, says.
Text value_of(std::string_view string) {
  if (string.front() == '$') {
    const std::size_t tag = string.find('$', 1) + 1;
    return Text(string.substr(tag, string.size() - 2 * tag));
  }
  Text value;
  for (std::size_t i = 1; i + 1 < string.size(); ++i) {
    if (string[i] == '\'') ++i;
    value += string[i];
  }
  return value;
}

Text escape_string(std::string_view value) {
  Text out = "E'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += c;
    out += c == '\r' ? Text("\\r") : Text(1, c);
  }
  return out + "'";
}

// U&"…", in which a backslash begins a number.
Text unicode_name(std::string_view quoted) {
  Text out = "U&";
  for (const char c : quoted) out += c == '\\' ? Text("\\\\") : c == '\r' ? Text("\\000D") : Text(1, c);
  return out;
}

Text respelled(std::string_view sql, const Token& token) {
  const std::string_view text = sql.substr(token.begin, token.end - token.begin);
  if (text.find('\r') == text.npos) return Text(text);
  const bool unicode = token.begin >= 2 && sql[token.begin - 1] == '&' && (sql[token.begin - 2] | 0x20) == 'u';
  if (token.kind == Token::Kind::comment) return with_line_ends(text);
  if (unicode) return replaced(text, "\\000D");
  if (token.kind == Token::Kind::quoted_name) return unicode_name(text);
  if (text.front() == 'e' || text.front() == 'E') return replaced(text, "\\r");
  return escape_string(value_of(text));
}
}  // namespace

Text without_carriage_returns(std::string_view sql) {
  if (sql.find('\r') == sql.npos) return Text(sql);
  Text out;
  std::size_t at = 0;
  Scanner scanner(sql);
  for (Token token = scanner.next(); token.kind != Token::Kind::end; token = scanner.next()) {
    out += with_line_ends(sql.substr(at, token.begin - at));
    out += respelled(sql, token);
    at = token.end;
  }
  return out + with_line_ends(sql.substr(at));
}

}  // namespace quoin::ast
