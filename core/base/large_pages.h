// Memory for a program that soon needs much of it, in many small pieces.
#pragma once

namespace quoin {

/// Has the heap begin with room in large pages, where the system gives such: it hands memory out a page at a time, and
/// to be given a hundred megabytes in small ones takes a tenth of the time of a whole command. Nothing is taken before
/// it is used. For the start of a program; does nothing where it cannot.
void ask_for_large_pages();

}  // namespace quoin
