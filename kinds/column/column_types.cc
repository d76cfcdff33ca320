// From one type to another: which casts the server makes by itself, and what becomes of the rows.
#include <charconv>

#include "kinds/column/column.h"
#include "kinds/column/column_fields.h"
#include "kinds/list.h"
#include "kinds/users.h"

namespace quoin {

namespace {
// format_type()'s words taken apart: "character varying(20)[]".
struct Type {
  Text base;
  std::vector<int> modifiers;
  bool array = false;
  bool user_defined() const { return base.find('.') != base.npos || (base.starts_with('"') && base != "\"char\""); }
};

Type type_of(std::string_view text) {
  Type type;
  if (type.array = text.ends_with("[]"); type.array) text.remove_suffix(2);
  const auto open = text.find('('), close = text.find(')');
  if (open == text.npos || close == text.npos || text.starts_with('"')) return {Text(text), {}, type.array};
  for (const Text& number : split(text.substr(open + 1, close - open - 1), ',')) {
    const std::string_view digits = trim(number);
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    type.modifiers.push_back(value);
  }
  type.base = concat(trim(text.substr(0, open)), text.substr(close + 1));
  return type;
}

template <std::size_t size>
int rank(const std::string_view (&order)[size], std::string_view base) {
  const auto at = std::ranges::find(order, base);
  return at == std::end(order) ? -1 : static_cast<int>(at - std::begin(order));
}
// Ascending: what each holds, the next holds too, but perhaps less exactly.
constexpr std::string_view numbers[] = {"smallint", "integer", "bigint", "numeric", "real", "double precision"};
constexpr std::string_view strings[] = {"\"char\"", "name", "character", "character varying", "text"};
constexpr std::string_view moments[] = {"date", "timestamp without time zone", "timestamp with time zone"};

bool is_string(const Type& type) { return rank(strings, type.base) >= 2; }
bool both(std::string_view a, std::string_view b, const Type& from, const Type& to) {
  return (from.base == a && to.base == b) || (from.base == b && to.base == a);
}

bool is_oid_to_name(const Type& from, const Type& to);

bool assignable(const Type& from, const Type& to) {
  if (from.array != to.array) return is_string(to) && !to.array;
  if (is_oid_to_name(from, to)) return true;
  if (from.base == to.base || is_string(to)) return true;
  if (rank(numbers, from.base) >= 0 && rank(numbers, to.base) >= 0) return true;
  if (rank(moments, from.base) >= 0 && rank(moments, to.base) >= 0) return true;
  return both("json", "jsonb", from, to) || both("inet", "cidr", from, to) || both("bit", "bit varying", from, to) ||
         both("time without time zone", "time with time zone", from, to) ||
         both("time without time zone", "interval", from, to);
}

int modifier(const Type& type, std::size_t at, int absent) {
  return at < type.modifiers.size() ? type.modifiers[at] : absent;
}

// What names something by its oid is kept as that oid.
bool is_oid_to_name(const Type& from, const Type& to) {
  const auto names = [](const Type& type) { return !type.user_defined() && type.base.starts_with("reg"); };
  return from.array == to.array && ((from.base == "oid" && names(to)) || (names(from) && to.base == "oid"));
}

constexpr int unbounded = 1 << 30;

bool same_bytes(const Type& from, const Type& to) {
  if (from.array || to.array) return from.array == to.array && from.base == to.base && from.modifiers == to.modifiers;
  if ((from.base == "character varying" || from.base == "text") &&
      (to.base == "text" || to.base == "character varying"))
    return modifier(to, 0, unbounded) >= modifier(from, 0, unbounded);
  if ((from.base == "cidr" && to.base == "inet") || is_oid_to_name(from, to)) return true;
  if (from.base != to.base) return false;
  if (from.base == "numeric")
    return to.modifiers.empty() || (!from.modifiers.empty() && modifier(to, 0, 0) >= modifier(from, 0, 0) &&
                                    modifier(to, 1, 0) == modifier(from, 1, 0));
  if (from.base == "character" || from.base == "bit") return from.modifiers == to.modifiers;
  return modifier(to, 0, unbounded) >= modifier(from, 0, unbounded);
}

// Digits before the point that every value of the type may have.
int digits(const Type& type) {
  constexpr int whole[] = {5, 10, 19};
  if (const int at = rank(numbers, type.base); at >= 0 && at < 3) return whole[at];
  return type.base == "numeric" && !type.modifiers.empty() ? modifier(type, 0, 0) - modifier(type, 1, 0) : unbounded;
}
bool whole(const Type& type) { return rank(numbers, type.base) >= 0 && rank(numbers, type.base) < 3; }

// From each every value comes back out of the other.
constexpr std::pair<std::string_view, std::string_view> lossless[] = {{"jsonb", "json"},
                                                                      {"cidr", "inet"},
                                                                      {"macaddr", "macaddr8"},
                                                                      {"boolean", "integer"},
                                                                      {"\"char\"", "integer"},
                                                                      {"oid", "bigint"},
                                                                      {"money", "numeric"},
                                                                      {"bit", "bit varying"},
                                                                      {"bit varying", "bit"},
                                                                      {"time without time zone", "time with time zone"},
                                                                      {"time without time zone", "interval"},
                                                                      {"int4range", "int8range"},
                                                                      {"int4range", "numrange"},
                                                                      {"int8range", "numrange"},
                                                                      {"int4multirange", "int8multirange"},
                                                                      {"int4multirange", "nummultirange"},
                                                                      {"int8multirange", "nummultirange"},
                                                                      {"int4range", "int4multirange"},
                                                                      {"int8range", "int8multirange"},
                                                                      {"numrange", "nummultirange"},
                                                                      {"daterange", "datemultirange"},
                                                                      {"tsrange", "tsmultirange"},
                                                                      {"tstzrange", "tstzmultirange"}};

bool is_lossless(const Type& from, const Type& to) {
  return std::ranges::count(lossless, std::pair<std::string_view, std::string_view>(from.base, to.base)) > 0;
}

bool may_fail(const Type& from, const Type& to) {
  if (from.array != to.array) return !is_string(to) || to.array || !to.modifiers.empty();
  if (rank(numbers, from.base) >= 0 && rank(numbers, to.base) >= 0) return digits(to) < digits(from);
  if (is_string(to)) return modifier(to, 0, unbounded) < (is_string(from) ? modifier(from, 0, unbounded) : unbounded);
  if (to.base == "bit" || to.base == "bit varying")  // a bit(n) is neither padded nor cut
    return to.base != from.base || to.modifiers != from.modifiers;
  if (from.base == to.base || both("json", "jsonb", from, to)) return false;
  if (both("time without time zone", "time with time zone", from, to)) return false;
  if (is_lossless(from, to) && to.modifiers.empty()) return false;
  return !(rank(moments, from.base) >= 0 && rank(moments, to.base) >= 0);
}

}  // namespace

namespace {
enum class Family { number, moment, time, interval, boolean, uuid, json, bytes, network, bits, money, other };
Family family(const Type& type) {
  using enum Family;
  static constexpr std::pair<std::string_view, Family> others[] = {{"time without time zone", time},
                                                                   {"time with time zone", time},
                                                                   {"interval", interval},
                                                                   {"boolean", boolean},
                                                                   {"uuid", uuid},
                                                                   {"json", json},
                                                                   {"jsonb", json},
                                                                   {"bytea", bytes},
                                                                   {"inet", network},
                                                                   {"cidr", network},
                                                                   {"bit", bits},
                                                                   {"bit varying", bits},
                                                                   {"money", money}};
  if (rank(numbers, type.base) >= 0) return number;
  if (rank(moments, type.base) >= 0) return moment;
  for (const auto& [base, its] : others)
    if (type.base == base) return its;
  return other;
}

bool is_range(const Type& type) { return !type.user_defined() && type.base.ends_with("range"); }

// A multirange reads no text of a range.
bool is_own_multirange(const Type& from, const Type& to) {
  const std::string_view of = std::string_view(from.base).substr(0, from.base.size() - 5);
  return is_range(from) && to.base == concat(of, "multirange");
}

// Those of pg_cast that every version has.
constexpr std::pair<std::string_view, std::string_view> cast_by_shape[] = {
    {"point", "box"},        {"lseg", "point"},   {"box", "point"},    {"box", "lseg"},       {"box", "polygon"},
    {"box", "circle"},       {"path", "polygon"}, {"polygon", "path"}, {"polygon", "point"},  {"polygon", "box"},
    {"polygon", "circle"},   {"circle", "point"}, {"circle", "box"},   {"circle", "polygon"}, {"macaddr", "macaddr8"},
    {"macaddr8", "macaddr"}, {"xid8", "xid"}};

bool is_numbered(const Type& type) {
  return !type.user_defined() && (type.base == "oid" || type.base.starts_with("reg"));
}
bool is_whole(const Type& type) { return type.base == "integer" || type.base == "bigint"; }

// Of built-in types that are no strings, whether pg_cast may hold a way from one to the other.
bool castable(const Type& from, const Type& to) {
  using enum Family;
  if (is_range(from) || is_range(to)) return is_own_multirange(from, to);
  const Family a = family(from), b = family(to);
  if (a == number && to.base == "\"char\"") return from.base == "integer";
  if (b == number && from.base == "\"char\"") return to.base == "integer";
  if (a == other || b == other) {
    if (from.base == to.base || (is_numbered(from) && is_whole(to)) || (is_whole(from) && is_numbered(to))) return true;
    return std::ranges::count(cast_by_shape, std::pair<std::string_view, std::string_view>(from.base, to.base)) > 0;
  }
  if (a == b) return true;
  const auto both_are = [&](std::string_view x, std::string_view y) { return quoin::both(x, y, from, to); };
  return both_are("integer", "boolean") || both_are("integer", "bit") || both_are("bigint", "bit") ||
         both_are("numeric", "money") || (to.base == "money" && is_whole(from)) ||
         both_are("time without time zone", "interval") || (from.base == "jsonb" && (b == number || b == boolean)) ||
         (to.base == "time without time zone" && from.base.starts_with("timestamp")) ||
         (to.base == "time with time zone" && from.base == "timestamp with time zone");
}

// Where pg_cast has no way: what it has one to, and one on from, with the meaning that a person would expect.
std::string_view type_between(const Type& from, const Type& to) {
  using enum Family;
  const Family a = family(from), b = family(to);
  const auto is = [&](Family x, Family y) { return (a == x && b == y) || (a == y && b == x); };
  if (is(number, boolean)) return "integer";
  if (is(number, money)) return "numeric";
  if (is(number, bits) && (from.base == "bit" || to.base == "bit")) return "bigint";
  if ((is_numbered(from) && b == number) || (a == number && is_numbered(to))) return "bigint";
  if (is_numbered(from) && is_numbered(to)) return "oid";
  if (is(time, interval)) return "time without time zone";
  if (a == moment && to.base == "time with time zone") return "timestamp with time zone";
  if (a == moment && b == time) return "timestamp without time zone";
  return {};
}
}  // namespace

Text cast_between(std::string_view from, std::string_view to, std::string_view to_name) {
  const Type before = type_of(from), after = type_of(to);
  // The cast itself takes 15 digits of a double precision and 6 of a real.
  const bool is_float = before.base == "double precision" || before.base == "real";
  if (is_float && after.base == "numeric" && before.array == after.array)
    return concat(before.array ? "::text[]::" : "::text::", to_name);
  if (assignable(before, after)) return {};
  const bool no_cast =
      before.array != after.array ? before.array || !is_string(before) : !is_string(before) && !castable(before, after);
  const std::string_view between = no_cast && before.array == after.array ? type_between(before, after) : "";
  if (!between.empty()) return concat("::", between, after.array ? "[]" : "", "::", to_name);
  const bool through_text = no_cast || (before.user_defined() && !before.array) ||
                            (after.user_defined() && !is_string(before)) || (before.user_defined() && before.array);
  const std::string_view text = !through_text ? "" : before.array && after.array ? "::text[]" : "::text";
  return concat(text, "::", to_name);
}

bool are_of_a_sort(std::string_view from, std::string_view to) {
  const Type before = type_of(from), after = type_of(to);
  if (before.user_defined() || after.user_defined() || before.array != after.array) return false;
  if (before.base == after.base || (is_string(before) && is_string(after))) return true;
  const Family family = quoin::family(before);
  return (family == Family::number || family == Family::moment) && family == quoin::family(after);
}

bool changes_meaning(const Object& rebuilt, const Users& users) {
  if (rebuilt.id->kind != &column_kind) return false;
  const Object *before = users.from.find(rebuilt.id), *after = users.to.find(rebuilt.id);
  return before && after && !are_of_a_sort((*before)[column_fields.type], (*after)[column_fields.type]);
}

namespace {
// What decides, besides the value, what it becomes: a setting of the session that runs the migration.
struct Setting {
  std::string_view name, decides, instead;
};

bool between_zones(const Type& from, const Type& to) {
  const auto in_range = [](const Type& type, std::string_view of) {
    return is_range(type) && type.base.starts_with(of);
  };
  const auto zoned = [&](const Type& type) { return type.base.ends_with("with time zone") || in_range(type, "tstz"); };
  const auto timed = [&](const Type& type) {
    return rank(moments, type.base) >= 0 || type.base.starts_with("time ") || in_range(type, "ts") ||
           in_range(type, "date");
  };
  if (zoned(from) == zoned(to)) return false;
  return timed(from) ? timed(to) || is_string(to) : is_string(from);
}

Setting deciding_setting(const Type& from, const Type& to) {
  if (between_zones(from, to) && (is_range(from) || is_range(to)))
    return {"TimeZone", "which time each bound becomes", "SET TimeZone before it"};
  if (between_zones(from, to) && from.base != "time with time zone")
    return {"TimeZone", "which time each value becomes", "USING … AT TIME ZONE 'UTC', or whichever zone they are of"};
  const auto [other, string] = is_string(from) ? std::pair{&to, true} : std::pair{&from, is_string(to)};
  const Family family = quoin::family(*other);
  if (string && family == Family::moment)
    return {"DateStyle", "whether a day or a month comes first", "USING to_date() or to_char() with a format"};
  if (family == Family::money && (string || quoin::family(from) != quoin::family(to)))
    return {"lc_monetary", "how many of its digits are a fraction, and how it is written", "SET lc_monetary before it"};
  if (string && family == Family::interval)
    return {"IntervalStyle", "how an interval is written and its sign read", "SET IntervalStyle before it"};
  if (is_string(to) && family == Family::bytes)
    return {"bytea_output", "how bytes are written", "USING encode() with a format"};
  return {};
}
}  // namespace

namespace {
bool loses_digits(const Type& from, const Type& to) {
  const int a = rank(numbers, from.base), b = rank(numbers, to.base);
  if (whole(to)) return !whole(from);
  if (to.base == "numeric")
    return !to.modifiers.empty() && modifier(to, 1, 0) < (whole(from)              ? 0
                                                          : from.modifiers.empty() ? unbounded
                                                                                   : modifier(from, 1, 0));
  return to.base == "real" ? from.base != "smallint" && a != b : from.base == "numeric" || from.base == "bigint";
}

constexpr int finest = 6;  // digits of a second
bool loses_time(const Type& from, const Type& to) {
  if (rank(moments, to.base) < rank(moments, from.base)) return true;
  return from.base != "date" && modifier(to, 0, finest) < modifier(from, 0, finest);
}

// Bits fail where they do not fit, others are rounded.
bool keeps_values(const Type& from, const Type& to) {
  if (from.array != to.array) return false;
  const bool is_rounded = family(to) != Family::bits && modifier(to, 0, unbounded) < modifier(from, 0, unbounded);
  if (from.base == to.base) return !is_rounded;
  if (to.base == "interval" && from.base.starts_with("interval ")) return !is_rounded;
  if (!to.modifiers.empty() && family(to) != Family::bits) return false;
  return is_lossless(from, to);
}

// Between types of the server's own, what is not known to be kept is lost. Text that is too long fails instead.
std::string_view what_is_lost(const Type& from, const Type& to) {
  if (from.user_defined() || to.user_defined()) return {};
  const Family a = family(from), b = family(to);
  const bool same_shape = from.array == to.array;
  if (is_string(to) && (same_shape || !to.array)) {
    if (!is_string(from)) return {};
    if (to.base == "character" && from.base != to.base) return "blanks at the end are not kept";
    return may_fail(from, to) ? "blanks at the end that are too many are cut" : "";
  }
  if (is_string(from) && same_shape) return "leading zeros, blanks and other spellings of a value are not kept";
  if (same_shape && a == b && a == Family::number) return loses_digits(from, to) ? "values lose precision" : "";
  if (same_shape && a == b && a == Family::moment) return loses_time(from, to) ? "values lose precision" : "";
  if (keeps_values(from, to)) return {};
  if (same_shape && from.base == to.base) return "values lose precision";
  if (from.base == "json" && to.base == "jsonb")
    return "the order of keys, all but the last of equal ones, blanks and spellings are not kept";
  return "not every value can be had back from what it becomes";
}
}  // namespace

bool keeps_too_little(std::string_view from, std::string_view to) {
  const Type before = type_of(from), after = type_of(to);
  const bool only_blanks = is_string(before) && is_string(after) && before.array == after.array;
  return !same_bytes(before, after) && !only_blanks && !what_is_lost(before, after).empty();
}

std::vector<Hazard> retyping_hazards(std::string_view what, std::string_view from, std::string_view to) {
  const Type before = type_of(from), after = type_of(to);
  if (same_bytes(before, after)) return {};
  std::vector<Hazard> hazards;
  if (may_fail(before, after)) hazards.push_back({"may-fail", concat(what, ": fails where a value does not fit")});
  if (const std::string_view lost = what_is_lost(before, after); !lost.empty())
    hazards.push_back({"data-loss", concat(what, ": ", lost)});
  if (const Setting setting = deciding_setting(before, after); !setting.name.empty())
    hazards.push_back({"settings", concat(what, ": the session's ", setting.name, " decides ", setting.decides,
                                          "; say it outright: ", setting.instead)});
  hazards.push_back({"rewrite", concat(what, ": rewrites or scans every row of the table under an exclusive lock")});
  return hazards;
}

std::string_view own_storage(std::string_view type) {
  static constexpr std::string_view plain[] = {"boolean",
                                               "smallint",
                                               "integer",
                                               "bigint",
                                               "real",
                                               "double precision",
                                               "money",
                                               "date",
                                               "time without time zone",
                                               "time with time zone",
                                               "timestamp without time zone",
                                               "timestamp with time zone",
                                               "interval",
                                               "uuid",
                                               "oid",
                                               "\"char\"",
                                               "name",
                                               "point",
                                               "lseg",
                                               "box",
                                               "line",
                                               "circle",
                                               "macaddr",
                                               "macaddr8",
                                               "pg_lsn",
                                               "tsquery"};
  static constexpr std::string_view extended[] = {"json", "jsonb",       "jsonpath", "bytea", "xml",
                                                  "bit",  "bit varying", "tsvector", "path",  "polygon"};
  const Type own = type_of(type);
  if (own.array) return "EXTENDED";
  if (std::ranges::count(plain, own.base) > 0) return "PLAIN";
  const bool is_range = own.base.ends_with("range") && own.base.find('.') == own.base.npos;
  if (is_range || is_string(own) || std::ranges::count(extended, own.base) > 0) return "EXTENDED";
  return own.base == "numeric" || own.base == "inet" || own.base == "cidr" ? "MAIN" : "DEFAULT";
}

}  // namespace quoin
