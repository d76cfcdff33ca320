// The quoin program itself, run as a user runs it.
#pragma once
#include <sys/types.h>

#include <filesystem>

#include "core/base/text.h"

namespace quoin {

struct Ran {
  int code = -1;  // the exit code, or 128 and the signal
  Text out, err;
};

/// A running quoin in a folder; only the environment given (NAME=value), PATH and HOME reach it, and stdin is empty.
class Program {
 public:
  Program(const List& arguments, const std::filesystem::path& folder, const List& environment = {});
  pid_t process() const { return process_; }
  Ran wait();

 private:
  std::filesystem::path out_, err_;
  pid_t process_ = -1;
};

inline Ran run_quoin(const List& arguments, const std::filesystem::path& folder, const List& environment = {}) {
  return Program(arguments, folder, environment).wait();
}

}  // namespace quoin
