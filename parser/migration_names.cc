#include "parser/migration_names.h"

#include <charconv>

namespace quoin::migration_names {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == '_' || c == '-'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

/// Reads `count` digits that end at a separator or the end of the text, then passes the separator.
bool take(std::string_view& text, std::size_t count, Text& into) {
  if (digits_at(text, 0) != count) return false;
  if (text.size() > count && !is_separator(text[count])) return false;
  into += text.substr(0, count);
  text.remove_prefix(std::min(text.size(), count + 1));
  return true;
}

/// A date and time in parts, as 20250106_090000, 2025-01-06-090000 or 2025-01-06_0900; joined to 14 digits.
bool take_time(std::string_view& text, Text& version) {
  std::string_view rest = text;
  Text joined;
  if (!take(rest, 8, joined)) {
    joined.clear();
    if (!take(rest, 4, joined) || !take(rest, 2, joined) || !take(rest, 2, joined)) return false;
  }
  if (take(rest, 4, joined)) {
    joined += "00";
  } else if (!take(rest, 6, joined)) {
    return false;
  }
  text = rest;
  version = joined;
  return true;
}

/// A number, with dots where Flyway has them.
bool take_number(std::string_view& text, Text& version) {
  std::size_t end = digits_at(text, 0);
  if (end == 0) return false;
  while (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) end += 1 + digits_at(text, end + 1);
  if (end < text.size() && !is_separator(text[end])) return false;
  version = text.substr(0, end);
  text.remove_prefix(end);
  while (!text.empty() && is_separator(text[0])) text.remove_prefix(1);
  return true;
}

bool take_end(std::string_view& text, std::string_view end) {
  if (!text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  return true;
}

/// V1.2__x, U1.2__x, R__x; also V1_2__x, whose underscores are dots.
bool take_flyway(std::string_view stem, Parts& parts) {
  const std::size_t bar = stem.find("__");
  if (stem.empty() || bar == stem.npos || Text("VUR").find(stem[0]) == Text::npos) return false;
  Text version(stem.substr(1, bar - 1));
  for (char& c : version) {
    if (c == '_') c = '.';
    if (!is_digit(c) && c != '.') return false;
  }
  if (version.empty() != (stem[0] == 'R')) return false;
  parts.form = stem[0] == 'V' ? Form::flyway : stem[0] == 'U' ? Form::flyway_undo : Form::flyway_repeatable;
  parts.name = Text(stem.substr(bar + 2));
  parts.version = parts.form == Form::flyway_repeatable ? Text(stem) : version;
  return true;
}

}  // namespace

Parts parts_of(const Text& path) {
  std::string_view stem = path;
  stem.remove_prefix(stem.find_last_of('/') + 1);
  Parts parts;
  take_end(stem, ".sql");
  if (take_flyway(stem, parts)) return parts;
  if (take_end(stem, ".up")) parts.form = Form::up;
  if (take_end(stem, ".down")) parts.form = Form::down;
  if (!take_time(stem, parts.version) && !take_number(stem, parts.version)) parts.version = Text(stem), stem = {};
  parts.name = Text(stem);
  return parts;
}

}  // namespace quoin::migration_names
