// A value that PL/pgSQL is known to have, and what can be made of values without running it.
#pragma once
#include <compare>
#include <optional>

#include "core/base/text.h"

namespace quoin {

struct KnownValue {
  enum class Kind { null, text, number, boolean, date, moment, span };
  Kind kind = Kind::null;
  Text text{};                        // of `text`
  std::int64_t number = 0;            // days, or seconds, since 1970; of a span its seconds
  std::int64_t months = 0, days = 0;  // of a span

  static KnownValue of_text(Text value) { return {Kind::text, std::move(value), 0, 0, 0}; }
  static KnownValue of(Kind kind, std::int64_t number) { return {kind, {}, number, 0, 0}; }
  static KnownValue of(bool value) { return of(Kind::boolean, value ? 1 : 0); }
  bool is_null() const { return kind == Kind::null; }
  bool operator==(const KnownValue&) const = default;
};

/// Nothing: only a server can tell.
using Perhaps = std::optional<KnownValue>;

/// As the server would write it; empty of null.
Text text_of(const KnownValue&);
/// The value as one of a type, "date"; of a type that is not known here the text that it is.
Perhaps cast(const KnownValue&, std::string_view type);
/// Of `||`, arithmetic and comparison: null where one of the values is.
Perhaps operation(std::string_view sign, const KnownValue& left, const KnownValue& right);
/// Nothing where they cannot be compared here.
std::optional<std::strong_ordering> compare(const KnownValue&, const KnownValue&);
/// A pattern of LIKE.
bool is_like(std::string_view text, std::string_view pattern);
/// Of ~ and its relatives, for a pattern that means the same to everyone: `~*` folds case, `!` turns it around.
Perhaps matches(std::string_view sign, const Text& text, const Text& pattern);
/// regexp_replace(text, pattern, replacement, flags).
Perhaps regexp_replaced(const std::vector<KnownValue>& arguments);
/// What a function of pg_catalog gives for these arguments.
Perhaps call(std::string_view function, const std::vector<KnownValue>& arguments);

}  // namespace quoin
