#include "core/base/command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include "core/base/error.h"

namespace quoin {
namespace {
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kept = 65536;  // who writes a dump to stdout by mistake takes no memory
constexpr std::chrono::milliseconds to_end = 5s, between_looks = 50ms;

[[noreturn]] void cannot(int error) {
  throw Error(Code::input, concat("no command can be started: ", std::strerror(error)));
}

std::string_view name_of(std::string_view variable) { return variable.substr(0, variable.find('=')); }

List environment_with(const List& variables) {
  List all;
  for (char** one = environ; *one != nullptr; ++one)
    if (std::ranges::none_of(variables, [&](const Text& ours) { return name_of(ours) == name_of(*one); }))
      all.emplace_back(*one);
  std::ranges::copy_if(variables, std::back_inserter(all), [](const Text& one) { return one.find('=') != Text::npos; });
  return all;
}

std::vector<char*> pointers_to(List& words) {
  std::vector<char*> all;
  for (Text& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

/// What posix_spawn is told besides the words.
class Launch {
 public:
  Launch(const Text& folder, int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
    if (!folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    posix_spawnattr_init(&attributes_);
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (const int number : {SIGINT, SIGTERM, SIGPIPE}) sigaddset(&usual, number);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  Launch(const Launch&) = delete;
  Launch& operator=(const Launch&) = delete;
  ~Launch() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  pid_t start(List words, List environment) {
    pid_t child = 0;
    const int failed = posix_spawn(&child, words.front().c_str(), &actions_, &attributes_, pointers_to(words).data(),
                                   pointers_to(environment).data());
    if (failed != 0) cannot(failed);
    return child;
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

/// Reads what is there; false: nothing more will come.
bool take(int file_descriptor, Text& into) {
  std::array<char, 16384> part;
  for (;;) {
    const ssize_t count = read(file_descriptor, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count < 0 && errno == EAGAIN;
    into.append(part.data(), static_cast<std::size_t>(count));
    if (into.size() > 2 * kept) into.erase(0, into.size() - kept);
  }
}

/// A child until its end.
class Watched {
 public:
  Watched(pid_t child, const CommandRun& run) : child_(child), run_(run) {}

  CommandEnd wait(int output) {
    bool is_open = true;
    while (!has_ended()) {
      pollfd waiting{output, POLLIN, 0};
      const int pause = static_cast<int>(between_looks.count());
      if (is_open && poll(&waiting, 1, pause) > 0) is_open = take(output, end_.output);
      if (!is_open) poll(nullptr, 0, pause);
      look_at_clock();
    }
    if (is_open) take(output, end_.output);
    if (end_.output.size() > kept) end_.output.erase(0, end_.output.size() - kept);
    return std::move(end_);
  }

 private:
  bool has_ended() {
    int status = 0;
    const pid_t ended = waitpid(child_, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR)) return false;
    end_.status = ended < 0 ? 127 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
  }
  void look_at_clock() {
    if (told_) return void(Clock::now() - *told_ < to_end || kill(-child_, SIGKILL));
    if (run_.stop.stop_requested())
      end_.by = CommandEnd::By::stop;
    else if (run_.at_most > 0ms && Clock::now() - begin_ >= run_.at_most)
      end_.by = CommandEnd::By::time;
    else
      return;
    kill(-child_, SIGTERM);
    told_ = Clock::now();
  }

  pid_t child_;
  const CommandRun& run_;
  CommandEnd end_;
  Clock::time_point begin_ = Clock::now();
  std::optional<Clock::time_point> told_;
};

}  // namespace

CommandEnd run_command(const CommandRun& run) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) cannot(errno);
  fcntl(ends[1], F_SETFL, fcntl(ends[1], F_GETFL) & ~O_NONBLOCK);
  try {
    Launch launch(run.folder, ends[1]);
    Watched child(launch.start({"/bin/sh", "-c", run.command}, environment_with(run.variables)), run);
    close(ends[1]);
    ends[1] = -1;
    CommandEnd end = child.wait(ends[0]);
    close(ends[0]);
    return end;
  } catch (...) {
    for (const int one : ends)
      if (one >= 0) close(one);
    throw;
  }
}

}  // namespace quoin
