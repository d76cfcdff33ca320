// Commands that a hint tells somebody to run, as they have to be said in this project.
#pragma once
#include "commands/command.h"

namespace quoin {

/// The words with the options of every command that are in use put behind each "quoin" that a command follows, so that
/// the hint means the same configuration and database. A database with a password is not repeated: "--database URL".
Text repeating_options(std::string_view words, const CommandLine&);

/// A word as a shell takes it: quoted where it must be.
Text shell_word(std::string_view);

}  // namespace quoin
