#include "tests/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "core/base/files.h"

namespace quoin {
namespace {

std::filesystem::path new_file(std::string_view what) {
  static int count = 0;
  return std::filesystem::temp_directory_path() /
         concat("quoin-program-", std::to_string(getpid()), "-", std::to_string(++count), "-", what);
}

std::vector<char*> pointers(const List& texts) {
  std::vector<char*> all;
  for (const Text& text : texts) all.push_back(const_cast<char*>(text.c_str()));
  all.push_back(nullptr);
  return all;
}

}  // namespace

Program::Program(const List& arguments, const std::filesystem::path& folder, const List& environment)
    : out_(new_file("out")), err_(new_file("err")) {
  List command{QUOIN_BINARY}, variables = environment;
  command.insert(command.end(), arguments.begin(), arguments.end());
  for (const char* name : {"PATH", "HOME", "ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) variables.push_back(concat(name, "=", value));
  }
  process_ = fork();
  if (process_ != 0) return;
  const int out = open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err = open(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (chdir(folder.c_str()) != 0 || dup2(open("/dev/null", O_RDONLY), 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
    _exit(126);
  execve(QUOIN_BINARY, pointers(command).data(), pointers(variables).data());
  _exit(127);
}

Ran Program::wait() {
  int status = 0;
  waitpid(process_, &status, 0);
  Ran ran{WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), read_file(out_), read_file(err_)};
  std::filesystem::remove(out_);
  std::filesystem::remove(err_);
  return ran;
}

}  // namespace quoin
