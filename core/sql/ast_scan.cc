#include "core/sql/ast_scan.h"

#include "core/sql/ast.h"

namespace quoin::ast {
namespace detail {
namespace {
enum Class : unsigned char { space = 1, digit = 2, starts = 4, continues = 8, marks = 16 };

constexpr std::array<unsigned char, 256> classes = [] {
  std::array<unsigned char, 256> all{};
  for (unsigned c = 0; c < all.size(); ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    const bool number = c >= '0' && c <= '9';
    if (c == ' ' || (c >= '\t' && c <= '\r')) all[c] |= space;
    if (number) all[c] |= digit;
    if (letter) all[c] |= starts;
    if (letter || number || c == '$') all[c] |= continues;
    if (std::string_view("'\"$-/;\\").find(static_cast<char>(c)) != std::string_view::npos) all[c] |= marks;
  }
  return all;
}();

// Every byte of every file comes by here several times.
inline bool is(Class one, char c) { return (classes[static_cast<unsigned char>(c)] & one) != 0; }
}  // namespace

bool Token::is_word(std::string_view text, std::string_view word) const {
  if (kind != Kind::word || end - begin != word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = text[begin + i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != word[i]) return false;
  }
  return true;
}

void Scanner::skip_line() {
  const char* const text = text_.data();
  std::size_t at = at_;
  while (at < text_.size() && text[at] != '\n' && text[at] != '\r') ++at;
  at_ = at;
}

void Scanner::skip_block_comment() {
  int depth = 0;
  while (at_ < text_.size()) {
    if (peek(0) == '/' && peek(1) == '*') {
      ++depth;
      at_ += 2;
    } else if (peek(0) == '*' && peek(1) == '/') {
      at_ += 2;
      if (--depth == 0) return;
    } else {
      ++at_;
    }
  }
}

void Scanner::skip_quoted(char quote, Escapes escapes) {
  for (++at_; at_ < text_.size(); ++at_) {
    if (escapes == Escapes::backslash && text_[at_] == '\\') {
      ++at_;
    } else if (text_[at_] == quote) {
      if (peek(1) != quote) break;
      ++at_;
    }
  }
  at_ = std::min(at_ + 1, text_.size());
}

bool Scanner::at_dollar_quote() const {
  if (peek(0) != '$') return false;
  std::size_t i = 1;
  if (is(starts, peek(1))) {
    while (is(starts, peek(i)) || is(digit, peek(i))) ++i;
  }
  return peek(i) == '$';
}

void Scanner::skip_dollar_quote() {
  std::string_view tag = text_.substr(at_, text_.find('$', at_ + 1) - at_ + 1);
  std::size_t close = text_.find(tag, at_ + tag.size());
  at_ = close == std::string_view::npos ? text_.size() : close + tag.size();
}

Token::Kind Scanner::skip_token() {
  char c = peek(0);
  if (is(starts, c)) {
    std::size_t begin = at_;
    const char* const text = text_.data();
    std::size_t at = at_ + 1;
    while (at < text_.size() && is(continues, text[at])) ++at;
    at_ = at;
    if (peek(0) != '\'') return Token::Kind::word;
    const bool prefix = at_ - begin == 1 && std::string_view("eEbBxXnN").find(c) != std::string_view::npos;
    if (!prefix) return Token::Kind::word;
    skip_quoted('\'', c == 'e' || c == 'E' ? Escapes::backslash : Escapes::none);
    return Token::Kind::string;
  }
  if (is(digit, c) || (c == '.' && is(digit, peek(1)))) {
    while (at_ < text_.size() && (is(continues, text_[at_]) || text_[at_] == '.')) ++at_;
    return Token::Kind::number;
  }
  if (c == '\'' || c == '"') {
    skip_quoted(c, Escapes::none);
    return c == '"' ? Token::Kind::quoted_name : Token::Kind::string;
  }
  if (at_dollar_quote()) {
    skip_dollar_quote();
    return Token::Kind::string;
  }
  ++at_;
  return Token::Kind::sign;
}

Token Scanner::next() {
  while (at_ < text_.size() && is(space, text_[at_])) ++at_;
  Token token{Token::Kind::end, at_, at_};
  if (at_ >= text_.size()) return token;
  if (text_[at_] == '-' && peek(1) == '-') {
    token.kind = Token::Kind::comment;
    skip_line();
  } else if (text_[at_] == '/' && peek(1) == '*') {
    token.kind = Token::Kind::comment;
    skip_block_comment();
  } else {
    token.kind = skip_token();
  }
  token.end = at_;
  return token;
}

Token Scanner::next_significant() {
  Token token = next();
  while (token.kind == Token::Kind::comment) token = next();
  return token;
}

bool Scanner::in_word(std::size_t at) const { return at > 0 && is(continues, text_[at - 1]); }

/// Past strings, names and all that is neither a mark nor begins one.
void Scanner::skip_unmarked() {
  for (;;) {
    const char* const text = text_.data();
    std::size_t at = at_;
    while (at < text_.size() && !is(marks, text[at])) ++at;
    at_ = at;
    const char c = peek(0);
    if (c == '\'') {
      const bool escapes = at_ > 0 && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E') && !in_word(at_ - 1);
      skip_quoted(c, escapes ? Escapes::backslash : Escapes::none);
    } else if (c == '"') {
      skip_quoted(c, Escapes::none);
    } else if (c == '$' && !in_word(at_) && at_dollar_quote()) {
      skip_dollar_quote();
    } else if (c == '$' || (c == '-' && peek(1) != '-') || (c == '/' && peek(1) != '*')) {
      ++at_;
    } else {
      return;
    }
  }
}

Token Scanner::next_mark() {
  skip_unmarked();
  return next();
}

}  // namespace detail

std::vector<Comment> comments(std::string_view sql) {
  std::vector<Comment> found;
  if (sql.find("--") == sql.npos && sql.find("/*") == sql.npos) return found;
  detail::Scanner scanner(sql);
  for (detail::Token t = scanner.next_mark(); t.kind != detail::Token::Kind::end; t = scanner.next_mark()) {
    if (t.kind == detail::Token::Kind::comment) found.push_back({t.begin, t.end});
  }
  return found;
}

}  // namespace quoin::ast
