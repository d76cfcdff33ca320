#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

namespace quoin {
namespace {
constexpr std::size_t most_threads = 8, blocks_a_core = 16, largest_block = 16;

/// Each thread takes so many numbers at once.
template <class Work>
void divide(std::size_t count, std::size_t threads, std::size_t block, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> goes_on = true;
  const auto take = [&] {
    for (std::size_t first = next.fetch_add(block); first < count && goes_on; first = next.fetch_add(block))
      for (std::size_t i = first; i < std::min(first + block, count) && goes_on; ++i)
        if (!work(i)) goes_on = false;
  };
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < threads && i * block < count; ++i) others.push_back(std::async(std::launch::async, take));
  take();
  for (std::future<void>& other : others) other.get();
}
}  // namespace

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  const std::size_t cores = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most_threads);
  // Taken at once, so that threads seldom meet; small enough that all have work to the end.
  const std::size_t block = std::clamp<std::size_t>(count / (cores * blocks_a_core), 1, largest_block);
  divide(count, cores, block, [&](std::size_t i) { return work(i), true; });
}

void side_by_side(std::size_t count, std::size_t threads, const std::function<bool(std::size_t)>& work) {
  divide(count, threads, 1, work);
}

}  // namespace quoin
