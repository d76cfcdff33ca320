// A plan for programs.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "project/routes.h"

namespace quoin {

/// Its steps, with what each changes, locks and endangers. `back`: the plan of the other direction.
nlohmann::ordered_json json_of(const Plan&, const Plan& back);

}  // namespace quoin
