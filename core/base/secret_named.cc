// What is called a password.
#include <algorithm>

#include "core/base/secret.h"
#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

constexpr std::size_t farthest = 4096;  // a statement is longer than that seldom, and a message never

/// Whether the statement around `at` is about a role, so that a bare word after PASSWORD is one without its quotes.
bool is_of_a_role(std::string_view lowered, std::size_t at) {
  std::string_view before = lowered.substr(0, at);
  before.remove_prefix(before.size() - std::min(before.size(), farthest));
  if (const std::size_t statement = before.rfind(';'); statement != before.npos) before.remove_prefix(statement);
  for (const char* statement : {"create role", "create user", "alter role", "alter user"})
    if (before.find(statement) != before.npos) return before.find("user mapping") == before.npos;
  return false;
}

std::optional<Range> bare_word(std::string_view text, std::string_view lowered, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && !is_space(text[end]) && text[end] != ';' && text[end] != '"') ++end;
  const std::string_view word = lowered.substr(at, end - at);
  if (word.empty() || word == "null" || !is_of_a_role(lowered, at)) return std::nullopt;
  return Range{at, end};
}

/// A literal goes on on another line.
Range with_continuations(std::string_view text, Range first) {
  for (std::size_t end = first.end; end < text.size() && text[end] == '\'';) {
    const std::size_t next = after_blanks(text, end + 1);
    const std::string_view between = text.substr(end, next - end);
    if (next >= text.size() || text[next] != '\'' || between.find('\n') == between.npos) break;
    first.end = end = literal(text, next)->end;
  }
  return first;
}

/// --db-password and the like, as in a command line.
bool is_option(std::string_view text, std::size_t begin) {
  while (begin > 0 && (is_word(text[begin - 1]) || text[begin - 1] == '-')) --begin;
  return text.substr(begin).starts_with("--");
}

std::optional<Range> value_of_option(std::string_view text, std::size_t end) {
  std::size_t at = end;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  if (at == end || at >= text.size() || text[at] == '-' || is_space(text[at])) return std::nullopt;
  return assigned(text, at);
}

/// The value in f('key', 'value') of functions that take settings; `at` stands behind the key.
std::optional<Range> value_of_setting(std::string_view text, std::string_view lowered, Range word, std::size_t at) {
  if (at >= text.size() || text[at] != ',') return std::nullopt;
  const std::string_view before = lowered.substr(word.begin - std::min(word.begin, farthest), word.begin);
  for (const char* function : {"set_config", "build_object", "json_object"})
    if (before.rfind(function) != before.npos) return literal(text, after_blanks(text, at + 1));
  return std::nullopt;
}

/// `Password: x` in a text for people: all of it behind the quote that begins the text, else what is no word.
std::optional<Range> value_in_prose(std::string_view text, Range word) {
  if (word.end + 1 >= text.size() || text[word.end] != ':' || (text[word.end + 1] != ' ' && text[word.end + 1] != '\t'))
    return std::nullopt;
  const auto ends = [&](std::size_t at) {
    return at >= text.size() || is_space(text[at]) ||
           std::string_view("'\",;<").find(text[at]) != std::string_view::npos;
  };
  const std::size_t begin = after_spaces(text, word.end + 1);
  std::size_t end = begin;
  while (!ends(end)) ++end;
  const bool is_all = word.begin > 0 && text[word.begin - 1] == '\'' && end < text.size() && text[end] == '\'';
  if (begin == end || (!is_all && !looks_secret(text.substr(begin, end - begin)))) return std::nullopt;
  return Range{begin, end};
}

