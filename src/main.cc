// The command table.
#include "command.h"
#include "options.h"

namespace {
const quoin::Command* const commands[] = {
#define QUOIN_COMMAND(name) &quoin::name##_command,
    QUOIN_COMMANDS
#undef QUOIN_COMMAND
};
}  // namespace

int main(int argc, char** argv) { return quoin::run(commands, argc, argv); }
