// Catch2 2 and 3, whichever the machine has.
#pragma once
#if QUOIN_CATCH2_MAJOR >= 3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
