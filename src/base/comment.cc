#include "base/comment.h"

namespace quoin {
namespace {

// Bytes of the character at `at`, taken as one where the text is no UTF-8.
std::size_t character_size(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && end - at < 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end - at;
}

// Controls of ASCII and Latin 1, and what YAML, editors and terminals take for a line's end or a turn of direction.
bool is_shown_by_number(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return (byte(0) < 0x20 && byte(0) != '\t') || byte(0) == 0x7F;
  if (character.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (character.size() != 3 || byte(0) != 0xE2) return false;
  return (byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) ||
         (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
}

Text number_of(std::string_view character) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  Text shown;
  for (const char c : character) {
    const auto byte = static_cast<unsigned char>(c);
    shown += concat("\\x", digits.substr(byte >> 4U, 1), digits.substr(byte & 0xFU, 1));
  }
  return shown;
}

Text harmless(std::string_view line) {
  Text shown;
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view character = line.substr(at, character_size(line, at));
    if (is_shown_by_number(character)) {
      shown += number_of(character);
    } else {
      shown += character;
    }
    at += character.size();
  }
  return shown;
}

// By any of the three ends of a line.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : std::min(end + 1, text.size()));
  }
  return lines;
}

Text warning_head(std::string_view rule) { return concat("WARNING(", rule, ")"); }

}  // namespace

Text comment(std::string_view sign, std::string_view head, std::string_view text) {
  Text all = concat(sign, " ", head, ":");
  std::string_view before = " ";
  const Text next_line = concat("\n", sign, " … ");
  for (const std::string_view line : lines_of(text)) {
    all += concat(before, harmless(line));
    before = next_line;
  }
  return all + "\n";
}

Text warning(std::string_view rule, std::string_view text) {
  return comment(comment_sign::sql, warning_head(rule), text);
}

std::optional<Text> text_of_warning(std::string_view rule, std::string_view comment) {
  const Text begin = concat(comment_sign::sql, " ", warning_head(rule), ":");
  if (!comment.starts_with(begin)) return std::nullopt;
  return Text(trim(comment.substr(begin.size())));
}

Text directive_line(std::string_view words) { return concat("-- quoin: ", words, "\n"); }
Text section_line(std::string_view section) { return concat("-- ", section, " Migration\n"); }

}  // namespace quoin
