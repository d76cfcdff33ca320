// What a call of a routine that is named like a secret is given, and rows whose columns are: create_secret('x'),
// INSERT INTO t (password) VALUES ('x').
#include <algorithm>

#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

constexpr std::size_t longest = 4096;  // that a list of columns is
constexpr std::size_t farthest = 256;  // that a name, or what stands between two words, is

std::size_t before_blanks(std::string_view text, std::size_t at) {
  for (std::size_t i = 0; i < farthest && at > 0 && is_space(text[at - 1]); ++i) --at;
  return at;
}

std::string_view word_before(std::string_view lowered, std::size_t at) {
  const std::size_t end = before_blanks(lowered, at);
  std::size_t begin = end;
  while (begin > 0 && end - begin < farthest && is_word(lowered[begin - 1])) --begin;
  return lowered.substr(begin, end - begin);
}

/// Where a name with what stands before its dots begins.
std::size_t begin_of_name(std::string_view text, std::size_t at) {
  const auto is_of_name = [](char c) { return is_word(c) || c == '.' || c == '"'; };
  for (std::size_t i = 0; i < farthest && at > 0 && is_of_name(text[at - 1]); ++i) --at;
  return at;
}

/// A list in parentheses behind it is one of columns, not of what a call is given.
bool names_a_relation(std::string_view lowered, std::size_t name) {
  constexpr std::string_view words[] = {"table", "into",       "on",       "view",      "exists", "only",
                                        "index", "references", "function", "procedure", "as",     "type"};
  return std::ranges::count(words, word_before(lowered, begin_of_name(lowered, name))) > 0;
}

/// The literals up to the parenthesis that closes the one at `at`, or up to the end of the statement.
std::size_t find_literals(std::string_view text, std::size_t at, Ranges& found) {
  for (int depth = 0; at < text.size() && text[at] != ';'; ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at + 1;
    if (const auto value = text[at] == '\'' ? literal(text, at) : std::nullopt) {
      found.push_back(*value);
      at = std::max(at, value->end);
    }
  }
  return at;
}

/// The column list that the name stands in ends here, and rows follow; npos: it stands in none.
std::size_t begin_of_rows(std::string_view lowered, Range name) {
  const std::size_t from = name.begin - std::min(name.begin, longest);
  const std::size_t open = lowered.substr(from, name.begin - from).rfind('(');
  if (open == lowered.npos) return open;
  if (word_before(lowered, begin_of_name(lowered, before_blanks(lowered, from + open))) != "into") return lowered.npos;
  const std::size_t close = lowered.substr(name.end, longest).find(')');
  if (close == lowered.npos) return close;
  const std::size_t next = after_blanks(lowered, name.end + close + 1);
  for (const std::string_view word : {"values", "overriding"})
    if (lowered.substr(std::min(next, lowered.size())).starts_with(word)) return next;
  return lowered.npos;
}

}  // namespace

void find_calls(std::string_view text, const Ranges& words, Ranges& found) {
  const Text lowered = lower(text);
  std::size_t done = 0;
  for (const Range& name : words) {
    if (name.begin < done) continue;
    if (const std::size_t rows = begin_of_rows(lowered, name); rows != lowered.npos) {
      const std::size_t end = std::min(lowered.find(';', rows), lowered.size());
      for (std::size_t at = rows; at < end;) {
        at = std::min(lowered.find('(', at), end);
        if (at < end) at = find_literals(text, at, found);
      }
      done = end;
      continue;
    }
    std::size_t open = name.end;
    if (open < text.size() && text[open] == '"') ++open;
    open = after_spaces(text, open);
    if (open < text.size() && text[open] == '(' && !names_a_relation(lowered, name.begin))
      done = find_literals(text, open, found);
  }
}

}  // namespace quoin::secret
