// Literals of SQL and values of keys, as they stand in texts that may be cut short.
#include <algorithm>

#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

/// Past the closing sign of the literal whose content begins at `at`; a literal without one was cut short.
Range quoted(std::string_view text, std::size_t at, char sign, bool with_backslash) {
  const std::size_t begin = at;
  for (; at < text.size(); ++at) {
    if (with_backslash && text[at] == '\\') {
      ++at;
    } else if (text[at] == sign) {
      if (at + 1 >= text.size() || text[at + 1] != sign) break;
      ++at;
    }
  }
  return {begin, std::min(at, text.size())};
}

/// In a string that itself stands in a string, quotes are doubled.
std::optional<Range> doubly_quoted(std::string_view text, std::size_t at) {
  const std::size_t begin = text.find_first_not_of('\'', at);
  if (begin == text.npos || begin - at < 2 || is_space(text[begin]) ||
      std::string_view(";,)").find(text[begin]) != text.npos)
    return std::nullopt;
  return Range{begin, std::min(text.find(Text(begin - at, '\''), begin), text.size())};
}

std::optional<Range> dollar_quoted(std::string_view text, std::size_t at) {
  std::size_t tag = at + 1;
  while (tag < text.size() && is_word(text[tag])) ++tag;
  if (tag >= text.size() || text[tag] != '$' || (tag > at + 1 && is_digit(text[at + 1]))) return std::nullopt;
  const std::string_view sign = text.substr(at, tag + 1 - at);
  return Range{tag + 1, std::min(text.find(sign, tag + 1), text.size())};
}

}  // namespace

std::optional<Range> literal(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with('$')) return dollar_quoted(text, at);
  std::size_t quote = at;
  if (rest.size() > 1 && std::string_view("eEnN").find(rest[0]) != rest.npos && rest[1] == '\'') quote = at + 1;
  if (rest.starts_with("U&'") || rest.starts_with("u&'")) quote = at + 2;
  if (quote >= text.size() || text[quote] != '\'') return std::nullopt;
  if (const auto inner = doubly_quoted(text, quote)) return inner;
  return quoted(text, quote + 1, '\'', quote == at + 1);
}

Range assigned(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '\'' && !doubly_quoted(text, at)) return quoted(text, at + 1, '\'', true);
  if (const auto found = literal(text, at)) return *found;
  if (at < text.size() && text[at] == '"') return quoted(text, at + 1, '"', true);
  const std::size_t begin = at;
  const auto ends_a_text = [&](std::size_t quote) {
    return quote + 1 >= text.size() || is_space(text[quote + 1]) ||
           std::string_view(";,)").find(text[quote + 1]) != text.npos;
  };
  for (; at < text.size() && !is_space(text[at]) && text[at] != '&'; ++at) {
    if ((text[at] == '\'' || text[at] == '"') && ends_a_text(at)) break;
    if (text[at] == '\\') ++at;
  }
  return {begin, std::min(at, text.size())};
}

std::size_t after_blanks(std::string_view text, std::size_t at) {
  for (;;) {
    at = after_spaces(text, at);
    const std::string_view rest = text.substr(std::min(at, text.size()));
    const std::string_view sign = rest.starts_with("--") ? "\n" : rest.starts_with("/*") ? "*/" : "";
    if (sign.empty()) return at;
    at = std::min(text.size(), std::min(text.find(sign, at + 2), text.size()) + sign.size());
  }
}

}  // namespace quoin::secret
