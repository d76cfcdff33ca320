// Scripts that refuse to run: a DO whose RAISE EXCEPTION stands under no condition.
#pragma once
#include <optional>

#include "core/base/text.h"

namespace quoin {

/// The message of that RAISE; no value: the script has none.
std::optional<Text> refusal_in(std::string_view sql);

}  // namespace quoin
