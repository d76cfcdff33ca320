#include "base/secret.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

namespace quoin {
namespace {

struct Range {
  std::size_t begin, end;
  auto operator<=>(const Range&) const = default;
};
using Ranges = std::vector<Range>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_word(char c) {
  return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::size_t after_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

struct InUse {
  std::mutex mutex;
  std::set<Text, std::less<>> secrets;
};
InUse& in_use() {
  static InUse all;
  return all;
}

/// No word, and no chance match, either.
bool is_distinctive(std::string_view secret) {
  constexpr std::size_t short_of_chance = 4;
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  return secret.size() >= short_of_chance && !std::all_of(secret.begin(), secret.end(), is_small);
}

void find_text(std::string_view text, std::string_view secret, Ranges& found) {
  for (std::size_t at = text.find(secret); at != text.npos; at = text.find(secret, at + 1)) {
    found.push_back({at, at + secret.size()});
  }
}

// ---- URLs ----

/// A "?" that a key and "=" follow.
std::size_t begin_of_query(std::string_view url) {
  for (std::size_t at = url.find('?'); at != url.npos; at = url.find('?', at + 1)) {
    std::size_t end = at + 1;
    while (end < url.size() && is_word(url[end])) ++end;
    if (end > at + 1 && end < url.size() && url[end] == '=') return at;
  }
  return url.size();
}

/// Where a URL's user and password end, as it is meant: a bare "@", "/" or "?" in the password is a slip of many. npos:
/// it has neither.
std::size_t end_of_credentials(std::string_view url) {
  const std::size_t query = begin_of_query(url);
  const std::size_t at = url.substr(0, query).rfind('@');
  if (at != url.npos) return at;
  const std::size_t colon = url.find(':'), last = url.rfind('@');
  if (last == url.npos || colon >= query) return url.npos;
  const std::string_view port = url.substr(colon + 1, std::min(url.find_first_of("/?"), url.size()) - colon - 1);
  return std::all_of(port.begin(), port.end(), is_digit) ? url.npos : last;
}

/// What stands behind the colon of a URL's user; `url` begins behind its "://".
std::string_view password_of_user(std::string_view url) {
  const std::size_t end = end_of_credentials(url), colon = url.find(':');
  if (end != url.npos) return colon < end ? url.substr(colon + 1, end - colon - 1) : std::string_view();
  if (url.starts_with('[')) return {};  // an address with colons of its own
  const std::string_view authority = url.substr(0, std::min(url.find_first_of("/?"), url.size()));
  if (authority.find(':') == url.npos || authority.find(',') != url.npos) return {};
  const std::string_view port = authority.substr(authority.find(':') + 1);
  const bool numeric =
      std::all_of(port.begin(), port.end(), [](char c) { return is_digit(c) || c == ':' || c == '.'; });
  return numeric ? std::string_view() : port;  // user:password, and the rest forgotten
}

void find_urls(std::string_view text, Ranges& found) {
  for (std::size_t sign = text.find("://"); sign != text.npos; sign = text.find("://", sign + 3)) {
    if (sign == 0 || !is_word(text[sign - 1])) continue;
    const std::size_t begin = sign + 3;
    std::size_t end = begin;
    while (end < text.size() && !is_space(text[end]) && text[end] != '"' && text[end] != '\'') ++end;
    const std::string_view secret = password_of_user(text.substr(begin, end - begin));
    if (secret.empty()) continue;
    const auto at = static_cast<std::size_t>(secret.data() - text.data());
    found.push_back({at, at + secret.size()});
  }
}

// ---- What is called a password ----

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

/// The content of an SQL literal that begins here.
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

/// What is assigned: a literal, a text in double quotes, or all up to a blank, as in a key=value string.
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

/// Whether the statement around `at` is about a role, so that a bare word after PASSWORD is one without its quotes.
bool is_of_a_role(std::string_view lowered, std::size_t at) {
  const std::size_t statement = lowered.substr(0, at).rfind(';');
  const std::string_view before = lowered.substr(statement == lowered.npos ? 0 : statement, at);
  for (const char* words : {"create role", "create user", "alter role", "alter user"})
    if (before.find(words) != before.npos) return before.find("user mapping") == before.npos;
  return false;
}

std::optional<Range> bare_word(std::string_view text, std::string_view lowered, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && !is_space(text[end]) && text[end] != ';' && text[end] != '"') ++end;
  const std::string_view word = lowered.substr(at, end - at);
  if (word.empty() || word == "null" || !is_of_a_role(lowered, at)) return std::nullopt;
  return Range{at, end};
}

/// Past white space and SQL comments.
std::size_t after_blanks(std::string_view text, std::size_t at) {
  for (;;) {
    at = after_spaces(text, at);
    const std::string_view rest = text.substr(std::min(at, text.size()));
    const std::string_view sign = rest.starts_with("--") ? "\n" : rest.starts_with("/*") ? "*/" : "";
    if (sign.empty()) return at;
    at = std::min(text.size(), std::min(text.find(sign, at + 2), text.size()) + sign.size());
  }
}

/// A literal goes on on another line.
Range with_continuations(std::string_view text, Range first) {
  for (std::size_t end = first.end; end < text.size() && text[end] == '\'';) {
    const std::size_t next = after_blanks(text, end + 1);
    const std::string_view between = text.substr(end, next - end);
    if (next >= text.size() || text[next] != '\'' || between.find('\n') == between.npos) break;
    first.end = end = quoted(text, next + 1, '\'', true).end;
  }
  return first;
}

/// What follows the word in [begin, end), if that makes it a password.
std::optional<Range> value_after(std::string_view text, std::string_view lowered, Range word) {
  const std::size_t end = word.end;
  const char before = word.begin == 0 ? ' ' : text[word.begin - 1];
  const bool quoted_key = end < text.size() && (before == '"' || before == '\'') && text[end] == before;
  std::size_t at = after_blanks(text, end + (quoted_key ? 1 : 0));
  const bool colon = at < text.size() && text[at] == ':' && quoted_key;
  const bool walrus = text.substr(at).starts_with(":=");
  if (at < text.size() && (text[at] == '=' || colon || walrus)) {
    const bool arrow = text.substr(at).starts_with("=>");
    return assigned(text, after_spaces(text, at + (walrus || arrow ? 2 : 1)));
  }
  if (at == end && (at >= text.size() || text[at] != '\'')) return std::nullopt;
  if (lowered.substr(at).starts_with("to ")) at = after_blanks(text, at + 3);
  if (const auto found = literal(text, at)) return with_continuations(text, *found);
  if (lowered.substr(0, end).ends_with("identified by")) return assigned(text, at);
  return quoted_key ? std::nullopt : bare_word(text, lowered, at);
}

void find_named(std::string_view text, Ranges& found) {
  const Text lowered = lower(text);
  for (const std::string_view name : {"password", "passwd", "pwd", "passphrase", "identified by"}) {
    for (std::size_t at = lowered.find(name); at != lowered.npos; at = lowered.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      if (end < text.size() && is_word(text[end])) continue;
      if (const auto value = value_after(text, lowered, {at, end})) found.push_back(*value);
    }
  }
}

Text covered(std::string_view text, Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end());
  Text all;
  std::size_t done = 0;
  for (std::size_t i = 0; i < ranges.size();) {
    Range range = ranges[i++];
    while (i < ranges.size() && ranges[i].begin <= range.end) range.end = std::max(range.end, ranges[i++].end);
    if (range.begin == range.end || text.substr(range.begin, range.end - range.begin) == hidden) continue;
    all += text.substr(done, range.begin - done);
    all += hidden;
    done = range.end;
  }
  return all + Text(text.substr(done));
}

Ranges ranges_of(std::string_view text) {
  Ranges found;
  find_urls(text, found);
  find_named(text, found);
  const std::lock_guard lock(in_use().mutex);
  for (const Text& secret : in_use().secrets) find_text(text, secret, found);
  return found;
}

}  // namespace

