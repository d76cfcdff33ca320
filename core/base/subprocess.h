// Another program, run to its end.
#pragma once
#include "core/base/text.h"

namespace quoin {

struct Ended {
  int status = 0;  // its exit code; 128 and more: a signal ended it; 127: there is no such program
  Text out, err;
};

/// Runs `words[0]`, found along PATH, with the rest as its arguments: no shell sees them. It reads nothing, and what it
/// writes is kept, all of it. Of the environment it gets what says where and for whom it runs (PATH, HOME, LANG…), and
/// what begins with `variables`, as "GIT_". Throws Error(Code::input) where no program can be started at all.
Ended run_program(const List& words, std::string_view variables = "GIT_");
/// As above; of what it writes, the last `kept` bytes. Throws Error(Code::input) where it takes more than `seconds`:
/// then it is ended, with all that it began.
struct ProgramLimits {
  int seconds = 60;
  std::size_t kept = 65536;
};
Ended run_program(const List& words, std::string_view variables, const ProgramLimits&);

}  // namespace quoin
