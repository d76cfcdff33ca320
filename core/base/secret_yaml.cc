// Secrets behind the keys of YAML, as a mistake in it is shown with its line.
#include <algorithm>
#include <array>

#include "core/base/secret.h"
#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

constexpr std::array<std::string_view, 22> types{
    "text",  "varchar",   "character",   "char",     "citext", "bytea",   "uuid", "json",
    "jsonb", "integer",   "int",         "smallint", "bigint", "boolean", "bool", "date",
    "time",  "timestamp", "timestamptz", "numeric",  "name",   "null"};

/// A column may be called password: what follows then is a type.
bool is_type(std::string_view value) {
  std::size_t end = 0;
  while (end < value.size() && is_word(value[end])) ++end;
  const bool ends = end == value.size() || std::string_view(" \r\n([,}").find(value[end]) != std::string_view::npos;
  return ends && std::ranges::count(types, lower(value.substr(0, end))) > 0;
}

/// Whether a key may begin here: in front of it are only blanks, "- ", and what opens or goes on in a map in { }.
bool begins_key(std::string_view line) {
  while (!line.empty() && (line.back() == '"' || line.back() == '\'')) line.remove_suffix(1);
  const std::string_view before = trim(line);
  if (before.find_first_not_of("- \t") == before.npos) return true;
  return (before.ends_with('{') || before.ends_with(',') || before.ends_with('[')) &&
         before.find_first_of("{[") != before.npos;
}

std::size_t depth_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

/// Past all lines that lie deeper than the key's: a block, or a value that goes on.
std::size_t after_deeper(std::string_view text, std::size_t at, std::size_t depth) {
  for (;;) {
    const std::size_t line = text.find('\n', at);
    if (line == text.npos) return text.size();
    const std::string_view next = text.substr(line + 1, text.find('\n', line + 1) - line - 1);
    if (!trim(next).empty() && depth_of(next) <= depth) return line;
    at = line + 1;
  }
}

struct Key {
  std::string_view line;  // up to the key
  std::size_t value;      // behind the colon and blanks
};

Range value_of(std::string_view text, const Key& key) {
  const std::size_t begin = key.value, depth = depth_of(key.line);
  if (begin < text.size() && (text[begin] == '"' || text[begin] == '\'')) {
    const Range quoted = assigned(text, begin);
    return {begin + 1, std::max(quoted.end, begin + 1)};
  }
  if (begin < text.size() && text[begin] == '[')
    return {begin + 1, std::min(text.find_first_of("]\n", begin), text.size())};
  const bool in_flow = key.line.find_first_of("{[") != key.line.npos;
  if (!in_flow) return {begin, after_deeper(text, begin, depth)};
  return {begin, std::min(text.find_first_of(",}]\n", begin), text.size())};
}

/// Whether the value is a map or a list, whose own keys tell.
bool holds_others(std::string_view value) {
  if (value.empty() || value.front() == '{' || value.front() == '#') return true;
  const std::string_view line = trim(value.substr(0, value.find('\n')));
  return line.starts_with("- ") || line.ends_with(':') ||
         (line.find(": ") != line.npos && value.data()[0] != '"' && value.data()[0] != '\'');
}

}  // namespace

void find_yaml(std::string_view text, const Ranges& words, Ranges& found) {
  std::size_t line = 0, next_line = 0;  // of the name, and after it
  for (const Range& name : words) {
    while (next_line <= name.begin) {
      line = next_line;
      next_line = text.find('\n', line) == text.npos ? text.npos : text.find('\n', line) + 1;
    }
    std::size_t at = name.end;
    if (at < text.size() && (text[at] == '"' || text[at] == '\'')) ++at;
    const bool colon = at + 1 < text.size() && text[at] == ':' && is_space(text[at + 1]);
    const std::string_view before = text.substr(line, name.begin - line);
    if (!colon || !begins_key(before)) continue;
    const Range value = value_of(text, {before, after_spaces(text, at + 1)});
    const std::string_view shown = text.substr(value.begin, value.end - value.begin);
    if (!is_type(shown) && !holds_others(shown)) found.push_back(value);
  }
}

}  // namespace quoin::secret
