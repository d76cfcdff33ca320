#include "parser/names/declared.h"

#include <algorithm>

#include "core/sql/ast_scan.h"
#include "parser/names/builtin_names.h"

namespace quoin {

namespace {
using ast::detail::Scanner;
using ast::detail::Token;

class Sections {
 public:
  explicit Sections(std::string_view body) : body_(body), scanner_(body) {}

  Declarations read() {
    for (Token token = next(); token.kind != Token::Kind::end; token = next())
      if (token.is_word(body_, "declare")) section();
    found_.body.append(body_.substr(copied_));
    return std::move(found_);
  }

 private:
  std::string_view body_;
  Scanner scanner_;
  Declarations found_;
  std::size_t copied_ = 0;  // bytes of the body that found_.body has

  Token next() { return scanner_.next_significant(); }

  void section() {
    for (Token name = next(); name.kind != Token::Kind::end && !name.is_word(body_, "begin"); name = next())
      if (!name.is_word(body_, "declare")) declaration();
  }

  // What follows a variable's name, up to its semicolon.
  void declaration() {
    Token token = next();
    if (token.is_word(body_, "constant")) token = next();
    const bool typed = !token.is_word(body_, "alias") && !token.is_word(body_, "cursor") &&
                       !token.is_word(body_, "no") && !token.is_word(body_, "scroll");
    const std::size_t begin = token.begin;
    std::size_t end = begin;
    for (; !ends_type(token); token = next()) end = token.end;
    if (typed && end > begin) type(begin, end);
    while (token.kind != Token::Kind::end && !token.is_sign(body_, ';')) token = next();
  }
  bool ends_type(const Token& token) const {
    return token.kind == Token::Kind::end || token.is_sign(body_, ';') || token.is_sign(body_, ':') ||
           token.is_sign(body_, '=') || token.is_word(body_, "collate") || token.is_word(body_, "not") ||
           token.is_word(body_, "default");
  }

  void type(std::size_t begin, std::size_t end) {
    const std::string_view text = body_.substr(begin, end - begin);
    const std::size_t percent = text.find('%');
    const Text name(trim(text.substr(0, percent)));
    if (percent == std::string_view::npos) {
      found_.types.push_back(name);
    } else if (lower(text.substr(percent)).find("rowtype") != Text::npos) {
      found_.relations.push_back(name);
    } else if (name.find('.') != Text::npos) {
      found_.columns.push_back(name);
    } else {
      return;  // another variable's
    }
    if (percent == std::string_view::npos && is_builtin(name)) return;
    found_.body.append(body_.substr(copied_, begin - copied_));
    found_.body += "record";
    copied_ = end;
  }

  static bool is_builtin(std::string_view type) {
    static constexpr std::string_view words[] = {"integer", "int", "bigint",    "smallint", "boolean",  "double",
                                                 "real",    "dec", "character", "char",     "decimal",  "float",
                                                 "nchar",   "bit", "national",  "time",     "timestamp"};
    const Text word = lower(type.substr(0, std::min(type.find_first_of("([ \n\t."), type.size())));
    const bool qualified = word.size() < type.size() && type[word.size()] == '.';
    return !qualified && (builtin::has(builtin::What::type, word) || std::ranges::count(words, word) > 0);
  }
};
}  // namespace

Declarations declarations(std::string_view body) { return Sections(body).read(); }

}  // namespace quoin
