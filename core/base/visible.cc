#include "core/base/visible.h"

#include "core/base/secret.h"

namespace quoin {
namespace {

// Of UTF-8; of anything else the first byte.
std::string_view first_character(std::string_view text) {
  const std::size_t sound = utf8_length(text.substr(0, 4));
  std::size_t end = 1;
  while (end < sound && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return text.substr(0, end);
}

bool is_shown_by_number(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) >= 0x7F;
  if (character.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (character.size() != 3 || byte(0) != 0xE2) return false;
  return (byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) ||
         (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
}

void add_number(std::string_view character, Text& shown) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : character) {
    const auto byte = static_cast<unsigned char>(c);
    shown += {'\\', 'x', digits[byte >> 4U], digits[byte & 0xFU]};
  }
}

/// As JSON escapes it; 0: of a byte that is no character.
unsigned code_point(std::string_view character) {
  const auto bits = [&](std::size_t i) { return static_cast<unsigned char>(character[i]) & 0x3FU; };
  if (character.size() == 1)
    return static_cast<unsigned char>(character[0]) < 0x80 ? static_cast<unsigned>(character[0]) : 0;
  return character.size() == 2 ? 0x80U | bits(1) : 0x2000U | bits(1) << 6U | bits(2);
}

bool is_ascii_text(char c) { return c >= 0x20 && c < 0x7F; }

template <class Kept>
Text shown(std::string_view text, Kept add_kept) {
  Text all;
  all.reserve(text.size());
  while (!text.empty()) {
    const std::string_view character = is_ascii_text(text[0]) ? text.substr(0, 1) : first_character(text);
    if (!is_shown_by_number(character)) {
      all += character;
    } else if (!add_kept(text, all)) {
      add_number(character, all);
    }
    text.remove_prefix(character.size());
  }
  return all;
}

}  // namespace

Text visible(std::string_view text) {
  return shown(text, [](std::string_view rest, Text& all) {
    constexpr std::string_view named = "\n\r\t", names = "nrt";
    const std::size_t at = named.find(rest[0]);
    if (at == named.npos) return false;
    all += {'\\', names[at]};
    return true;
  });
}

Text visible_lines(std::string_view text) {
  return shown(text, [](std::string_view rest, Text& all) {
    const bool stays = rest[0] == '\n' || rest[0] == '\t';
    if (stays) all += rest[0];
    return stays || rest.starts_with("\r\n");
  });
}

Text visible_json(std::string_view json) {
  return shown(json, [](std::string_view rest, Text& all) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (rest[0] == '\n') return all += '\n', true;
    const unsigned code = code_point(first_character(rest));
    if (code == 0) return false;
    all += "\\u";
    for (unsigned shift = 16; shift > 0; shift -= 4) all += digits[code >> (shift - 4) & 0xFU];
    return true;
  });
}

Text for_people(std::string_view text) { return visible_lines(masked(text)); }
Text line_for_people(std::string_view text) { return visible(masked(text)); }

}  // namespace quoin
