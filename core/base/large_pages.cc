#include "core/base/large_pages.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace quoin {

void ask_for_large_pages() {
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
  constexpr std::uintptr_t large = std::uintptr_t{2} << 20U, room = 64 * large;
  constexpr int never = 1 << 30, most = 32 << 20, less_often = 4 << 20;
  const auto end_of_heap = [] { return reinterpret_cast<std::uintptr_t>(sbrk(0)); };
  mallopt(M_TRIM_THRESHOLD, never);  // what was given back would only be asked for again
  mallopt(M_MMAP_THRESHOLD, most);
  mallopt(M_TOP_PAD, static_cast<int>(room));
  // The heap grows by what it lacks and the room besides, since this is more than it can have by now.
  const std::uintptr_t before = end_of_heap();
  void* volatile some = std::malloc(less_often);  // volatile, or the compiler leaves both out
  std::free(some);
  mallopt(M_TOP_PAD, less_often);
  if (end_of_heap() < before + room) return;
  const std::uintptr_t begin = (before + large - 1) / large * large, end = end_of_heap() / large * large;
  madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

}  // namespace quoin
