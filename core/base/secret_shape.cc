// Secrets by how they look, whatever they are called.
#include <algorithm>

#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

bool is_of_token(char c) { return is_word(c) || std::string_view("-._~+/=").find(c) != std::string_view::npos; }
std::size_t after_token(std::string_view text, std::size_t at) {
  while (at < text.size() && is_of_token(text[at])) ++at;
  return at;
}

/// Line by line, since a server may tell of one of them.
void find_private_keys(std::string_view text, Ranges& found) {
  constexpr std::string_view head = "-----BEGIN ", word = "PRIVATE KEY", dashes = "-----";
  for (std::size_t at = text.find(head); at != text.npos; at = text.find(head, at + 1)) {
    const std::size_t label = at + head.size(), begin = text.find(dashes, label);
    if (begin == text.npos || text.substr(label, begin - label).find(word) == text.npos) continue;
    const std::size_t end = std::min(text.find("-----END", begin + dashes.size()), text.size());
    for (std::size_t line = begin + dashes.size(); line < end;) {
      const std::size_t next = std::min(text.find('\n', line), end);
      if (next > line) found.push_back({line, next});
      line = next + 1;
    }
  }
}

/// `Bearer x`; behind a quote or colon any x, else what is no word.
void find_bearers(std::string_view text, std::string_view lowered, Ranges& found) {
  constexpr std::string_view word = "bearer ";
  for (std::size_t at = lowered.find(word); at != lowered.npos; at = lowered.find(word, at + 1)) {
    if (at > 0 && is_word(text[at - 1])) continue;
    const std::size_t begin = after_spaces(text, at + word.size()), end = after_token(text, begin);
    std::size_t before = at;
    while (before > 0 && text[before - 1] == ' ') --before;
    const bool is_all = before == 0 && end == text.size();
    const bool is_value =
        is_all || (before > 0 && std::string_view("'\":=").find(text[before - 1]) != std::string_view::npos);
    if (end > begin && (is_value || looks_secret(text.substr(begin, end - begin)))) found.push_back({begin, end});
  }
}

/// `Authorization: Basic x`, `"Authorization" 'x'`; not SQL's SET SESSION AUTHORIZATION.
void find_authorizations(std::string_view text, std::string_view lowered, Ranges& found) {
  constexpr std::string_view word = "authorization", signs = ":='\"";
  for (std::size_t at = lowered.find(word); at != lowered.npos; at = lowered.find(word, at + 1)) {
    std::size_t begin = at + word.size();
    if (begin >= text.size() || signs.find(text[begin]) == signs.npos) continue;
    while (begin < text.size() && (is_space(text[begin]) || signs.find(text[begin]) != signs.npos)) ++begin;
    std::size_t end = after_token(text, begin);
    if (end + 1 < text.size() && text[end] == ' ' && is_of_token(text[end + 1])) {
      begin = end + 1;
      end = after_token(text, begin);
    }
    if (looks_secret(text.substr(begin, end - begin))) found.push_back({begin, end});
  }
}

/// A signature in a URL or a connection string: `…&sig=x`.
void find_signatures(std::string_view text, std::string_view lowered, Ranges& found) {
  constexpr std::string_view key = "sig=", before = "?&;'\" (";
  for (std::size_t at = lowered.find(key); at != lowered.npos; at = lowered.find(key, at + 1)) {
    if (at > 0 && before.find(text[at - 1]) == before.npos) continue;
    const std::size_t begin = at + key.size();
    std::size_t end = begin;
    while (end < text.size() && (is_of_token(text[end]) || text[end] == '%')) ++end;
    if (end > begin) found.push_back({begin, end});
  }
}

/// What makers of tokens let them begin with.
void find_known(std::string_view text, Ranges& found) {
  constexpr std::string_view heads[] = {"ghp_",  "gho_",  "ghs_",     "github_pat_", "glpat-",   "xoxb-",
                                        "xoxp-", "xapp-", "sk_live_", "sk_test_",    "rk_live_", "AKIA",
                                        "ASIA",  "AIza",  "eyJ",      "npm_",        "SG.",      "whsec_"};
  constexpr std::size_t shortest = 16;
  for (const std::string_view head : heads)
    for (std::size_t at = text.find(head); at != text.npos; at = text.find(head, at + 1)) {
      if (at > 0 && is_word(text[at - 1])) continue;
      const std::size_t end = after_token(text, at);
      if (end - at >= head.size() + shortest && looks_secret(text.substr(at, end - at))) found.push_back({at, end});
    }
}

/// `curl -u user:x`
void find_user_options(std::string_view text, std::string_view lowered, Ranges& found) {
  if (lowered.find("curl") == lowered.npos && lowered.find("wget") == lowered.npos) return;
  for (const std::string_view option : {" -u ", " --user ", " -u", " --user="})
    for (std::size_t at = lowered.find(option); at != lowered.npos; at = lowered.find(option, at + 1)) {
      std::size_t begin = at + option.size(), end = begin;
      while (end < text.size() && !is_space(text[end]) && text[end] != '\'' && (end == begin || text[end] != '"'))
        ++end;
      begin = text.find(':', begin);
      if (begin < end && begin + 1 < end && text.substr(begin, 3) != "://") found.push_back({begin + 1, end});
    }
}

}  // namespace

bool looks_secret(std::string_view word) {
  constexpr std::size_t shortest = 6;
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (word.size() < shortest || !std::ranges::all_of(word, is_of_token)) return false;
  const bool has_letter = std::ranges::any_of(word, is_small) || std::ranges::any_of(word, is_capital);
  const bool is_mixed = std::ranges::any_of(word, is_small) && std::ranges::any_of(word.substr(1), is_capital);
  return has_letter && (is_mixed || std::ranges::any_of(word, is_digit));
}

void find_shapes(std::string_view text, Ranges& found) {
  const Text lowered = lower(text);
  find_private_keys(text, found);
  find_bearers(text, lowered, found);
  find_authorizations(text, lowered, found);
  find_signatures(text, lowered, found);
  find_known(text, found);
  find_user_options(text, lowered, found);
}

}  // namespace quoin::secret