void remember_secret(std::string_view secret, std::span<const Text> names) {
  if (!is_distinctive(secret) || std::find(names.begin(), names.end(), secret) != names.end()) return;
  const std::lock_guard lock(in_use().mutex);
  in_use().secrets.emplace(secret);
}

std::string_view password_in_url(std::string_view url) {
  const std::size_t sign = url.find("://");
  return sign == url.npos ? std::string_view() : password_of_user(url.substr(sign + 3));
}

void blank_secrets(std::span<char> text) {
  for (const Range& range : ranges_of({text.data(), text.size()}))
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(range.begin),
              text.begin() + static_cast<std::ptrdiff_t>(range.end), '*');
}

Text masked(std::string_view text) {
  Ranges found = ranges_of(text);
  return found.empty() ? Text(text) : covered(text, found);
}

Text masked(std::string_view text, std::string_view statement) {
  Ranges found = ranges_of(text), named;
  find_urls(statement, named);
  find_named(statement, named);
  for (const Range& range : named) {
    const std::string_view secret = statement.substr(range.begin, range.end - range.begin);
    if (is_distinctive(secret)) find_text(text, secret, found);
    if (secret.empty()) continue;
    Ranges with_quotes;
    find_text(text, concat("\"", secret, "\""), with_quotes);
    for (const Range& quoted_word : with_quotes) found.push_back({quoted_word.begin + 1, quoted_word.end - 1});
  }
  return found.empty() ? Text(text) : covered(text, found);
}

}  // namespace quoin
