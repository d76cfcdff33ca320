// What is wrong in a quoin.yaml, as a person reads it.
#pragma once
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "project/config.h"

namespace quoin {

/// What a person reads of a quoin.yaml that cannot be read; "none": it can.
inline Text mistakes_in(const Text& text) {
  const auto file = std::filesystem::temp_directory_path() / concat("quoin-config-", std::to_string(getpid()), ".yaml");
  write_file(file, text);
  Text told = "none";
  try {
    read_config(file.string(), {}, {});
  } catch (const Error& error) { told = error.detail; }
  std::filesystem::remove(file);
  return told;
}

}  // namespace quoin
