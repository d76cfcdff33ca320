// Passwords in statements that a program puts together: what follows the word is not the password, but how it is made.
#include <algorithm>
#include <set>

#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

std::size_t after_quotes(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == '\'') ++at;
  return at;
}

/// How many signs a quote has here: two in a string that stands in a string. `run` ends one, perhaps behind an escaped
/// one, which has as many again.
std::size_t level_of(std::size_t run) { return run % 3 == 0 ? run / 3 : run; }

bool goes_on(std::string_view text, std::size_t at) {
  at = after_blanks(text, at);
  return text.substr(std::min(at, text.size())).starts_with("||") || (at < text.size() && text[at] == ',');
}

std::size_t after_dollars(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && is_word(text[end])) ++end;
  return end < text.size() && text[end] == '$' ? end + 1 : at;
}

struct Tail {
  std::size_t begin;  // behind the literal that holds the word
  std::size_t level;  // signs that a quote has there
};

/// `'… PASSWORD ' || x`, also as `… PASSWORD ''' || x`; `at` is behind the word and its blanks.
std::optional<Tail> after_word(std::string_view text, std::size_t at) {
  const std::size_t quotes = after_quotes(text, at);
  const std::size_t end = quotes > at ? quotes : at < text.size() && text[at] == '$' ? after_dollars(text, at) : at;
  if (end == at || !goes_on(text, end)) return std::nullopt;
  if (!is_space(text[at - 1]) && text[after_blanks(text, end)] == ',') return std::nullopt;  // 'password' in a list
  return Tail{end, quotes > at ? level_of(quotes - at) : 1};
}

/// `format('… PASSWORD %L …', x)`: past the literal.
std::optional<Tail> after_format(std::string_view text, std::size_t at) {
  at = after_quotes(text, at);
  if (at < text.size() && text[at] == '"') ++at;
  if (at >= text.size() || text[at] != '%') return std::nullopt;
  constexpr std::string_view signs = "'$";
  constexpr std::size_t longest = 4096;  // that a format is
  text = text.substr(0, at + longest);
  for (at = text.find_first_of(signs, at); at < text.size(); at = text.find_first_of(signs, at)) {
    const std::size_t end = text[at] == '$' ? after_dollars(text, at) : after_quotes(text, at);
    if (end > at && goes_on(text, end)) return Tail{end, text[at] == '$' ? 1 : level_of(end - at)};
    at = std::max(end, at + 1);
  }
  return std::nullopt;
}

/// Where the expression ends that the tail goes on: at its statement's end, or that of the call it stands in.
std::size_t end_of(std::string_view text, const Tail& tail) {
  int depth = 0;
  bool inside = false;
  for (std::size_t at = tail.begin; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\'') {
      const std::size_t end = after_quotes(text, at);
      inside ^= (end - at) / tail.level % 2 == 1;
      at = end - 1;
    } else if (!inside && c == '$' && after_dollars(text, at) != at) {
      const auto content = literal(text, at);
      if (content) at = std::min(text.size(), content->end + content->begin - at) - 1;
    } else if (!inside && (c == ';' || (c == ')' && depth-- == 0))) {
      return at;
    } else if (!inside && c == '(') {
      ++depth;
    }
  }
  return text.size();
}

/// Whatever stands between quotes: a server may tell of it by itself.
void add_literals(std::string_view text, Range in, Ranges& found) {
  for (std::size_t at = text.find('\'', in.begin); at < in.end;) {
    const std::size_t begin = after_quotes(text, at);
    at = std::min(text.find('\'', begin), in.end);
    const bool is_code =
        begin < at && (is_space(text[begin]) || std::string_view("|,);").find(text[begin]) != std::string_view::npos);
    if (begin < at && !is_code) found.push_back({begin, at});
  }
}

/// `name text := 'x'`, `name CONSTANT text DEFAULT 'x'`, `name = 'x'`; `at` is behind the name.
std::optional<Range> initial_value(std::string_view text, std::string_view lowered, std::size_t at) {
  constexpr std::size_t longest = 120;
  const std::size_t limit = std::min(text.size(), at + longest);
  int depth = 0;
  for (at = after_blanks(text, at); at < limit; ++at) {
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    const std::string_view rest = lowered.substr(at);
    const std::size_t sign = rest.starts_with(":=")         ? 2
                             : rest.starts_with("=")        ? 1
                             : rest.starts_with("default ") ? 8
                                                            : 0;
    if (sign > 0) return literal(text, after_blanks(text, at + sign));
    const bool of_type =
        is_word(text[at]) || is_space(text[at]) || std::string_view("()[].,").find(text[at]) != std::string_view::npos;
    if (!of_type || depth < 0 || (text[at] == ',' && depth == 0)) return std::nullopt;
    for (const char* word : {"is ", "and ", "or ", "in ", "where ", "from ", "set "})
      if ((is_space(text[at - 1]) || text[at - 1] == ')') && rest.starts_with(word)) return std::nullopt;
  }
  return std::nullopt;
}

