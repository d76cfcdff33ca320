// Regular expressions that are simple enough to mean the same in std::regex as on a server.
#include <regex>

#include "parser/replay/known_value.h"

namespace quoin {

namespace {
constexpr std::size_t longest = 200;

std::optional<std::regex> simple(std::string_view pattern, std::string_view flags) {
  if (pattern.size() > longest || flags.find_first_not_of("gi") != std::string_view::npos) return std::nullopt;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\') {
      if (++i == pattern.size() || std::string_view("dws.").find(pattern[i]) == std::string_view::npos)
        return std::nullopt;
    } else if (!std::isalnum(static_cast<unsigned char>(c)) &&
               std::string_view("_- .^$*+?()[]|").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (pattern.find("[[") != std::string_view::npos || pattern.find("(?") != std::string_view::npos) return std::nullopt;
  try {
    const auto kind = std::regex::ECMAScript;
    return std::regex(Text(pattern), flags.find('i') == std::string_view::npos ? kind : kind | std::regex::icase);
  } catch (const std::regex_error&) { return std::nullopt; }
}
}  // namespace

MaybeValue matches(std::string_view sign, const Text& text, const Text& pattern) {
  const auto expression = simple(pattern, sign.ends_with('*') ? "i" : "");
  if (!expression || text.size() > longest) return std::nullopt;
  return KnownValue::of(std::regex_search(text, *expression) != sign.starts_with('!'));
}

MaybeValue regexp_replaced(const std::vector<KnownValue>& arguments) {
  const Text text = text_of(arguments[0]), replacement = text_of(arguments[2]),
             flags = arguments.size() > 3 ? text_of(arguments[3]) : Text();
  const auto expression = simple(text_of(arguments[1]), flags);
  if (!expression || text.size() > longest || replacement.find_first_of("$\\") != Text::npos) return std::nullopt;
  const auto which =
      flags.find('g') == Text::npos ? std::regex_constants::format_first_only : std::regex_constants::format_default;
  return KnownValue::of_text(std::regex_replace(text, *expression, replacement, which));
}

}  // namespace quoin
