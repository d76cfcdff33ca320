#include "parser/yaml/scalar.h"

#include <algorithm>
#include <array>

#include "parser/yaml/traps.h"

namespace quoin::yaml {
namespace {
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// U+0080…U+009F (line break NEL among them), U+2028, U+2029, U+FEFF: YAML 1.1 breaks lines at some, readers drop
/// others.
bool has_odd_character(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]), second = static_cast<unsigned char>(text[i + 1]);
    if (first == 0xc2 && second < 0xa0) return true;
    const std::string_view three = text.substr(i, 3);
    if (three == "\u2028" || three == "\u2029" || three == "\ufeff") return true;
  }
  return false;
}

/// What YAML 1.1 or 1.2 reads as null, a truth value or a merge key when it is plain.
bool is_reserved_word(std::string_view text) {
  static constexpr std::array<std::string_view, 14> words = {"",   "~",   "null", "true", "false", "yes", "no",
                                                             "on", "off", "y",    "n",    "<<",    "=",   "none"};
  return text.size() <= 5 && std::ranges::count(words, lower(text)) > 0;
}

/// Numbers, dates and sexagesimals of either version, guessed wide: quoting one too many costs nothing.
bool looks_like_number(std::string_view text) {
  const char first = text.front();
  const bool starts =
      (first >= '0' && first <= '9') || ((first == '-' || first == '+' || first == '.') && text.size() > 1);
  if (!starts) return false;
  const Text folded = lower(text);
  return folded.find_first_not_of("0123456789abcdefox_.:+-tzin ") == Text::npos;
}

bool has_special_start(std::string_view text) {
  constexpr std::string_view never = ",[]{}#&*!|>'\"%@`";
  if (never.find(text.front()) != std::string_view::npos) return true;
  constexpr std::string_view before_space = "-?:";
  if (text.starts_with("---") || text.starts_with("...")) return true;
  return before_space.find(text.front()) != std::string_view::npos && (text.size() == 1 || text[1] == ' ');
}

bool has_separator(std::string_view text, Context context) {
  if (text.back() == ':' || text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos)
    return true;
  if (context == Context::block) return false;
  if (text.front() == ':' || text.front() == '-') return true;
  return text.find_first_of(",[]{}\"?") != std::string_view::npos || is_cut(text);
}

Text double_quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  Text all = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      all += {'\\', c};
    } else if (c == '\n') {
      all += "\\n";
    } else if (c == '\t') {
      all += "\\t";
    } else if (c == '\r') {
      all += "\\r";
    } else if (is_control(c)) {
      all += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    } else if (const std::string_view three = text.substr(i, 3); three == "\u2028" || three == "\u2029") {
      all += three == "\u2028" ? "\\L" : "\\P";
      i += 2;
    } else if (three == "\ufeff") {
      all += "\\uFEFF";
      i += 2;
    } else if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      const auto next = static_cast<unsigned char>(text[++i]);
      all += {'\\', 'x', digits[next >> 4], digits[next & 15]};
    } else {
      all += c;
    }
  }
  return all + "\"";
}
}  // namespace

bool is_plain(std::string_view text, Context context) {
  if (text.empty() || is_reserved_word(text)) return false;
  if (text.front() == ' ' || text.back() == ' ' || std::ranges::any_of(text, is_control)) return false;
  if (has_odd_character(text) || has_special_start(text) || has_separator(text, context)) return false;
  return !looks_like_number(text);
}

Text quoted(std::string_view text) {
  const bool plain_bytes = std::ranges::none_of(text, is_control) && !has_odd_character(text);
  const bool single_is_shorter = text.find_first_of("\"\\") != std::string_view::npos;
  if (!plain_bytes || !single_is_shorter || std::ranges::count(text, '\'') > std::ranges::count(text, '"'))
    return double_quoted(text);
  Text all = "'";
  for (char c : text) all.append(c == '\'' ? 2 : 1, c);
  return all + "'";
}

Text scalar(std::string_view text, Context context) { return is_plain(text, context) ? Text(text) : quoted(text); }

Text literal_block(std::string_view text, std::size_t indent) {
  const bool line_end = text.ends_with('\n');
  const std::string_view body = line_end ? text.substr(0, text.size() - 1) : text;
  if (body.find('\n') == std::string_view::npos || body.ends_with('\n') || has_odd_character(text)) return {};
  if (std::ranges::any_of(body, [](char c) { return is_control(c) && c != '\n' && c != '\t'; })) return {};
  const List lines = split(body, '\n');
  if (trim(lines.back()).empty()) return {};  // chomping counts lines of white space its own way
  const auto first = std::ranges::find_if(lines, [](const Text& line) { return !line.empty(); });
  const bool must_tell = first->front() == ' ' || first->front() == '\t';
  Text all = concat("|", must_tell ? "2" : "", line_end ? "" : "-");
  const Text margin(indent + 2, ' ');
  for (const Text& line : lines) all += line.empty() ? Text("\n") : concat("\n", margin, line);
  return all;
}

Text folded_block(std::string_view text, std::size_t indent, std::size_t width) {
  if (text.empty() || text.find("--") != std::string_view::npos || text.find("/*") != std::string_view::npos) return {};
  if (text.front() == ' ' || text.back() == ' ' || has_odd_character(text) || std::ranges::any_of(text, is_control))
    return {};
  const Text margin(indent + 2, ' ');
  Text all = ">-";
  while (!text.empty()) {
    std::size_t end = text.size() <= width ? text.size() : text.rfind(' ', width);
    auto is_single = [&](std::size_t at) { return text[at - 1] != ' ' && text[at + 1] != ' '; };
    while (end != std::string_view::npos && end > 0 && end < text.size() && !is_single(end))
      end = text.rfind(' ', end - 1);
    if (end == std::string_view::npos || end == 0) return {};
    all += concat("\n", margin, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

}  // namespace quoin::yaml
