// Memory for a program that soon needs much of it, in many small pieces.
#pragma once

namespace quoin {

/// Reserves room for the heap in large pages, where the system has such: to get a hundred megabytes in small pages
/// takes a tenth of the time of a whole command. Memory is not taken before it is used. Call it when a program starts;
/// does nothing where the system cannot.
void ask_for_large_pages();

}  // namespace quoin
