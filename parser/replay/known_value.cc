#include "parser/replay/known_value.h"

#include <algorithm>
#include <charconv>

#include "parser/replay/known_dates.h"

namespace quoin {

namespace {
using Kind = KnownValue::Kind;

bool is_time(const KnownValue& value) { return value.kind == Kind::date || value.kind == Kind::timestamp; }

std::optional<std::int64_t> number_in(std::string_view text) {
  text = trim(text);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || text.empty() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<bool> flag_in(std::string_view text) {
  const Text folded = lower(trim(text));
  if (folded == "t" || folded == "true" || folded == "on" || folded == "yes" || folded == "1") return true;
  if (folded == "f" || folded == "false" || folded == "off" || folded == "no" || folded == "0") return false;
  return std::nullopt;
}

MaybeValue of_number(std::optional<std::int64_t> number) {
  return number ? MaybeValue(KnownValue::of(Kind::number, *number)) : std::nullopt;
}
}  // namespace

Text text_of(const KnownValue& value) {
  switch (value.kind) {
    case Kind::null:
      return {};
    case Kind::text:
      return value.text;
    case Kind::number:
      return std::to_string(value.number);
    case Kind::boolean:
      return value.number != 0 ? "true" : "false";
    case Kind::date:
    case Kind::timestamp:
    case Kind::interval:
      break;
  }
  return dates::text_of(value);
}

MaybeValue cast(const KnownValue& value, std::string_view type) {
  if (value.is_null()) return value;
  const bool is_text = value.kind == Kind::text;
  if (type == "date")
    return is_text ? dates::date_from(value.text) : is_time(value) ? MaybeValue(dates::date(value)) : std::nullopt;
  if (type.starts_with("timestamp") && type.find('(') == std::string_view::npos)
    return is_text          ? dates::timestamp_from(value.text)
           : is_time(value) ? MaybeValue(dates::timestamp(value))
                            : std::nullopt;
  if (type == "interval")
    return is_text ? dates::interval_from(value.text) : value.kind == Kind::interval ? MaybeValue(value) : std::nullopt;
  if (type == "integer" || type == "bigint" || type == "smallint")
    return is_text ? of_number(number_in(value.text)) : value.kind == Kind::number ? MaybeValue(value) : std::nullopt;
  if (type == "boolean") {
    if (value.kind == Kind::boolean || !is_text) return value.kind == Kind::boolean ? MaybeValue(value) : std::nullopt;
    const auto flag = flag_in(value.text);
    return flag ? MaybeValue(KnownValue::of(*flag)) : std::nullopt;
  }
  if (type.starts_with("numeric") || type == "real" || type == "double precision")
    return value.kind == Kind::number && type == "numeric" ? MaybeValue(value) : std::nullopt;
  if (type.ends_with(")") || type.ends_with("]")) return std::nullopt;  // cut, or padded
  return KnownValue::of_text(text_of(value));
}

std::optional<std::strong_ordering> compare(const KnownValue& a, const KnownValue& b) {
  if (a.kind == Kind::interval || b.kind == Kind::interval || a.is_null() || b.is_null()) return std::nullopt;
  if (is_time(a) && is_time(b)) return dates::timestamp(a).number <=> dates::timestamp(b).number;
  // A constant in quotes is of the other's type.
  if (a.kind == Kind::text && b.kind != Kind::text) {
    const auto other = compare(b, a);
    return other ? std::optional(0 <=> *other) : std::nullopt;
  }
  if (a.kind != Kind::text && b.kind == Kind::text) {
    const std::string_view type = a.kind == Kind::number ? "bigint" : a.kind == Kind::boolean ? "boolean" : "timestamp";
    const MaybeValue same = cast(b, type);
    return same ? compare(a, *same) : std::nullopt;
  }
  if (a.kind != b.kind) return std::nullopt;
  if (a.kind == Kind::text) return a.text.compare(b.text) <=> 0;
  return a.number <=> b.number;
}

namespace {
constexpr std::int64_t most = 1'000'000'000'000;  // nothing overflows below it

MaybeValue arithmetic(char sign, std::int64_t a, std::int64_t b) {
  if (std::abs(a) > most || std::abs(b) > most) return std::nullopt;
  if (sign == '+') return of_number(a + b);
  if (sign == '-') return of_number(a - b);
  if (sign == '*') return std::abs(b) > 1'000'000 ? MaybeValue() : of_number(a * b);
  if (b == 0) return std::nullopt;
  return of_number(sign == '/' ? a / b : a % b);
}

MaybeValue of_times(char sign, const KnownValue& a, const KnownValue& b) {
  const int by = sign == '-' ? -1 : 1;
  if (a.kind == Kind::date && b.kind == Kind::number && std::abs(b.number) < most)
    return KnownValue::of(Kind::date, a.number + by * b.number);
  if (is_time(a) && b.kind == Kind::interval) return dates::add(a, b, by);
  if (sign == '+' && is_time(b)) return is_time(a) ? MaybeValue() : of_times(sign, b, a);
  if (sign == '-' && a.kind == Kind::date && b.kind == Kind::date) return of_number(a.number - b.number);
  if (a.kind == Kind::interval && b.kind == Kind::interval)
    return KnownValue{Kind::interval, {}, a.number + by * b.number, a.months + by * b.months, a.days + by * b.days};
  // A constant in quotes beside a time is read as what makes sense there, which is not followed.
  return std::nullopt;
}

MaybeValue times(const KnownValue& interval, std::int64_t by) {
  if (std::abs(by) > 1'000'000) return std::nullopt;
  return KnownValue{Kind::interval, {}, interval.number * by, interval.months * by, interval.days * by};
}

std::optional<bool> compared(std::string_view sign, const KnownValue& a, const KnownValue& b) {
  const auto order = compare(a, b);
  // How texts follow one another is their collation's matter.
  if (!order || (sign != "=" && sign != "<>" && sign != "!=" && (a.kind == Kind::text || b.kind == Kind::text)))
    return std::nullopt;
  if (sign == "=") return *order == 0;
  if (sign == "<>" || sign == "!=") return *order != 0;
  if (sign == "<") return *order < 0;
  if (sign == ">") return *order > 0;
  if (sign == "<=") return *order <= 0;
  return sign == ">=" ? std::optional(*order >= 0) : std::nullopt;
}
}  // namespace

MaybeValue operation(std::string_view sign, const KnownValue& a, const KnownValue& b) {
  if (a.is_null() || b.is_null()) return KnownValue();
  if (sign == "||") return KnownValue::of_text(concat(text_of(a), text_of(b)));
  if (sign == "~" || sign == "~*" || sign == "!~" || sign == "!~*") return matches(sign, text_of(a), text_of(b));
  if (sign.size() == 1 && std::string_view("+-*/%").find(sign[0]) != std::string_view::npos) {
    if (a.kind == Kind::number && b.kind == Kind::number) return arithmetic(sign[0], a.number, b.number);
    if (sign == "*" && a.kind == Kind::interval && b.kind == Kind::number) return times(a, b.number);
    if (sign == "*" && b.kind == Kind::interval && a.kind == Kind::number) return times(b, a.number);
    return sign == "+" || sign == "-" ? of_times(sign[0], a, b) : std::nullopt;
  }
  const auto met = compared(sign, a, b);
  return met ? MaybeValue(KnownValue::of(*met)) : std::nullopt;
}

bool is_like(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '%') {
    for (std::size_t i = 0; i <= text.size(); ++i)
      if (is_like(text.substr(i), pattern.substr(1))) return true;
    return false;
  }
  if (text.empty()) return false;
  const bool is_escaped = pattern[0] == '\\' && pattern.size() > 1;
  if (is_escaped) pattern.remove_prefix(1);
  if (pattern[0] != text[0] && (is_escaped || pattern[0] != '_')) return false;
  return is_like(text.substr(1), pattern.substr(1));
}

}  // namespace quoin
