// A folder for files that are needed for a moment.
#pragma once
#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"

namespace quoin {

/// A folder of this process alone, gone with this.
class PrivateFolder {
 public:
  PrivateFolder() {
    Text name = (std::filesystem::temp_directory_path() / "quoin-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw Error(Code::input, concat("no folder can be made as ", name), {name});
    path_ = name;
  }
  ~PrivateFolder() {
    std::error_code failed;
    std::filesystem::remove_all(path_, failed);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const Text& path() const { return path_; }

 private:
  Text path_;
};

}  // namespace quoin
