// Reads a .env file, as other tools do.
#pragma once
#include "project/settings.h"

namespace quoin {

/// Reads `file`, or where that is empty, .env in the working folder, if it is there. Lines are NAME=value, with
/// `export` before and quotes around as in a shell; ${NAME} is filled in outside of single quotes. Throws
/// Error(Code::input) with the place of a line that is none of these, and for a file that was named and is not there.
EnvVariables read_env_file(const Text& file);

/// `value` with each ${NAME} filled in; what is not set reads as empty, and is added to `unset`.
Text expanded(std::string_view value, const EnvVariables&, List& unset);

}  // namespace quoin
