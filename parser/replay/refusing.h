// Scripts that say by themselves that they cannot run.
#pragma once
#include <optional>

#include "core/base/text.h"

namespace quoin {

/// The message of the RAISE that a DO comes to whatever is the case; no value: there is none.
std::optional<Text> refusal_in(std::string_view sql);

}  // namespace quoin
