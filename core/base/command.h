// A command that a user has written down, run by the shell.
#pragma once
#include <chrono>
#include <stop_token>

#include "core/base/text.h"

namespace quoin {

/// How a command is run.
struct CommandRun {
  Text command;
  List variables{};                     // "NAME=value", over those of this process; "NAME" alone takes one away
  Text folder{};                        // where it works; empty: where this process does
  std::chrono::milliseconds at_most{};  // 0: as long as it takes
  std::stop_token stop{};
};

struct CommandEnd {
  enum class By { itself, time, stop };
  By by = By::itself;
  int status = 0;  // its exit code; 128 and more: a signal ended it
  Text output;     // the end of what it wrote to stdout and stderr, as it came
};

/// Runs it by /bin/sh in a process group of its own, without input. When its time is over, or a stop is asked for, the
/// whole group is told to end, and killed where it has not after some seconds. What it leaves running in the background
/// is not waited for. Throws Error(Code::input) where it cannot be started at all.
CommandEnd run_command(const CommandRun&);

}  // namespace quoin
