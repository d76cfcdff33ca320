// Runs other programs.
#pragma once
#include <chrono>
#include <stop_token>

#include "core/base/text.h"

namespace quoin {

/// How a program has ended, and what it has written.
struct ProgramEnd {
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

/// Runs a program without input. When its time is over, or a stop is requested, its process group gets SIGTERM, and
/// after some seconds SIGKILL. Does not wait for processes that it leaves in the background. Throws Error(Code::input)
/// where no process can be started at all.
ProgramEnd run_program(const ProgramRun&);
/// The same with environment_for(variables).
ProgramEnd run_program(const List& words, std::string_view variables = "GIT_");

/// The run of a command that a user has configured, by the shell: with the environment of this process, in a group of
/// its own, and keeping only the end of its output, since that may be a whole dump by mistake.
ProgramRun in_shell(const Text& command);

/// The variables of this process's environment that any program needs (PATH, HOME, LANG…), and those whose names begin
/// with `variables`, as "GIT_".
List environment_for(std::string_view variables);
/// The environment of this process with these variables set ("NAME=value") or removed ("NAME").
List environment_with(const List& variables);

}  // namespace quoin
