// Constants as the server prints them, where that can be told without one.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// The text of a constant of that type (named as print_type does) as the server spells it: '1970-01-01' of a timestamp
/// is '1970-01-01 00:00:00', '90 day' of an interval '90 days'. A text whose spelling is not certain stays as it is.
Text literal_of(std::string_view type, std::string_view text);

}  // namespace quoin
