#include <cstdlib>
#include <cstring>

#include "core/sql/ast_parse.h"
#include "pg_query.h"

// libpg_query of Debian's later suites calls functions that the C library of Debian 12 lacks. They stand in a file that
// is always linked, since libpg_query comes after quoin's own archive.
#if defined(__GLIBC__) && (__GLIBC__ == 2 && __GLIBC_MINOR__ < 38)
extern "C" {
unsigned long __isoc23_strtoul(const char* text, char** end, int base);
std::size_t strlcpy(char* to, const char* from, std::size_t size) noexcept;

__attribute__((weak)) unsigned long __isoc23_strtoul(const char* text, char** end, int base) {
  return std::strtoul(text, end, base);
}

__attribute__((weak)) std::size_t strlcpy(char* to, const char* from, std::size_t size) noexcept {
  const std::size_t length = std::strlen(from);
  if (size > 0) {
    const std::size_t taken = length < size ? length : size - 1;
    std::memcpy(to, from, taken);
    to[taken] = '\0';
  }
  return length;
}
}
#endif

namespace quoin::ast {

int grammar() { return PG_VERSION_NUM / 10000; }

}  // namespace quoin::ast
