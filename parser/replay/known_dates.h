// Values of date, timestamp and interval, as far as SQL makes names of objects from them. All are in UTC and whole
// seconds.
#pragma once
#include "parser/replay/known_value.h"

namespace quoin::dates {

/// The time of the replay, the same in the whole process: SOURCE_DATE_EPOCH where that is set, else the present second.
KnownValue now();
/// A value from its text; no value: the text is no such value, or has more than is read here.
MaybeValue date_from(std::string_view text);
MaybeValue timestamp_from(std::string_view text);
MaybeValue interval_from(std::string_view text);
/// No value for a date that does not exist, or is outside of the years 1 to 9999.
MaybeValue make_date(std::int64_t year, std::int64_t month, std::int64_t day);
/// A date as the timestamp of its midnight; a timestamp as it is.
KnownValue timestamp(const KnownValue& date_or_timestamp);
/// The date of a timestamp; a date as it is.
KnownValue date(const KnownValue& date_or_timestamp);
/// date ± interval, as timestamp_pl_interval() has it; `sign`: 1 or -1.
MaybeValue add(const KnownValue& date_or_timestamp, const KnownValue& interval, int sign);
/// date_trunc(unit, …).
MaybeValue truncate(std::string_view unit, const KnownValue& date_or_timestamp);
/// EXTRACT(unit FROM …).
MaybeValue part(std::string_view unit, const KnownValue& date_or_timestamp);
/// to_char(date_or_timestamp, pattern).
MaybeValue shown(const KnownValue& date_or_timestamp, std::string_view pattern);
Text text_of(const KnownValue& date_timestamp_or_interval);

}  // namespace quoin::dates
