// What a person should know of a section before it runs: why it cannot be one transaction, or run in batches.
#pragma once
#include <optional>

#include "runner/script.h"

namespace quoin::runner {

/// What read_script() would refuse of a batch line and its statement, with the place; no value: nothing.
std::optional<Error> fault_of_batches(const Section&);

/// A note, with place, of the first statement for which the section cannot be one transaction; no value: it is one, or
/// says itself that it is none.
std::optional<Finding> why_no_transaction(const Section&);

}  // namespace quoin::runner
