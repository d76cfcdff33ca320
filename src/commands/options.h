// The command line: options, help, the edge where errors become exit codes.
#pragma once
#include <span>

#include "commands/command.h"

namespace quoin {
int run(std::span<const Command* const> commands, int argc, char** argv);
}  // namespace quoin
