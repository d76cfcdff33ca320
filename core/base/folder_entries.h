// What lies in a folder. Beside names_in() in core/base/files.cc.
#pragma once
#include <filesystem>
#include <vector>

#include "core/base/text.h"

namespace quoin {

struct FolderEntry {
  Text name;
  bool is_folder = false;  // of its own: a link to a folder is none
};
/// The entries of a folder, hidden ones too, ordered by the bytes of their names. Throws Error(Code::input) where it
/// cannot be listed.
std::vector<FolderEntry> entries_in(const std::filesystem::path& folder);

}  // namespace quoin
