// A scanner of SQL's tokens, for text that libpg_query refuses, for comments, and for PL/pgSQL's declarations.
#pragma once
#include <string_view>

namespace quoin::ast::detail {

struct Token {
  enum class Kind { end, word, quoted_name, string, number, sign, comment };
  Kind kind = Kind::end;
  std::size_t begin = 0, end = 0;

  bool is_sign(std::string_view text, char sign) const { return kind == Kind::sign && text[begin] == sign; }
  /// True if the token is this word; `word` is in lower case, the text may have it in any case.
  bool is_word(std::string_view text, std::string_view word) const;
};

/// Tokens of any bytes: signs come one by one, strings, dollar quotes and comments whole (to the text's end where they
/// are not closed).
class Scanner {
 public:
  explicit Scanner(std::string_view text, std::size_t from = 0) : text_(text), at_(from) {}
  Token next();
  Token next_significant();  // no comment
  /// The next comment, semicolon or backslash outside of strings and quoted names: several times as fast as next().
  Token next_mark();
  std::size_t offset() const { return at_; }
  void move_to(std::size_t offset) { at_ = offset; }

 private:
  char peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool at_dollar_quote() const;
  bool in_word(std::size_t at) const;
  void skip_unmarked();
  void skip_line();
  void skip_block_comment();
  enum class Escapes { none, backslash };
  void skip_quoted(char quote, Escapes escapes);
  void skip_dollar_quote();
  Token::Kind skip_token();

  std::string_view text_;
  std::size_t at_;
};

}  // namespace quoin::ast::detail
