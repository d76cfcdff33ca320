// What the fuzzers share. Each says at its head what must hold of any input.
#pragma once
#include <cstdio>
#include <cstdlib>

#include "core/base/error.h"

namespace quoin {

/// Ends the run, so that libFuzzer keeps the input.
[[noreturn]] inline void broken(std::string_view promise, std::string_view shown = {}) {
  std::fprintf(stderr, "BROKEN: %.*s\n%.*s\n", static_cast<int>(promise.size()), promise.data(),
               static_cast<int>(shown.size()), shown.data());
  std::abort();
}

inline std::string_view text_of(const unsigned char* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Any input may be refused; nothing may fail in another way.
template <class Work>
void may_refuse(Work work) {
  try {
    work();
  } catch (const Error& error) {
    if (error.code != Code::input) broken("an input fails with an error that is not about it", error.what());
  }
}

}  // namespace quoin
