// Catch2 2 and 3, whichever the machine has; and what most tests ask.
#pragma once
#include <string_view>

#if QUOIN_CATCH2_MAJOR >= 3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

namespace quoin {

inline bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace quoin
