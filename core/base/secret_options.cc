// Secrets among the options of SQL: OPTIONS (token 'x', ADD "private-key" 'y', SET U&"p\\0061ss" 'z').
#include "core/base/secret.h"
#include "core/base/secret_find.h"

namespace quoin::secret {
namespace {

struct Name {
  Text text;
  std::size_t end;  // behind it
};

bool is_plain(std::string_view text, std::size_t at) { return at < text.size() && is_word(text[at]); }

/// `at` stands behind the opening quote.
Name quoted_name(std::string_view text, std::size_t at) {
  Name name{{}, at};
  for (; name.end < text.size(); ++name.end) {
    if (text[name.end] == '"' && (name.end + 1 >= text.size() || text[++name.end] != '"')) break;
    name.text += text[name.end];
  }
  return name;
}

/// The names of secrets are of ASCII; of another character it is enough that it is none.
Text unescaped(std::string_view text, char escape) {
  constexpr std::string_view digits = "0123456789abcdef";
  Text all;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t plus = text.substr(at + 1).starts_with('+') ? 1U : 0U, length = plus > 0 ? 6 : 4;
    const Text code = lower(text.substr(std::min(at + 1 + plus, text.size())).substr(0, length));
    if (text[at] != escape || code.size() < length || code.find_first_not_of(digits) != Text::npos) {
      all += text[at];
      continue;
    }
    unsigned long character = 0;
    for (const char digit : code) character = character * 16 + digits.find(digit);
    all += character < 128 ? static_cast<char>(character) : '?';
    at += plus + length;
  }
  return all;
}

/// U&"…", with its UESCAPE.
Name escaped_name(std::string_view text, std::size_t at) {
  Name name = quoted_name(text, at);
  const std::size_t word = after_blanks(text, name.end);
  char escape = '\\';
  if (lower(text.substr(word, 7)) == "uescape")
    if (const auto given = literal(text, after_blanks(text, word + 7)); given && given->end == given->begin + 1) {
      escape = text[given->begin];
      name.end = given->end + 1;
    }
  name.text = unescaped(name.text, escape);
  return name;
}

Name name_at(std::string_view text, std::size_t at) {
  if (lower(text.substr(at, 3)) == "u&\"") return escaped_name(text, at + 3);
  if (at < text.size() && text[at] == '"') return quoted_name(text, at + 1);
  std::size_t end = at;
  while (is_plain(text, end)) ++end;
  return {Text(text.substr(at, end - at)), end};
}

std::optional<std::size_t> after_item(std::string_view text, std::size_t at, Ranges& found) {
  Name name = name_at(text, at);
  for (const char* action : {"add", "set", "drop"}) {
    const std::size_t next = after_blanks(text, name.end);
    if (lower(name.text) == action && next < text.size() && (is_plain(text, next) || text[next] == '"')) {
      name = name_at(text, next);
      break;
    }
  }
  const std::size_t begin = after_blanks(text, name.end);
  const auto value = begin < text.size() ? literal(text, begin) : std::nullopt;
  if (value && names_secret_option(name.text)) found.push_back(*value);
  const std::size_t comma = text.find_first_of(",);", value ? value->end : begin);
  if (comma == text.npos || text[comma] != ',') return std::nullopt;
  return after_blanks(text, comma + 1);
}

/// A name in that spelling may stand anywhere, the word OPTIONS having been cut off.
void find_escaped(std::string_view text, Ranges& found) {
  for (std::size_t at = text.find("&\""); at != text.npos; at = text.find("&\"", at + 1)) {
    if (at == 0 || (text[at - 1] | 0x20) != 'u') continue;
    const Name name = escaped_name(text, at + 2);
    const std::size_t begin = after_blanks(text, name.end);
    if (begin >= text.size() || !names_secret_option(name.text)) continue;
    if (const auto value = literal(text, begin)) found.push_back(*value);
  }
}

}  // namespace

void find_options(std::string_view text, Ranges& found) {
  constexpr std::string_view word = "options";
  constexpr int most = 1000;  // options of one list
  const Text lowered = lower(text);
  for (std::size_t at = lowered.find(word); at != lowered.npos; at = lowered.find(word, at + 1)) {
    const std::size_t open = after_blanks(text, at + word.size());
    if (open >= text.size() || text[open] != '(') continue;
    std::optional<std::size_t> item = after_blanks(text, open + 1);
    for (int i = 0; i < most && item && *item < text.size(); ++i) item = after_item(text, *item, found);
  }
  find_escaped(text, found);
}

}  // namespace quoin::secret
