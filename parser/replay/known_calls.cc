// Functions of pg_catalog that names of objects are made with.
#include <algorithm>
#include <functional>
#include <unordered_map>

#include "parser/replay/known_dates.h"

namespace quoin {

namespace {
using Kind = KnownValue::Kind;
using Values = std::vector<KnownValue>;

MaybeValue text(Text value) { return KnownValue::of_text(std::move(value)); }

/// As format() has it, but for widths; nothing: it would fail, or has more than this.
MaybeValue formatted(const Values& values) {
  const Text pattern = text_of(values[0]);
  Text all;
  std::size_t next = 1;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      all += pattern[i];
      continue;
    }
    std::size_t end = ++i, number = 0;
    while (end < pattern.size() && pattern[end] >= '0' && pattern[end] <= '9') ++end;
    if (end > i) {
      if (end - i > 4 || end >= pattern.size() || pattern[end] != '$') return std::nullopt;
      number = static_cast<std::size_t>(std::stoul(Text(pattern.substr(i, end - i))));
      if (number == 0) return std::nullopt;
      i = end + 1;
    }
    if (i >= pattern.size()) return std::nullopt;
    if (pattern[i] == '%') {
      all += '%';
      continue;
    }
    if (number > 0) next = number;
    if (next >= values.size()) return std::nullopt;
    const KnownValue& value = values[next++];
    if (pattern[i] == 'I' && value.is_null()) return std::nullopt;
    if (pattern[i] == 'I') all += quote_ident(text_of(value));
    if (pattern[i] == 'L') all += value.is_null() ? Text("NULL") : quote_literal(text_of(value));
    if (pattern[i] == 's') all += text_of(value);
    if (Text("ILs").find(pattern[i]) == Text::npos) return std::nullopt;
  }
  return text(std::move(all));
}

/// The characters [begin, begin + size) of a text, counted from 1.
MaybeValue part(const Text& all, std::int64_t begin, std::int64_t size) {
  if (size < 0 || std::ranges::any_of(all, [](char c) { return static_cast<unsigned char>(c) > 127; }))
    return std::nullopt;
  const std::int64_t length = static_cast<std::int64_t>(all.size()), end = std::min(begin + size, length + 1),
                     first = std::max<std::int64_t>(begin, 1);
  return text(end <= first ? Text()
                           : all.substr(static_cast<std::size_t>(first - 1), static_cast<std::size_t>(end - first)));
}

MaybeValue padded_left(const Values& values) {
  const Text all = text_of(values[0]), fill = values.size() > 2 ? text_of(values[2]) : Text(" ");
  const std::int64_t wanted = values[1].number, has = static_cast<std::int64_t>(all.size());
  if (wanted < 0 || wanted > 1000 || fill.size() != 1) return std::nullopt;
  if (wanted <= has) return part(all, 1, wanted);
  return text(Text(static_cast<std::size_t>(wanted - has), fill[0]) + all);
}

MaybeValue replaced(const Text& all, const Text& from, const Text& to) {
  if (from.empty()) return text(all);
  Text made;
  for (std::size_t at = 0;;) {
    const std::size_t found = all.find(from, at);
    made += all.substr(at, found == Text::npos ? found : found - at);
    if (found == Text::npos) return text(std::move(made));
    made += to;
    at = found + from.size();
  }
}

MaybeValue split_part(const Text& all, const Text& separator, std::int64_t number) {
  if (separator.empty() || number < 1) return std::nullopt;
  std::size_t at = 0;
  for (; number > 1; --number) {
    at = all.find(separator, at);
    if (at == Text::npos) return text({});
    at += separator.size();
  }
  const std::size_t end = all.find(separator, at);
  return text(all.substr(at, end == Text::npos ? end : end - at));
}

/// to_char of a number in a pattern of digits: FM000, 00.
MaybeValue shown_number(std::int64_t number, std::string_view pattern) {
  const bool is_filled = !upper(pattern).starts_with("FM");
  if (!is_filled) pattern.remove_prefix(2);
  const std::size_t first = pattern.find('0');
  if (number < 0 || pattern.empty() || pattern.find_first_not_of("09") != std::string_view::npos) return std::nullopt;
  Text digits = std::to_string(number);
  if (digits.size() > pattern.size()) return std::nullopt;
  const std::size_t zeros = first == std::string_view::npos ? 0 : pattern.size() - first;
  if (digits.size() < zeros) digits.insert(0, zeros - digits.size(), '0');
  return text(is_filled ? Text(pattern.size() + 1 - digits.size(), ' ') + digits : digits);
}

MaybeValue to_char(const Values& values) {
  const Text pattern = text_of(values[1]);
  if (values[0].kind == Kind::number) return shown_number(values[0].number, pattern);
  if (values[0].kind != Kind::date && values[0].kind != Kind::timestamp) return std::nullopt;
  return dates::shown(values[0], pattern);
}

struct Function {
  std::size_t least, most;  // arguments
  std::string_view kinds;   // of each argument: t, any value as its text; n, a number; d, a date or timestamp; a, any
  MaybeValue (*value)(const Values&);
};

