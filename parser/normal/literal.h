// Constants as the server prints them, where that can be told without one.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// The text of a constant of that type (as print_type says it) in the server's spelling: '1970-01-01' of a timestamp is
/// '1970-01-01 00:00:00', '90 day' of an interval '90 days'. What is not surely known stays as it is.
Text literal_of(std::string_view type, std::string_view text);

}  // namespace quoin
