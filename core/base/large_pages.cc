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
  constexpr std::ptrdiff_t large = std::ptrdiff_t{2} << 20U, room = 64 * large;
  constexpr int never = 1 << 30, most = 32 << 20, less_often = 4 << 20;
  const auto end_of_heap = [] { return static_cast<char*>(sbrk(0)); };
  mallopt(M_TRIM_THRESHOLD, never);  // what was given back would only be asked for again
  mallopt(M_MMAP_THRESHOLD, most);
  mallopt(M_TOP_PAD, static_cast<int>(room));
  // The heap grows by what it lacks and the room besides, since this is more than it can have by now.
  char* const before = end_of_heap();
  void* volatile some = std::malloc(less_often);  // volatile, or the compiler leaves both out
  std::free(some);
  mallopt(M_TOP_PAD, less_often);
  const std::ptrdiff_t grown = end_of_heap() - before;
  if (grown < room) return;
  const auto beyond = static_cast<std::ptrdiff_t>(reinterpret_cast<std::uintptr_t>(before) % std::uintptr_t{large});
  const std::ptrdiff_t skipped = (large - beyond) % large;
  madvise(before + skipped, static_cast<std::size_t>((grown - skipped) / large * large), MADV_HUGEPAGE);
#endif
}

}  // namespace quoin