/// What follows the word, if that makes it a password.
std::optional<Range> value_after(std::string_view text, std::string_view lowered, Range word) {
  const std::size_t end = word.end;
  const char before = word.begin == 0 ? ' ' : text[word.begin - 1];
  const bool quoted_key = end < text.size() && (before == '"' || before == '\'' || before == '.' || is_word(before)) &&
                          (text[end] == '"' || text[end] == '\'');
  const std::size_t after_key = end + (quoted_key ? 1 : 0);
  std::size_t at = after_blanks(text, after_key);
  const bool colon = at < text.size() && text[at] == ':' && quoted_key;
  const bool walrus = text.substr(at).starts_with(":=");
  if (at < text.size() && (text[at] == '=' || colon || walrus)) {
    const bool arrow = text.substr(at).starts_with("=>");
    return assigned(text, after_spaces(text, at + (walrus || arrow ? 2 : 1)));
  }
  if (quoted_key)
    if (const auto found = value_of_setting(text, lowered, word, at)) return found;
  if (is_option(text, word.begin)) return value_of_option(text, end);
  if (at == end && (at >= text.size() || text[at] != '\'')) return std::nullopt;
  if (lowered.substr(at).starts_with("to ")) at = after_blanks(text, at + 3);
  if (const auto found = literal(text, at)) return with_continuations(text, *found);
  if (lowered.substr(0, end).ends_with("identified by")) return assigned(text, at);
  if (!quoted_key && at < text.size() && text[at] == '"' && is_of_a_role(lowered, at)) return assigned(text, at);
  return quoted_key ? std::nullopt : bare_word(text, lowered, at);
}

int digit_of(char c) {
  if (is_digit(c)) return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// "passw%6frd" as "password", in small letters.
Text decoded(std::string_view key) {
  Text all;
  for (std::size_t at = 0; at < key.size(); ++at) {
    const bool coded =
        key[at] == '%' && at + 2 < key.size() && digit_of(key[at + 1]) >= 0 && digit_of(key[at + 2]) >= 0;
    all += coded ? static_cast<char>(digit_of(key[at + 1]) * 16 + digit_of(key[at + 2])) : key[at];
    if (coded) at += 2;
  }
  return lower(all);
}

/// Keys of a URL may be in percent form.
void find_encoded(std::string_view text, Ranges& found) {
  const auto is_of_key = [](char c) { return is_word(c) || c == '%' || c == '-' || c == '.'; };
  for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at)) {
    std::size_t begin = at;
    while (begin > 0 && is_of_key(text[begin - 1])) --begin;
    while (at < text.size() && is_of_key(text[at])) ++at;
    if (at < text.size() && text[at] == '=' && names_secret(decoded(text.substr(begin, at - begin))))
      found.push_back(assigned(text, at + 1));
  }
}

/// What a server keeps in place of a password can be tried out at leisure.
void find_verifiers(std::string_view text, Ranges& found) {
  constexpr std::string_view head = "SCRAM-SHA-256$";
  for (std::size_t at = text.find(head); at != text.npos; at = text.find(head, at)) {
    const std::size_t begin = at += head.size();
    while (at < text.size() &&
           (is_word(text[at]) || std::string_view("$:+/=").find(text[at]) != std::string_view::npos))
      ++at;
    found.push_back({begin, at});
  }
}

}  // namespace

void find_named(std::string_view text, const Ranges& words, Ranges& found) {
  const Text lowered = lower(text);
  for (const Range& name : words) {
    const std::size_t at = after_blanks(text, name.end);
    if (const auto value = value_in_prose(text, name)) found.push_back(*value);
    const bool is_password = names_password(std::string_view(lowered).substr(name.begin, name.end - name.begin));
    const bool is_assigned = at < text.size() && std::string_view("='\"$").find(text[at]) != std::string_view::npos;
    if (!is_password && !is_assigned && !text.substr(at).starts_with(":=") && !is_option(text, name.begin)) continue;
    if (const auto range = value_after(text, lowered, name)) found.push_back(*range);
  }
  constexpr std::string_view identified = "identified by";
  for (std::size_t at = lowered.find(identified); at != lowered.npos; at = lowered.find(identified, at + 1))
    if (const auto range = value_after(text, lowered, {at, at + identified.size()})) found.push_back(*range);
  find_encoded(text, found);
  find_verifiers(text, found);
}

}  // namespace quoin::secret