void find_values(std::string_view text, std::string_view lowered, std::string_view name, Ranges& found) {
  for (std::size_t at = lowered.find(name); at != lowered.npos; at = lowered.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at > 0 && is_word(lowered[at - 1])) || (end < text.size() && is_word(text[end]))) continue;
    if (const auto value = initial_value(text, lowered, end)) found.push_back(*value);
  }
}

/// The names in the tail that stand for a value.
void add_names(std::string_view lowered, Range in, List& names) {
  constexpr std::size_t most = 64;
  for (std::size_t at = in.begin; at < in.end && names.size() < most; ++at) {
    if (!is_word(lowered[at]) || is_digit(lowered[at])) continue;
    const std::size_t begin = at;
    while (at < in.end && is_word(lowered[at])) ++at;
    Text name(lowered.substr(begin, at - begin));
    if (after_blanks(lowered, at) < lowered.size() && lowered[after_blanks(lowered, at)] == '(') continue;
    if (std::ranges::count(names, name) == 0) names.push_back(std::move(name));
  }
}

/// What crypt(), pgp_sym_encrypt() and their like take: a password, or a key.
void find_encrypted(std::string_view text, std::string_view lowered, Ranges& found) {
  constexpr std::string_view call = "crypt(";
  std::size_t done = 0;
  for (std::size_t at = lowered.find(call); at != lowered.npos; at = lowered.find(call, at + 1)) {
    if (at < done) continue;
    const std::size_t begin = at + call.size(), quote = std::min(text.find('\'', begin), text.size());
    done = end_of(text, {begin, level_of(std::max<std::size_t>(after_quotes(text, quote) - quote, 1))});
    add_literals(text, {begin, done}, found);
  }
}

/// `replace('… PASSWORD ''@@''', '@@', 'x')`, also with the statement in a variable: what is put in the place of the
/// word where the password is to be.
void find_replacing(std::string_view text, std::string_view marker, Ranges& found) {
  for (std::size_t at = text.find(marker); at != text.npos; at = text.find(marker, at + 1)) {
    const std::size_t end = at + marker.size(), quotes = after_quotes(text, end);
    const bool is_quoted = at > 0 && (text[at - 1] == '\'' || text[at - 1] == '$');
    if (!is_quoted || (quotes == end && !text.substr(end).starts_with('$'))) continue;
    const std::size_t comma = after_blanks(text, quotes > end ? quotes : after_dollars(text, end));
    if (comma >= text.size() || text[comma] != ',') continue;
    if (const auto value = literal(text, after_blanks(text, comma + 1))) found.push_back(*value);
  }
}

/// The word behind PASSWORD, with or without quotes.
std::string_view marker_at(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 64;
  const std::size_t begin = after_quotes(text, at);
  std::size_t end = begin;
  while (end < text.size() && !is_space(text[end]) && std::string_view("';$").find(text[end]) == std::string_view::npos)
    ++end;
  return end - begin > longest ? std::string_view() : text.substr(begin, end - begin);
}

}  // namespace

void find_built(std::string_view text, const Ranges& words, Ranges& found) {
  const Text lowered = lower(text);
  find_encrypted(text, lowered, found);
  List names;
  std::set<Text, std::less<>> markers;
  std::size_t done = 0;
  for (const Range& secret : words) {
    const std::size_t end = secret.end;
    if (const auto value = initial_value(text, lowered, end)) found.push_back(*value);
    const std::size_t behind = after_blanks(text, end);
    constexpr std::size_t most = 16;
    const std::string_view marker = marker_at(text, behind);
    if (!marker.empty() && markers.size() < most && markers.emplace(marker).second) find_replacing(text, marker, found);
    auto tail = after_word(text, behind);
    if (!tail) tail = after_format(text, behind);
    if (!tail || tail->begin < done) continue;
    const Range rest{after_blanks(text, tail->begin), done = end_of(text, *tail)};
    if (rest.begin >= rest.end) continue;
    add_literals(text, rest, found);
    add_names(lowered, rest, names);
    const std::size_t sign = text.substr(rest.begin).starts_with("||") ? 2 : 1;
    found.push_back({after_blanks(text, rest.begin + sign), rest.end});
  }
  for (const Text& name : names) find_values(text, lowered, name, found);
}

}  // namespace quoin::secret
