// Runs the command line: reads options, shows help, and turns errors into exit codes.
#pragma once
#include <span>

#include "commands/command.h"

namespace quoin {
int run(std::span<const Command* const> commands, int argc, char** argv);
}  // namespace quoin
