#include "core/base/subprocess.h"

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

constexpr std::chrono::milliseconds to_end = 5s, longest_pause = 50ms;

[[noreturn]] void cannot(const Text& program, int error) {
  throw Error(Code::input, concat(program, " cannot be started: ", std::strerror(error)));
}

class Pipe {
 public:
  explicit Pipe(const Text& program) {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) cannot(program, errno);
    fcntl(ends_[0], F_SETFL, fcntl(ends_[0], F_GETFL) | O_NONBLOCK);
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int in() const { return ends_[1]; }
  int out() const { return ends_[0]; }
  bool is_open() const { return ends_[0] >= 0; }
  void close_end(std::size_t end) {
    if (ends_[end] >= 0) close(ends_[end]);
    ends_[end] = -1;
  }
  /// Reads what is there; closes itself where nothing more will come.
  void take(Text& into, std::size_t kept) {
    std::array<char, 65536> part;
    while (is_open()) {
      const ssize_t count = read(out(), part.data(), part.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) return;
      if (count <= 0) return close_end(0);
      into.append(part.data(), static_cast<std::size_t>(count));
      if (kept > 0 && into.size() > 2 * kept) into.erase(0, into.size() - kept);
    }
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

std::vector<char*> pointers_to(List& texts) {
  std::vector<char*> all;
  for (Text& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

bool has_own_group(const ProgramRun& run) {
  return run.group == ProgramRun::Group::own || run.at_most > 0ms || run.stop.stop_possible();
}

/// What posix_spawn is told besides the words.
class Launch {
 public:
  Launch(const ProgramRun& run, int out, int err) : run_(run) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO);
    if (!run.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, run.folder.c_str());
    posix_spawnattr_init(&attributes_);
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    for (const int number : {SIGINT, SIGTERM, SIGPIPE}) sigaddset(&usual, number);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setpgroup(&attributes_, 0);
    const int group = has_own_group(run) ? POSIX_SPAWN_SETPGROUP : 0;
    posix_spawnattr_setflags(&attributes_, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group));
  }
  Launch(const Launch&) = delete;
  Launch& operator=(const Launch&) = delete;
  ~Launch() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  /// Null: there is no such program.
  std::optional<pid_t> start() {
    List words = run_.words, environment = run_.environment;
    pid_t child = 0;
    const int failed = posix_spawnp(&child, words.front().c_str(), &actions_, &attributes_, pointers_to(words).data(),
                                    pointers_to(environment).data());
    if (failed == ENOENT) return std::nullopt;
    if (failed != 0) cannot(run_.words[0], failed);
    return child;
  }

 private:
  const ProgramRun& run_;
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

/// A child until its end.
class Watched {
 public:
  Watched(pid_t child, const ProgramRun& run) : child_(child), run_(run) {}

  ProgramEnd wait(Pipe& out, Pipe& err) {
    while (!has_ended()) {
      std::array<pollfd, 2> waiting{pollfd{out.out(), POLLIN, 0}, pollfd{err.out(), POLLIN, 0}};
      const int ready = poll(waiting.data(), waiting.size(), static_cast<int>(pause_.count()));
      pause_ = ready > 0 ? 1ms : std::min(2 * pause_, longest_pause);
      take(out, err);
      look_at_clock();
    }
    take(out, err);
    for (Text* all : {&end_.out, &end_.err})
      if (run_.kept > 0 && all->size() > run_.kept) all->erase(0, all->size() - run_.kept);
    return std::move(end_);
  }

 private:
  void take(Pipe& out, Pipe& err) {
    out.take(end_.out, run_.kept);
    err.take(end_.err, run_.kept);
  }
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
      end_.by = ProgramEnd::By::stop;
    else if (run_.at_most > 0ms && Clock::now() - begin_ >= run_.at_most)
      end_.by = ProgramEnd::By::time;
    else
      return;
    kill(-child_, SIGTERM);
    told_ = Clock::now();
  }

  pid_t child_;
  const ProgramRun& run_;
  ProgramEnd end_;
  Clock::time_point begin_ = Clock::now();
  std::chrono::milliseconds pause_ = 1ms;
  std::optional<Clock::time_point> told_;
};

std::string_view name_of(std::string_view variable) { return variable.substr(0, variable.find('=')); }
}  // namespace

ProgramEnd run_program(const ProgramRun& run) {
  Pipe out(run.words[0]), err(run.words[0]);
  if (run.streams == ProgramRun::Streams::together) err.close_end(0);
  Launch launch(run, out.in(), run.streams == ProgramRun::Streams::together ? out.in() : err.in());
  const std::optional<pid_t> child = launch.start();
  if (!child) return {.status = 127, .out = {}, .err = {}};
  out.close_end(1);
  err.close_end(1);
  return Watched(*child, run).wait(out, err);
}

ProgramEnd run_program(const List& words, std::string_view variables) {
  return run_program({.words = words, .environment = environment_for(variables)});
}

ProgramRun in_shell(const Text& command) {
  return {.words = {"/bin/sh", "-c", command},
          .environment = environment_with({}),
          .kept = 65536,
          .group = ProgramRun::Group::own};
}

List environment_for(std::string_view variables) {
  constexpr std::string_view plain[] = {"PATH", "HOME", "USER",   "LOGNAME", "LANG",           "LANGUAGE",
                                        "TZ",   "TERM", "TMPDIR", "SHELL",   "XDG_CONFIG_HOME"};
  List kept;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view name = name_of(*one);
    const bool is_plain = std::ranges::find(plain, name) != std::end(plain);
    if (is_plain || name.starts_with("LC_") || name.starts_with("LD_") || name.starts_with(variables))
      kept.emplace_back(*one);
  }
  return kept;
}

List environment_with(const List& variables) {
  List all;
  for (char** one = environ; *one != nullptr; ++one)
    if (std::ranges::none_of(variables, [&](const Text& ours) { return name_of(ours) == name_of(*one); }))
      all.emplace_back(*one);
  std::ranges::copy_if(variables, std::back_inserter(all), [](const Text& one) { return one.find('=') != Text::npos; });
  return all;
}

}  // namespace quoin
