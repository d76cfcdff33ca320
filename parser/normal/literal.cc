#include "parser/normal/literal.h"

#include <algorithm>
#include <charconv>

namespace quoin {

namespace {
bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// 2024-01-31, nothing else.
bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && is_digits(text.substr(0, 4)) &&
         is_digits(text.substr(5, 2)) && is_digits(text.substr(8, 2));
}

/// 10:20 and 10:20:30[.456] as 10:20:30.456; empty where it is neither.
Text time_of_day(std::string_view text) {
  const bool minutes =
      text.size() >= 5 && is_digits(text.substr(0, 2)) && text[2] == ':' && is_digits(text.substr(3, 2));
  if (!minutes) return {};
  if (text.size() == 5) return Text(text) + ":00";
  if (text[5] != ':' || text.size() < 8 || !is_digits(text.substr(6, 2))) return {};
  Text time(text.substr(0, 8));
  if (text.size() == 8) return time;
  if (text[8] != '.' || !is_digits(text.substr(9))) return {};
  Text fraction(text.substr(9));
  while (fraction.ends_with('0')) fraction.pop_back();
  return fraction.empty() ? time : concat(time, ".", fraction);
}

/// Readers pin the server's time zone to UTC, and a constant without a zone is taken to mean it.
Text timestamp(std::string_view text, bool with_zone) {
  const Text same(text), zone = with_zone ? "+00" : "";
  text = trim(text);
  if (text == "epoch") return "1970-01-01 00:00:00" + zone;
  if (!is_date(text.substr(0, 10))) return same;
  std::string_view rest = text.substr(10);
  if (rest.starts_with('T') || rest.starts_with(' ')) rest.remove_prefix(1);
  for (std::string_view utc : {" UTC", "UTC", "+00:00", "+0000", "+00", "Z", " +00:00", " +0000", "-00"})
    if (rest.ends_with(utc)) {
      rest.remove_suffix(utc.size());
      break;
    }
  const Text time = rest.empty() ? Text("00:00:00") : time_of_day(trim(rest));
  return time.empty() ? same : concat(text.substr(0, 10), " ", time, zone);
}

/// One number and one unit; longer ones are left alone.
Text interval(std::string_view text) {
  const Text same(text);
  text = trim(text);
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos || !is_digits(text.substr(0, space)) || space > 6) return same;
  int count = 0;
  std::from_chars(text.data(), text.data() + space, count);
  Text unit = lower(trim(text.substr(space)));
  if (unit.ends_with('s')) unit.pop_back();
  const auto several = [&](int number, const char* word) {
    return concat(std::to_string(number), " ", word, number == 1 ? "" : "s");
  };
  if (unit == "day") return several(count, "day");
  if (unit == "week") return several(count * 7, "day");
  if ((unit == "month" || unit == "mon") && count < 12) return several(count, "mon");
  if (unit == "year") return several(count, "year");
  const int seconds = unit == "hour"                      ? count * 3600
                      : unit == "minute" || unit == "min" ? count * 60
                      : unit == "second" || unit == "sec" ? count
                                                          : -1;
  if (seconds < 0) return same;
  const auto two = [](int number) { return concat(number < 10 ? "0" : "", std::to_string(number)); };
  return concat(two(seconds / 3600), ":", two(seconds / 60 % 60), ":", two(seconds % 60));
}

/// With the white space that the server writes. The server also sorts keys, so that a text with several stays as it is.
Text jsonb(std::string_view text) {
  Text out;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      out += c;
      if (++i < text.size()) out += text[i];
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == ' ' || c == '\n' || c == '\t' || c == '\r')) continue;
    out += c;
    if (!quoted && (c == ':' || c == ',')) out += ' ';
  }
  return std::ranges::count(out, ':') > 1 ? Text(text) : out;
}
}  // namespace

Text literal_of(std::string_view type, std::string_view text) {
  if (type.starts_with("timestamp")) return timestamp(text, type.ends_with("with time zone"));
  if (type.starts_with("interval")) return interval(text);
  if (type == "jsonb") return jsonb(text);
  if (type == "bytea" && text.empty()) return "\\x";
  if (type == "uuid") return lower(text);
  return Text(text);
}

}  // namespace quoin
