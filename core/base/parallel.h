// Work on many things at once.
#pragma once
#include <functional>
#include <vector>

namespace quoin {

/// Calls `work(i)` for every i below `count`, on as many threads as the machine has cores, and returns when all have
/// ended. An exception of one call is thrown here. Calls of `work` must be safe to run at the same time.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);
/// The same on at most `threads` threads, one call at a time on each. After a call has returned false no other is
/// begun.
void side_by_side(std::size_t count, std::size_t threads, const std::function<bool(std::size_t)>& work);

}  // namespace quoin
