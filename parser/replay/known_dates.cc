#include "parser/replay/known_dates.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>

namespace quoin::dates {

namespace {
using Kind = KnownValue::Kind;
constexpr std::int64_t day_seconds = 86400;
constexpr std::int64_t most_days = 4'000'000;  // some ten thousand years

struct Civil {
  std::int64_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

std::int64_t floor_divided(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  const std::chrono::year_month_day first(std::chrono::year(static_cast<int>(year)),
                                          std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(1));
  return std::chrono::sys_days(first).time_since_epoch().count() + day - 1;
}

Civil civil(const KnownValue& value) {
  const std::int64_t seconds = timestamp(value).number, days = floor_divided(seconds, day_seconds);
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  const std::int64_t rest = seconds - days * day_seconds;
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          rest / 3600,
          rest / 60 % 60,
          rest % 60};
}

std::int64_t days_in(std::int64_t year, std::int64_t month) {
  const std::int64_t next = month == 12 ? days_of(year + 1, 1, 1) : days_of(year, month + 1, 1);
  return next - days_of(year, month, 1);
}

std::optional<std::int64_t> digits(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

Text padded(std::int64_t number, std::size_t width) {
  const Text text = std::to_string(number);
  return text.size() < width ? Text(width - text.size(), '0') + text : text;
}

std::int64_t weekday(const KnownValue& value) { return (date(value).number % 7 + 7 + 3) % 7; }  // Monday: 0

/// Year and number of the ISO week.
std::pair<std::int64_t, std::int64_t> iso_week(const KnownValue& value) {
  const std::int64_t thursday = date(value).number - weekday(value) + 3;
  const std::int64_t year = civil(KnownValue::of(Kind::date, thursday)).year;
  return {year, (thursday - days_of(year, 1, 1)) / 7 + 1};
}
}  // namespace

KnownValue now() {
  static const std::int64_t seconds = [] {
    const char* given = std::getenv("SOURCE_DATE_EPOCH");
    const auto fixed = given ? digits(given) : std::nullopt;
    return fixed && *fixed / day_seconds < most_days ? *fixed : static_cast<std::int64_t>(std::time(nullptr));
  }();
  return KnownValue::of(Kind::timestamp, seconds);
}

KnownValue timestamp(const KnownValue& value) {
  return value.kind == Kind::date ? KnownValue::of(Kind::timestamp, value.number * day_seconds) : value;
}
KnownValue date(const KnownValue& value) {
  return value.kind == Kind::timestamp ? KnownValue::of(Kind::date, floor_divided(value.number, day_seconds)) : value;
}

MaybeValue make_date(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return std::nullopt;
  return KnownValue::of(Kind::date, days_of(year, month, day));
}

MaybeValue date_from(std::string_view written) {
  const Text text = lower(trim(written));
  const KnownValue today = date(now());
  if (text == "today" || text == "now") return today;
  if (text == "tomorrow") return KnownValue::of(Kind::date, today.number + 1);
  if (text == "yesterday") return KnownValue::of(Kind::date, today.number - 1);
  const List parts = split(text, '-');
  const bool is_short = text.size() == 8 && parts.size() == 1;
  if (!is_short && (parts.size() != 3 || parts[0].size() != 4)) return std::nullopt;
  const std::string_view all = text;
  const auto year = digits(is_short ? all.substr(0, 4) : std::string_view(parts[0])),
             month = digits(is_short ? all.substr(4, 2) : std::string_view(parts[1])),
             day = digits(is_short ? all.substr(6) : std::string_view(parts[2]));
  return year && month && day ? make_date(*year, *month, *day) : std::nullopt;
}

MaybeValue timestamp_from(std::string_view written) {
  const std::string_view text = trim(written);
  if (lower(text) == "now") return now();
  const std::size_t space = text.find_first_of(" T");
  const MaybeValue day = date_from(text.substr(0, space));
  if (!day || space == std::string_view::npos) return day ? MaybeValue(timestamp(*day)) : std::nullopt;
  const List parts = split(trim(text.substr(space + 1)), ':');
  std::int64_t seconds = 0, unit = 3600;
  for (const Text& part : parts) {
    const auto number = digits(part);
    if (!number || unit == 0) return std::nullopt;  // with fractions, or a zone
    seconds += *number * unit;
    unit /= 60;
  }
  return KnownValue::of(Kind::timestamp, timestamp(*day).number + seconds);
}

MaybeValue interval_from(std::string_view written) {
  struct Unit {
    std::string_view name;
    std::int64_t months, days, seconds;
  };
  static constexpr Unit units[] = {{"year", 12, 0, 0}, {"quarter", 3, 0, 0}, {"month", 1, 0, 0},   {"mon", 1, 0, 0},
                                   {"week", 0, 7, 0},  {"day", 0, 1, 0},     {"hour", 0, 0, 3600}, {"minute", 0, 0, 60},
                                   {"min", 0, 0, 60},  {"second", 0, 0, 1},  {"sec", 0, 0, 1}};
  List words;
  for (const Text& word : split(lower(trim(written)), ' '))
    if (!word.empty()) words.push_back(word);
  KnownValue interval = KnownValue::of(Kind::interval, 0);
  if (words.empty() || words.size() % 2 == 1) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    std::string_view name = words[i + 1];
    if (name.ends_with('s')) name.remove_suffix(1);
    const auto unit = std::ranges::find(units, name, &Unit::name);
    const auto number = digits(words[i]);
    if (unit == std::end(units) || !number || std::abs(*number) > most_days) return std::nullopt;
    interval.months += *number * unit->months;
    interval.days += *number * unit->days;
    interval.number += *number * unit->seconds;
  }
  return interval;
}

MaybeValue add(const KnownValue& value, const KnownValue& interval, int sign) {
  if (std::abs(interval.months) > most_days || std::abs(interval.days) > most_days) return std::nullopt;
  const Civil at = civil(value);
  const std::int64_t months = at.year * 12 + at.month - 1 + sign * interval.months;
  const std::int64_t year = floor_divided(months, 12), month = months - year * 12 + 1;
  if (year < 1 || year > 9999) return std::nullopt;
  const std::int64_t day = std::min(at.day, days_in(year, month));
  const std::int64_t days = days_of(year, month, day) + sign * interval.days;
  if (std::abs(days) > most_days) return std::nullopt;
  return KnownValue::of(Kind::timestamp,
                        days * day_seconds + at.hour * 3600 + at.minute * 60 + at.second + sign * interval.number);
}

MaybeValue truncate(std::string_view unit, const KnownValue& value) {
  const Civil at = civil(value);
  const auto day = [](std::int64_t days) { return KnownValue::of(Kind::timestamp, days * day_seconds); };
  if (unit == "year") return day(days_of(at.year, 1, 1));
  if (unit == "quarter") return day(days_of(at.year, (at.month - 1) / 3 * 3 + 1, 1));
  if (unit == "month") return day(days_of(at.year, at.month, 1));
  if (unit == "week") return day(date(value).number - weekday(value));
  if (unit == "day") return day(date(value).number);
  if (unit == "hour") return KnownValue::of(Kind::timestamp, timestamp(value).number - at.minute * 60 - at.second);
  return std::nullopt;
}

MaybeValue part(std::string_view unit, const KnownValue& value) {
  const Civil at = civil(value);
  const std::pair<std::string_view, std::int64_t> parts[] = {{"year", at.year},
                                                             {"month", at.month},
                                                             {"day", at.day},
                                                             {"hour", at.hour},
                                                             {"minute", at.minute},
                                                             {"quarter", (at.month - 1) / 3 + 1},
                                                             {"week", iso_week(value).second},
                                                             {"isoyear", iso_week(value).first},
                                                             {"isodow", weekday(value) + 1},
                                                             {"dow", (weekday(value) + 1) % 7},
                                                             {"epoch", timestamp(value).number},
                                                             {"doy", date(value).number - days_of(at.year, 1, 1) + 1}};
  const auto found = std::ranges::find(parts, lower(unit), [](const auto& one) { return Text(one.first); });
  return found == std::end(parts) ? MaybeValue() : KnownValue::of(Kind::number, found->second);
}

namespace {
/// The names of months and days in to_char are padded to the longest, but for what follows FM.
constexpr std::array month_names = {"january", "february", "march",     "april",   "may",      "june",
                                    "july",    "august",   "september", "october", "november", "december"};

Text in_case_of(std::string_view pattern, std::string_view name) {
  Text text(name);
  if (std::isupper(static_cast<unsigned char>(pattern[0])))
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (std::isupper(static_cast<unsigned char>(pattern[1])))
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

/// What one word of a pattern gives, and how long it is.
std::pair<Text, std::size_t> word(std::string_view pattern, const KnownValue& value) {
  const Civil at = civil(value);
  const Text folded = upper(pattern.substr(0, 4));
  const auto [iso_year, week] = iso_week(value);
  if (folded.starts_with("YYYY")) return {padded(at.year, 4), 4};
  if (folded.starts_with("IYYY")) return {padded(iso_year, 4), 4};
  if (folded.starts_with("HH24")) return {padded(at.hour, 2), 4};
  if (folded.starts_with("DDD")) return {padded(date(value).number - days_of(at.year, 1, 1) + 1, 3), 3};
  if (folded.starts_with("MON") && folded != "MONT")
    return {in_case_of(pattern, std::string_view(month_names[static_cast<std::size_t>(at.month - 1)]).substr(0, 3)), 3};
  if (folded.starts_with("YY")) return {padded(at.year % 100, 2), 2};
  if (folded.starts_with("MM")) return {padded(at.month, 2), 2};
  if (folded.starts_with("DD")) return {padded(at.day, 2), 2};
  if (folded.starts_with("MI")) return {padded(at.minute, 2), 2};
  if (folded.starts_with("SS")) return {padded(at.second, 2), 2};
  if (folded.starts_with("IW")) return {padded(week, 2), 2};
  if (folded.starts_with("WW")) return {padded((date(value).number - days_of(at.year, 1, 1)) / 7 + 1, 2), 2};
  if (folded.starts_with("Q")) return {std::to_string((at.month - 1) / 3 + 1), 1};
  return {{}, 0};
}
}  // namespace

MaybeValue shown(const KnownValue& value, std::string_view pattern) {
  Text all;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '"') {
      const std::size_t end = pattern.find('"', i + 1);
      if (end == std::string_view::npos) return std::nullopt;
      all += pattern.substr(i + 1, end - i - 1);
      i = end + 1;
      continue;
    }
    const auto [text, size] = word(pattern.substr(i), value);
    if (size == 0 && (std::isalpha(static_cast<unsigned char>(pattern[i])) || pattern[i] == '\\')) return std::nullopt;
    all += size == 0 ? Text(1, pattern[i]) : text;
    i += std::max<std::size_t>(size, 1);
  }
  return KnownValue::of_text(std::move(all));
}

Text text_of(const KnownValue& value) {
  if (value.kind == Kind::interval) {
    List parts;
    const auto say = [&](std::int64_t count, std::string_view unit) {
      if (count != 0) parts.push_back(concat(std::to_string(count), " ", unit, count == 1 ? "" : "s"));
    };
    say(value.months / 12, "year");
    say(value.months % 12, "mon");
    say(value.days, "day");
    const std::int64_t seconds = std::abs(value.number);
    if (seconds != 0 || parts.empty())
      parts.push_back(concat(value.number < 0 ? "-" : "", padded(seconds / 3600, 2), ":", padded(seconds / 60 % 60, 2),
                             ":", padded(seconds % 60, 2)));
    return join(parts, " ");
  }
  const Civil at = civil(value);
  const Text day = concat(padded(at.year, 4), "-", padded(at.month, 2), "-", padded(at.day, 2));
  if (value.kind == Kind::date) return day;
  return concat(day, " ", padded(at.hour, 2), ":", padded(at.minute, 2), ":", padded(at.second, 2));
}

}  // namespace quoin::dates
