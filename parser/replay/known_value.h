// A value that an expression of PL/pgSQL is known to have, and what functions and operators make of such values.
#pragma once
#include <compare>
#include <optional>

#include "core/base/text.h"

namespace quoin {

struct KnownValue {
  enum class Kind { null, text, number, boolean, date, timestamp, interval };
  Kind kind = Kind::null;
  Text text{};                        // of `text`
  std::int64_t number = 0;            // days, or seconds, since 1970; of an interval its seconds
  std::int64_t months = 0, days = 0;  // of an interval

  static KnownValue of_text(Text value) { return {Kind::text, std::move(value), 0, 0, 0}; }
  static KnownValue of(Kind kind, std::int64_t number) { return {kind, {}, number, 0, 0}; }
  static KnownValue of(bool value) { return of(Kind::boolean, value ? 1 : 0); }
  bool is_null() const { return kind == Kind::null; }
  bool operator==(const KnownValue&) const = default;
};

/// No value: only a server can tell.
using MaybeValue = std::optional<KnownValue>;

/// The value's text, as the server casts it to text; empty for NULL.
Text text_of(const KnownValue&);
/// The value cast to a type, named as print_type does: "date". For a type that is not known here its text.
MaybeValue cast(const KnownValue&, std::string_view type);
/// The result of `||`, arithmetic, comparison or a regular expression; NULL where one of the values is.
MaybeValue operation(std::string_view sign, const KnownValue& left, const KnownValue& right);
/// The order of two values that are not NULL; no value: they cannot be compared here. Texts are compared by bytes, so
/// that only equality is the server's.
std::optional<std::strong_ordering> compare(const KnownValue&, const KnownValue&);
/// True if `text LIKE pattern`, with backslash as the escape character.
bool is_like(std::string_view text, std::string_view pattern);
/// The result of `~`, `~*`, `!~` or `!~*`; no value for a pattern that std::regex may read otherwise than the server.
MaybeValue matches(std::string_view sign, const Text& text, const Text& pattern);
/// regexp_replace(text, pattern, replacement, flags).
MaybeValue regexp_replaced(const std::vector<KnownValue>& arguments);
/// The result of a function of pg_catalog for these arguments; no value: it is none that is known here, or would fail.
MaybeValue call(std::string_view function, const std::vector<KnownValue>& arguments);

}  // namespace quoin
