// Files, read and written so that nothing a user has is lost.
#pragma once
#include <filesystem>

#include "core/base/text.h"

namespace quoin {

/// The whole file. Throws Error(Code::input) naming it, also where it is no file: a pipe or device is never waited for.
Text read_file(const std::filesystem::path&);
/// A file of text, without its byte order mark. Throws Error(Code::input) as well where it is not UTF-8: with the place
/// of the first wrong byte, or the encoding that it seems to be.
Text read_text(const std::filesystem::path&);
/// The names in a folder, hidden ones too, ordered by bytes. Throws Error(Code::input) where it cannot be listed.
List names_in(const std::filesystem::path& folder);
/// Written to a new file beside it and renamed over it, so that a reader never meets half a file. A link stays, and
/// what it names is written. Into a pipe that is read, or a device such as /dev/null, as it comes.
void write_file(const std::filesystem::path&, std::string_view content);
/// As write_file, but throws Error(Code::refused) where the file is there already.
void write_new_file(const std::filesystem::path&, std::string_view content);

}  // namespace quoin
