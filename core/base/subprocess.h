// Another program, run to its end.
#pragma once
#include <chrono>
#include <stop_token>

#include "core/base/text.h"

namespace quoin {

struct Ended {
  enum class By { itself, time, stop };
  By by = By::itself;
  int status = 0;  // its exit code; 128 and more: a signal ended it; 127: there is no such program
  Text out, err;
};

/// How a program is run.
struct ProgramRun {
  enum class Streams { apart, together };  // together: all that it writes is `out`, as it came
  enum class Group { ours, own };          // own: what a terminal sends this process does not reach it
  List words;                              // its name, found along PATH, and its arguments: no shell sees them
  List environment;                        // "NAME=value", all that it gets
  Text folder{};                           // where it works; empty: where this process does
  std::chrono::milliseconds at_most{};     // 0: as long as it takes; else it has a group of its own
  std::stop_token stop{};                  // likewise
  std::size_t kept = 0;                    // of each stream, the last bytes; 0: all of it
  Streams streams = Streams::apart;
  Group group = Group::ours;
};

/// Runs it without input. When its time is over, or a stop is asked for, its whole group is told to end, and killed
/// where it has not after some seconds. What it leaves running in the background is not waited for. Throws
/// Error(Code::input) where no program can be started at all.
Ended run_program(const ProgramRun&);
/// With an environment_for() these.
Ended run_program(const List& words, std::string_view variables = "GIT_");

/// A command that a user has written down, for the shell: with the environment of this process, in a group of its own,
/// and of what it writes the end, since who writes a dump to stdout by mistake shall not fill the memory.
ProgramRun in_shell(const Text& command);

/// What says where and for whom a program runs (PATH, HOME, LANG…), and what begins with `variables`, as "GIT_".
List environment_for(std::string_view variables);
/// That of this process with these over it: "NAME=value"; "NAME" alone takes one away.
List environment_with(const List& variables);

}  // namespace quoin
