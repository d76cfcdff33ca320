// Golden cases: a folder each, and files that are held against what is written now.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/base/files.h"
#include "tests/catch.h"

namespace quoin {

/// QUOIN_UPDATE=1 writes the file anew instead.
inline void expect_file(const std::filesystem::path& path, const Text& content) {
  if (std::getenv("QUOIN_UPDATE")) {
    write_file(path, content);
    return;
  }
  INFO(path.string() << " (QUOIN_UPDATE=1 writes it anew)");
  CHECK(read_file(path) == content);
}

/// The folders of tests/cases/<name>, in order; with QUOIN_CASE=part those alone whose names have it.
inline std::vector<std::filesystem::path> golden_cases(const char* name) {
  const char* only = std::getenv("QUOIN_CASE");
  std::vector<std::filesystem::path> found;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(QUOIN_SOURCE_DIR) / "tests" / "cases" / name))
    if (!only || entry.path().filename().string().find(only) != Text::npos) found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

}  // namespace quoin
