#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

namespace quoin {
namespace {
constexpr std::size_t most_threads = 8, blocks_a_core = 16, largest_block = 16;
}  // namespace

void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  const std::size_t cores = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, most_threads);
  // Taken at once, so that threads seldom meet; small enough that all have work to the end.
  const std::size_t block = std::clamp<std::size_t>(count / (cores * blocks_a_core), 1, largest_block);
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t first = next.fetch_add(block); first < count; first = next.fetch_add(block))
      for (std::size_t i = first; i < std::min(first + block, count); ++i) work(i);
  };
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < cores && i * block < count; ++i) others.push_back(std::async(std::launch::async, take));
  take();
  for (std::future<void>& other : others) other.get();
}

}  // namespace quoin
