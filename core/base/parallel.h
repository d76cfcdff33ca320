// Work on many things at once.
#pragma once
#include <functional>
#include <vector>

namespace quoin {

/// Calls `work(i)` for every i below `count`, on as many threads as the machine has cores, and returns when all have
/// ended. What one throws is thrown here. `work` must be safe to run beside itself.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace quoin
