// Files, read and written so that nothing a user has is lost.
#pragma once
#include <filesystem>

#include "base/text.h"

namespace quoin {

/// The whole file. Throws Error(Code::input) naming it.
Text read_file(const std::filesystem::path&);
/// Written to a new file beside it and renamed over it, so that a reader never meets half a file.
void write_file(const std::filesystem::path&, std::string_view content);
/// As write_file, but throws Error(Code::refused) where the file is there already.
void write_new_file(const std::filesystem::path&, std::string_view content);

}  // namespace quoin
