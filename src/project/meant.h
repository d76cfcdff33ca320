// `-- quoin: nolint`: findings that the migration itself says are meant.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

/// Removes each finding whose own section has `-- quoin: nolint RULE: WHY` for its rule. A directive that removes none
/// is a finding itself (unused-nolint), unless the rule is another command's.
void leave_out_meant(std::span<const Migration>, Findings&);

}  // namespace quoin
