// What tests of reading migrations share: a folder to put files in, and what is read of it.
#pragma once
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "parser/migrations/migration.h"

namespace quoin {

/// A folder of migrations that goes with the test.
struct MigrationsFolder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / concat("quoin-migrations-", std::to_string(getpid()));
  MigrationsFolder() { std::filesystem::create_directories(path); }
  ~MigrationsFolder() { std::filesystem::remove_all(path); }
  void add(const std::filesystem::path& name, std::string_view content) const {
    std::filesystem::create_directories((path / name).parent_path());
    write_file(path / name, content);
  }
  std::vector<Migration> load(Findings* left_out = nullptr) const {
    Findings unheard;
    return load_migrations(path.string(), left_out ? *left_out : unheard);
  }
};

inline List labels(const std::vector<Migration>& migrations) {
  List all;
  for (const Migration& migration : migrations) all.push_back(migration.label());
  return all;
}

}  // namespace quoin
