// Findings of which a migration itself says that they are meant.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

/// Takes out each finding whose own section says `-- quoin: nolint RULE: WHY` of its rule. A directive that takes out
/// none is a finding itself (unused-nolint), unless another command tells of the rule.
void leave_out_meant(std::span<const Migration>, Findings&);

}  // namespace quoin
