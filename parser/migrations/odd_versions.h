// Versions that are read otherwise than whoever wrote them may think.
#pragma once
#include "core/base/error.h"
#include "parser/migrations/migration.h"

namespace quoin {

/// Warns (rule odd-version) of what looks like a date and time that there is not, and of a year among timestamps.
void tell_odd_versions(const std::vector<Migration>&, Findings&);

}  // namespace quoin
