// Reads files, and writes them so that a failure loses nothing.
#pragma once
#include <filesystem>

#include "core/base/text.h"

namespace quoin {

/// Reads a whole file. Throws Error(Code::input) that names it, also where it is a pipe or a device, which might never
/// come to an end.
Text read_file(const std::filesystem::path&);
/// Reads a text file, without its byte order mark. Throws Error(Code::input) also where it is not UTF-8: with the place
/// of the first wrong byte, or the encoding that it seems to have.
Text read_text(const std::filesystem::path&);
/// The names in a folder, hidden ones too, ordered by bytes. Throws Error(Code::input) where it cannot be listed.
List names_in(const std::filesystem::path& folder);
/// Writes the content to a new file beside it and renames that over it, so that a reader never meets half a file. A
/// symbolic link stays, and the file that it names is written. A pipe that somebody reads, or a device such as
/// /dev/null, gets the content directly.
void write_file(const std::filesystem::path&, std::string_view content);
/// As write_file, but throws Error(Code::refused) where the file is there already.
void write_new_file(const std::filesystem::path&, std::string_view content);

}  // namespace quoin