MaybeValue trimmed(const Values& v) { return text(Text(trim(text_of(v[0])))); }

const std::unordered_map<std::string_view, Function>& functions() {
  static const std::unordered_map<std::string_view, Function> all{
      {"format", {1, 50, "t", formatted}},
      {"quote_ident", {1, 1, "t", [](const Values& v) { return text(quote_ident(text_of(v[0]))); }}},
      {"quote_literal", {1, 1, "t", [](const Values& v) { return text(quote_literal(text_of(v[0]))); }}},
      {"lower", {1, 1, "t", [](const Values& v) { return text(lower(text_of(v[0]))); }}},
      {"upper", {1, 1, "t", [](const Values& v) { return text(upper(text_of(v[0]))); }}},
      {"btrim", {1, 1, "t", trimmed}},
      {"length",
       {1, 1, "t",
        [](const Values& v) {
          return MaybeValue(KnownValue::of(Kind::number, static_cast<std::int64_t>(characters(text_of(v[0])))));
        }}},
      {"replace", {3, 3, "ttt", [](const Values& v) { return replaced(text_of(v[0]), text_of(v[1]), text_of(v[2])); }}},
      {"split_part",
       {3, 3, "ttn", [](const Values& v) { return split_part(text_of(v[0]), text_of(v[1]), v[2].number); }}},
      {"left", {2, 2, "tn", [](const Values& v) { return part(text_of(v[0]), 1, v[1].number); }}},
      {"substr",
       {2, 3, "tnn",
        [](const Values& v) { return part(text_of(v[0]), v[1].number, v.size() > 2 ? v[2].number : 1'000'000); }}},
      {"substring",
       {2, 3, "tnn",
        [](const Values& v) { return part(text_of(v[0]), v[1].number, v.size() > 2 ? v[2].number : 1'000'000); }}},
      {"lpad", {2, 3, "tnt", padded_left}},
      {"to_char", {2, 2, "at", to_char}},
      {"date_trunc", {2, 2, "td", [](const Values& v) { return dates::truncate(lower(text_of(v[0])), v[1]); }}},
      {"date_part", {2, 2, "td", [](const Values& v) { return dates::part(text_of(v[0]), v[1]); }}},
      {"extract", {2, 2, "td", [](const Values& v) { return dates::part(text_of(v[0]), v[1]); }}},
      {"date", {1, 1, "a", [](const Values& v) { return cast(v[0], "date"); }}},
      {"make_date",
       {3, 3, "nnn", [](const Values& v) { return dates::make_date(v[0].number, v[1].number, v[2].number); }}},
      {"now", {0, 0, "", [](const Values&) { return MaybeValue(dates::now()); }}},
      {"transaction_timestamp", {0, 0, "", [](const Values&) { return MaybeValue(dates::now()); }}},
      {"statement_timestamp", {0, 0, "", [](const Values&) { return MaybeValue(dates::now()); }}},
      {"clock_timestamp", {0, 0, "", [](const Values&) { return MaybeValue(dates::now()); }}},
      {"regexp_replace", {3, 4, "tttt", regexp_replaced}},
      {"pg_get_expr", {2, 2, "tt", [](const Values& v) { return MaybeValue(v[0]); }}},
      {"abs",
       {1, 1, "n", [](const Values& v) { return MaybeValue(KnownValue::of(Kind::number, std::abs(v[0].number))); }}},
  };
  return all;
}

bool fits(char kind, const KnownValue& value) {
  if (kind == 'n') return value.kind == Kind::number;
  return kind != 'd' || value.kind == Kind::date || value.kind == Kind::timestamp;
}

/// Of those that make something of NULL too.
MaybeValue of_any(std::string_view name, const Values& values) {
  if (name == "quote_nullable" && values.size() == 1)
    return text(values[0].is_null() ? Text("NULL") : quote_literal(text_of(values[0])));
  const bool separated = name == "concat_ws";
  if ((name != "concat" && !separated) || (separated && (values.empty() || values[0].is_null()))) return std::nullopt;
  List parts;
  for (std::size_t i = separated ? 1 : 0; i < values.size(); ++i)
    if (!values[i].is_null()) parts.push_back(text_of(values[i]));
  return text(join(parts, separated ? text_of(values[0]) : Text()));
}
}  // namespace

MaybeValue call(std::string_view name, const Values& values) {
  if (name == "concat" || name == "concat_ws" || name == "quote_nullable") return of_any(name, values);
  const auto found = functions().find(name);
  if (found == functions().end()) return std::nullopt;
  const Function& function = found->second;
  if (values.size() < function.least || values.size() > function.most) return std::nullopt;
  const bool has_null = std::ranges::any_of(values, &KnownValue::is_null);
  if (has_null && (name != "format" || values[0].is_null())) return KnownValue();
  for (std::size_t i = 0; i < values.size() && i < function.kinds.size(); ++i)
    if (!fits(function.kinds[i], values[i])) return std::nullopt;
  return function.value(values);
}

}  // namespace quoin
