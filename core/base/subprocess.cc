#include "core/base/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "core/base/error.h"

namespace quoin {

namespace {
[[noreturn]] void cannot(const Text& program, int error) {
  throw Error(Code::input, concat(program, " cannot be started: ", std::strerror(error)));
}

class Pipe {
 public:
  explicit Pipe(const Text& program) {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) cannot(program, errno);
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int in() const { return ends_[1]; }
  int out() const { return ends_[0]; }
  void close_end(std::size_t end) {
    if (ends_[end] >= 0) close(ends_[end]);
    ends_[end] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// False: nothing more comes.
bool take(int file_descriptor, Text& into) {
  std::array<char, 65536> part;
  const ssize_t count = read(file_descriptor, part.data(), part.size());
  if (count < 0) return errno == EINTR;
  into.append(part.data(), static_cast<std::size_t>(count));
  return count > 0;
}

using Clock = std::chrono::steady_clock;

struct Reading {
  std::optional<Clock::time_point> until;
  std::size_t kept = 0;  // 0: all

  int milliseconds_left() const {
    if (!until) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - Clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
  }
  void shorten(Text& text) const {
    if (kept > 0 && text.size() > 2 * kept) text.erase(0, text.size() - kept);
  }
};

/// False: the time is over.
bool take_all(Pipe& out, Pipe& err, Ended& ended, const Reading& reading) {
  while (out.out() >= 0 || err.out() >= 0) {
    std::array<pollfd, 2> waiting{pollfd{out.out(), POLLIN, 0}, pollfd{err.out(), POLLIN, 0}};
    const int ready = poll(waiting.data(), waiting.size(), reading.milliseconds_left());
    if (ready < 0 && errno != EINTR) return true;
    if (ready == 0 || reading.milliseconds_left() == 0) return false;
    if (ready < 0) continue;
    if (waiting[0].revents != 0 && !take(out.out(), ended.out)) out.close_end(0);
    if (waiting[1].revents != 0 && !take(err.out(), ended.err)) err.close_end(0);
    reading.shorten(ended.out);
    reading.shorten(ended.err);
  }
  return true;
}

int status_of(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return 127;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// What programs need to find themselves, their user and his language; no secrets, and nothing that steers quoin.
List environment_for(std::string_view prefix) {
  constexpr std::string_view plain[] = {"PATH", "HOME", "USER",   "LOGNAME", "LANG",           "LANGUAGE",
                                        "TZ",   "TERM", "TMPDIR", "SHELL",   "XDG_CONFIG_HOME"};
  List kept;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view entry = *one, name = entry.substr(0, entry.find('='));
    const bool is_plain = std::ranges::find(plain, name) != std::end(plain);
    if (is_plain || name.starts_with("LC_") || name.starts_with("LD_") || name.starts_with(prefix))
      kept.emplace_back(entry);
  }
  return kept;
}

std::vector<char*> pointers_to(List& texts) {
  std::vector<char*> all;
  for (Text& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

Ended run(const List& words, std::string_view variables, const ProgramLimits* limits) {
  Pipe out(words[0]), err(words[0]);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.in(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.in(), STDERR_FILENO);
  List copies = words, kept = environment_for(variables);
  std::vector<char*> arguments = pointers_to(copies), environment = pointers_to(kept);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  if (limits) posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);  // so that all it began can be ended
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  Ended ended;
  if (failed == ENOENT) {
    ended.status = 127;
    return ended;
  }
  if (failed != 0) cannot(words[0], failed);
  out.close_end(1);
  err.close_end(1);
  Reading reading;
  if (limits) reading = {Clock::now() + std::chrono::seconds(limits->seconds), limits->kept};
  const bool has_ended = take_all(out, err, ended, reading);
  if (!has_ended) kill(-child, SIGKILL);
  ended.status = status_of(child);
  if (has_ended) return ended;
  throw Error(Code::input,
              concat(words[0], " took longer than ", std::to_string(limits->seconds), " s, and was ended"));
}
}  // namespace

Ended run_program(const List& words, std::string_view variables) { return run(words, variables, nullptr); }

Ended run_program(const List& words, std::string_view variables, const ProgramLimits& limits) {
  return run(words, variables, &limits);
}

}  // namespace quoin
