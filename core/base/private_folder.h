// A temporary folder.
#pragma once
#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"

namespace quoin {

/// A folder that only this user can read, removed with all that is in it by the destructor.
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
