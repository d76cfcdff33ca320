// Versions whose order may not be the one that their author meant.
#pragma once
#include "core/base/error.h"
#include "parser/migrations/migration.h"

namespace quoin {

/// Warns (rule odd-version) of versions that look like a date and time that does not exist, and of a year among
/// timestamps.
void tell_odd_versions(const std::vector<Migration>&, Findings&);

}  // namespace quoin
