// Settings of a role, a database, a routine or a session that are named as secrets are: SET app.jwt_secret TO 'x'.
#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

/// Whether the word before the name, with what stands before its dots, is SET or what may follow it.
bool is_set(std::string_view lowered, std::size_t name) {
  const auto is_of_name = [](char c) { return is_word(c) || c == '.' || c == '"'; };
  while (name > 0 && is_of_name(lowered[name - 1])) --name;
  while (name > 0 && is_space(lowered[name - 1])) --name;
  const std::string_view before = lowered.substr(0, name);
  for (const char* word : {"set", "local", "session"}) {
    const std::size_t size = std::string_view(word).size();
    if (before.ends_with(word) && (before.size() == size || !is_word(before[before.size() - size - 1]))) return true;
  }
  return false;
}

/// Past the sign; npos: none follows.
std::size_t after_sign(std::string_view lowered, std::size_t at) {
  if (at < lowered.size() && lowered[at] == '"') ++at;
  at = after_blanks(lowered, at);
  if (at < lowered.size() && lowered[at] == '=') return after_blanks(lowered, at + 1);
  const bool has_word = lowered.substr(at).starts_with("to") && at + 2 < lowered.size() && !is_word(lowered[at + 2]);
  return has_word ? after_blanks(lowered, at + 2) : lowered.npos;
}

Range value_at(std::string_view text, std::size_t at) {
  if (const auto value = literal(text, at)) return *value;
  if (at < text.size() && text[at] == '"') return assigned(text, at);
  std::size_t end = at;
  while (end < text.size() && (is_word(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
  return {at, end};
}

/// True behind psql's \setenv or \set, up to `at`.
bool is_set_by_psql(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return text.substr(0, at).ends_with("\\setenv") || text.substr(0, at).ends_with("\\set");
}

}  // namespace

void find_settings(std::string_view text, const Ranges& words, Ranges& found) {
  constexpr int most = 100;  // values of one list
  const Text lowered = lower(text);
  for (const Range& name : words) {
    if (is_set_by_psql(text, name.begin)) {
      const std::size_t begin = after_spaces(text, name.end);
      found.push_back({begin, std::min(text.find_first_of("\r\n", begin), text.size())});
    }
    if (!is_set(lowered, name.begin)) continue;
    std::size_t at = after_sign(lowered, name.end);
    for (int i = 0; i < most && at < text.size(); ++i) {
      const Range value = value_at(text, at);
      if (value.begin == value.end || lowered.substr(value.begin, value.end - value.begin) == "default") break;
      found.push_back(value);
      const std::size_t quote = value.end + (value.begin > at ? 1 : 0);
      const std::size_t comma = after_blanks(text, std::min(quote, text.size()));
      if (comma >= text.size() || text[comma] != ',') break;
      at = after_blanks(text, comma + 1);
    }
  }
}

}  // namespace quoin::secret
