#include "core/sql/psql.h"

#include <algorithm>

#include "core/sql/ast_scan.h"

namespace quoin::psql {
namespace {

using ast::detail::Scanner;
using ast::detail::Token;
using Kind = Token::Kind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// `${name}` from byte `at` on, in one line.
std::optional<Variable> braced(std::string_view text, std::size_t at, std::string_view open, std::string_view close) {
  if (!text.substr(std::min(at, text.size())).starts_with(open)) return {};
  const std::size_t end = text.find_first_of("{}\n", at + open.size());
  if (end == text.npos || !text.substr(end).starts_with(close)) return {};
  return Variable{at, end + close.size()};
}

/// Follows a script's signs: brackets hold the colons of array slices, two colons are a cast.
class Search {
 public:
  Search(std::string_view sql, Where where) : sql_(sql), where_(where), scanner_(sql) {}

  std::optional<Variable> first() {
    for (Token t = scanner_.next(); t.kind != Kind::end; t = scanner_.next()) {
      if (auto found = of(t)) return found;
    }
    return {};
  }

 private:
  std::string_view sql_;
  Where where_;
  Scanner scanner_;
  int brackets_ = 0;
  bool after_colon_ = false;

  std::optional<Variable> of(const Token& t) {
    if (t.kind == Kind::comment) return {};
    const bool after_colon = std::exchange(after_colon_, false);
    if (t.kind == Kind::string && where_ == Where::outside_of_strings) return {};
    if (t.kind == Kind::string || t.kind == Kind::quoted_name) return within(t);
    if (t.is_sign(sql_, '{'))
      if (auto found = braced(sql_, t.begin, "{{", "}}")) return found;
    // A name may run into it, as in app_${name}.
    if (sql_[t.end - 1] == '$')
      if (auto found = braced(sql_, t.end - 1, "${", "}")) return found;
    if (t.is_sign(sql_, '[')) ++brackets_;
    if (t.is_sign(sql_, ']')) --brackets_;
    return t.is_sign(sql_, ':') ? colon(t.begin, after_colon) : std::nullopt;
  }

  std::optional<Variable> within(const Token& t) const {
    const std::string_view text = sql_.substr(t.begin, t.end - t.begin);
    for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at + 1))
      if (auto found = braced(text, at, "${", "}"); found && found->end > at + 3)
        return Variable{t.begin + found->begin, t.begin + found->end};
    return {};
  }

  std::optional<Variable> colon(std::size_t at, bool after_colon) {
    const char next = at + 1 < sql_.size() ? sql_[at + 1] : ' ';
    after_colon_ = next == ':';
    if (after_colon || brackets_ > 0) return {};
    std::size_t end = at + 1;
    if (starts_name(next)) {
      while (end < sql_.size() && (starts_name(sql_[end]) || is_digit(sql_[end]))) ++end;
      return Variable{at, end};
    }
    if (next != '\'' && next != '"') return {};
    end = sql_.find(next, at + 2);
    return end == sql_.npos ? std::nullopt : std::optional(Variable{at, end + 1});
  }
};

}  // namespace

Text without_restrict(Text sql) {
  // Rows of COPY may lie between them, so lines decide and not tokens.
  for (const std::string_view word : {"\\restrict ", "\\unrestrict "}) {
    for (std::size_t at = sql.find(word); at != Text::npos; at = sql.find(word, at + 1)) {
      if (at > 0 && sql[at - 1] != '\n') continue;
      const std::size_t end = std::min(sql.find('\n', at), sql.size());
      const std::string_view key = trim(std::string_view(sql).substr(at + word.size(), end - at - word.size()));
      const bool is_key =
          !key.empty() && std::ranges::all_of(key, [](char c) { return starts_name(c) || is_digit(c); });
      if (is_key) sql.replace(at, end - at, end - at, ' ');
    }
  }
  return sql;
}

namespace {
/// False: no token of it can be, or hold, a variable. Most texts have no sign of one.
bool may_hold_variable(std::string_view sql) {
  if (sql.find("${") != sql.npos || sql.find("{{") != sql.npos) return true;
  for (std::size_t at = sql.find(':'); at != sql.npos; at = sql.find(':', at + 1)) {
    const char next = at + 1 < sql.size() ? sql[at + 1] : ' ';
    const bool begins_one = starts_name(next) || next == '\'' || next == '"';
    if (begins_one && (at == 0 || sql[at - 1] != ':')) return true;
  }
  return false;
}
}  // namespace

std::optional<Variable> first_variable(std::string_view sql, Where where) {
  return may_hold_variable(sql) ? Search(sql, where).first() : std::nullopt;
}

bool may_hold_transaction(std::string_view sql) {
  static constexpr std::string_view words[] = {"begin", "start", "commit", "end", "abort", "rollback", "prepare"};
  Scanner scanner(sql);
  for (;;) {
    Token t = scanner.next_significant();
    if (std::ranges::any_of(words, [&](std::string_view word) { return t.is_word(sql, word); })) return true;
    while (t.kind != Kind::end && !t.is_sign(sql, ';')) t = scanner.next_mark();
    if (t.kind == Kind::end) return false;
  }
}

}  // namespace quoin::psql
