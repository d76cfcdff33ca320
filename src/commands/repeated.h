// Commands in hints, with the options that they need in this project.
#pragma once
#include "commands/command.h"
#include "project/fleet.h"

namespace quoin {

/// The words of a hint, with the common options that are in use put behind each "quoin" that a command follows, so that
/// the hint is about the same configuration and database. A database URL with a password is not repeated: "--database
/// URL".
Text repeating_options(std::string_view words, const CommandLine&);

/// The findings with such hints.
Findings repeating_options(Findings, const CommandLine&);
/// The command line of a command about one target of many, as its hints have it.
CommandLine aimed_at(const Target&, const CommandLine&);

/// A word as a shell takes it: quoted where it must be.
Text shell_word(std::string_view);

}  // namespace quoin
