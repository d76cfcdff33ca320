// Dates and times, as far as names of objects are made of them.
#pragma once
#include "parser/replay/known_value.h"

namespace quoin::dates {

/// When it is now: the hour of SOURCE_DATE_EPOCH where that is set. In UTC, as all times here.
KnownValue now();
Perhaps date_from(std::string_view text);
Perhaps moment_from(std::string_view text);
Perhaps span_from(std::string_view text);
Perhaps make_date(std::int64_t year, std::int64_t month, std::int64_t day);
/// A date becomes its beginning.
KnownValue moment(const KnownValue& date_or_moment);
/// The day of a moment.
KnownValue date(const KnownValue& date_or_moment);
Perhaps add(const KnownValue& date_or_moment, const KnownValue& span, int sign);
Perhaps truncate(std::string_view unit, const KnownValue& date_or_moment);
/// EXTRACT(unit FROM …).
Perhaps part(std::string_view unit, const KnownValue& date_or_moment);
/// to_char(date_or_moment, pattern).
Perhaps shown(const KnownValue& date_or_moment, std::string_view pattern);
Text text_of(const KnownValue& date_moment_or_span);

}  // namespace quoin::dates
