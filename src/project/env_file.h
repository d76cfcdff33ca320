// Variables from a .env file, as other tools read it.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// Sets what the environment does not have yet from `file`, or where that is empty, from .env in the working folder, if
/// it is there. Lines are NAME=value, with `export` before and quotes around as in a shell; ${NAME} is filled in
/// outside of single quotes. What the dynamic linker reads is left alone. Throws Error(Code::input) with the place of a
/// line that is none of these, and for a file that was named and is not there.
void read_env_file(const Text& file);

}  // namespace quoin
