#include "core/postgres/shadow_guard.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <future>

#include "core/base/error.h"
#include "core/base/files.h"

namespace quoin::shadow {
namespace {

namespace fs = std::filesystem;

constexpr int channel_number = 3;  // the one descriptor beyond the standard ones that a guard keeps

[[noreturn]] void fail(std::string_view what) { throw Error(Code::database, concat(what, ": ", std::strerror(errno))); }

/// Nothing of the starter's may stay open here: who reads its output to the end would wait for us. Nothing of it may
/// show, either.
void leave_starter(int channel) {
  setsid();
  if (dup2(channel, channel_number) < 0) _exit(1);
  close_range(channel_number + 1, UINT_MAX, 0);
  const int nothing = open("/dev/null", O_RDWR);
  for (const int standard : {0, 1, 2}) dup2(nothing, standard);
  if (nothing > channel_number) close(nothing);
  fcntl(channel_number, F_SETFD, FD_CLOEXEC);
  for (const int ignored : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(ignored, SIG_IGN);
  std::signal(SIGCHLD, SIG_DFL);
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  sigprocmask(SIG_SETMASK, &child_signal, nullptr);
  umask(077);
}

void tell(Word word, const Text& text = {}) {
  const Text message = static_cast<char>(word) + text;
  if (send(channel_number, message.data(), message.size(), MSG_NOSIGNAL) < 0) return;  // the starter is gone
}

bool starter_is_gone() {
  pollfd channel{channel_number, 0, 0};
  return poll(&channel, 1, 0) > 0 && (channel.revents & (POLLHUP | POLLERR)) != 0;
}

void log_to(const fs::path& folder) {
  const int log = open(log_of(folder).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (log < 0) fail("cannot write the log");
  dup2(log, 1);
  dup2(log, 2);
  close(log);
}

void clean_environment() {
  const auto kept = [](const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? Text() : Text(value);
  };
  const Text path = kept("PATH"), libraries = kept("LD_LIBRARY_PATH");
  clearenv();
  setenv("PATH", path.empty() ? "/usr/bin:/bin" : path.c_str(), 1);
  if (!libraries.empty()) setenv("LD_LIBRARY_PATH", libraries.c_str(), 1);
  setenv("HOME", "/nonexistent", 1);
  setenv("LC_ALL", "C", 1);
}

[[noreturn]] void execute(const List& command) {
  std::vector<char*> arguments;
  for (const Text& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  const Text message = concat("cannot run ", command[0], ": ", std::strerror(errno), "\n");
  if (write(2, message.data(), message.size()) < 0) _exit(126);
  _exit(127);
}

/// Forks and goes on with `body` in the child, with signals as a program expects them. The child is told to stop when
/// its guard is killed: it must be able to hear that from its first moment on.
template <class Body>
pid_t start(int last_word, Body body) {
  const pid_t guard_id = getpid();
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  const pid_t child = fork();
  if (child != 0) {
    sigprocmask(SIG_SETMASK, &before, nullptr);
    if (child < 0) fail("cannot fork");
    return child;
  }
  for (const int ignored : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(ignored, SIG_DFL);
  prctl(PR_SET_PDEATHSIG, last_word);
  if (getppid() != guard_id) _exit(1);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  body();
  _exit(0);
}

void wait_for(pid_t child, const Text& what) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  if (status != 0) throw Error(Code::database, concat(what, " failed"));
}

void run_to_end(const List& command, const fs::path& input = "/dev/null") {
  const pid_t child = start(SIGKILL, [&] {
    dup2(open(input.c_str(), O_RDONLY), 0);
    execute(command);
  });
  wait_for(child, command[0]);
}

void initialise(const GuardOrder& order, const fs::path& data) {
  run_to_end({order.binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
              "--no-sync", "--wal-segsize=1"});
  // Databases are made from template0; without template1 a third less has to be copied each time.
  const fs::path script = data / "script";
  write_file(
      script,
      "UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datname OPERATOR(pg_catalog.=) 'template1';\n"
      "DROP DATABASE template1;\n");
  run_to_end({order.binaries / "postgres", "--single", "-F", "-D", data, "postgres"}, script);
  fs::remove(script);
}

/// Only plain files: root reads here what another user has made.
void copy_one(const fs::path& from, const fs::path& to, mode_t mode) {
  const int in = open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  const int out = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  struct stat status {};
  if (in < 0 || out < 0 || fstat(in, &status) != 0 || !S_ISREG(status.st_mode)) {
    fail(concat("cannot copy ", from.string()));
  }
  ssize_t count = 0;
  while ((count = copy_file_range(in, nullptr, out, nullptr, SSIZE_MAX >> 1, 0)) > 0) {}
  char buffer[65536];
  while (count < 0 && (count = read(in, buffer, sizeof buffer)) > 0) {  // file systems that cannot
    for (ssize_t done = 0, part = 0; done < count; done += part) {
      part = write(out, buffer + done, static_cast<std::size_t>(count - done));
      if (part < 0) fail(concat("cannot write ", to.string()));
    }
    count = -1;
  }
  close(in);
  close(out);
}

/// A thousand small files: making them is what takes the time, so two hands do it.
void copy_folder(const fs::path& from, const fs::path& to, mode_t mode) {
  std::vector<fs::path> files;
  fs::create_directory(to);
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path part = entry.path().lexically_relative(from);
    if (entry.symlink_status().type() == fs::file_type::directory) {
      fs::create_directory(to / part);
    } else {
      files.push_back(part);
    }
  }
  const std::size_t half = files.size() / 2;
  auto second = std::async(std::launch::async, [&] {
    for (std::size_t i = half; i < files.size(); ++i) copy_one(from / files[i], to / files[i], mode);
  });
  for (std::size_t i = 0; i < half; ++i) copy_one(from / files[i], to / files[i], mode);
  second.get();
}

/// What a guard that was killed has left half copied.
void remove_old_drafts(const fs::path& place) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(place, failed)) {
    const bool draft = entry.path().filename().string().find(".draft-") != Text::npos;
    const auto age = fs::file_time_type::clock::now() - fs::last_write_time(entry.path(), failed);
    if (draft && age > std::chrono::minutes(10)) fs::remove_all(entry.path(), failed);
  }
}

/// A data folder that was just made is kept for the next time. As root we own the copy, and all may read it, so that
/// no server can change what later ones begin with. Another process may be at it too: whoever is done first wins.
void keep(const GuardOrder& order, const fs::path& data) {
  remove_old_drafts(order.cache.parent_path());
  const fs::path draft = concat(order.cache.string(), ".draft-", std::to_string(getpid()));
  std::error_code lost;
  fs::remove_all(draft, lost);
  const mode_t before = umask(order.account ? 022 : 077);
  try {
    copy_folder(data, draft, order.account ? 0644 : 0600);
    fs::rename(draft, order.cache);
  } catch (const std::exception&) {  // a full disk, or somebody was faster: what is at hand will do for this time
    fs::remove_all(draft, lost);
  }
  umask(before);
}

void initialise_as(const GuardOrder& order, const fs::path& data) {
  if (!order.account) return initialise(order, data);
  const pid_t child = start(SIGKILL, [&] {
    try {
      become(*order.account);
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      initialise(order, data);
    } catch (const std::exception& error) {
      const Text message = concat(error.what(), "\n");
      _exit(write(2, message.data(), message.size()) < 0 ? 2 : 1);
    }
  });
  wait_for(child, (order.binaries / "initdb").string());
}

/// Leaves us as the account that the server runs as.
void make_data(const GuardOrder& order, const fs::path& data) {
  const bool kept = !order.cache.empty() && fs::exists(order.cache / "PG_VERSION");
  if (!kept) initialise_as(order, data);
  if (!kept && !order.cache.empty()) keep(order, data);
  if (order.account) become(*order.account);
  if (kept) copy_folder(order.cache, data, 0600);
}

List server_command(const GuardOrder& order, const fs::path& folder) {
  List command{order.binaries / "postgres", "-D", folder / "data"};
  for (const Text& setting : List{concat("unix_socket_directories=", folder.string()),
                                  "listen_addresses=",
                                  "port=5432",
                                  "unix_socket_permissions=0700",
                                  "fsync=off",
                                  "synchronous_commit=off",
                                  "full_page_writes=off",
                                  "wal_level=minimal",
                                  "max_wal_senders=0",
                                  "max_wal_size=1GB",
                                  "checkpoint_timeout=1h",
                                  "autovacuum=off",
                                  "shared_buffers=32MB",
                                  "dynamic_shared_memory_type=mmap",  // in its folder, not where all may write
                                  "max_connections=20",
                                  "max_locks_per_transaction=1024",
                                  "jit=off",
                                  "max_logical_replication_workers=0",
                                  "huge_pages=off",
                                  "bgwriter_lru_maxpages=0",
                                  "timezone=UTC",
                                  "log_timezone=UTC",
                                  "lc_messages=C",
                                  "logging_collector=off",
                                  "log_min_messages=fatal"}) {
    command.insert(command.end(), {"-c", setting});
  }
  return command;
}

enum class Ended { starter, server, server_that_never_answered };

/// Waits for the first of them to end.
Ended watch(pid_t server) {
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  const int children = signalfd(-1, &child_signal, SFD_CLOEXEC | SFD_NONBLOCK);
  bool answered = false;
  for (;;) {
    if (waitpid(server, nullptr, WNOHANG) == server) {
      close(children);
      return answered ? Ended::server : Ended::server_that_never_answered;
    }
    pollfd sources[] = {{channel_number, POLLIN, 0}, {children, POLLIN, 0}};
    poll(sources, 2, -1);
    signalfd_siginfo ignored;
    while (read(children, &ignored, sizeof ignored) > 0) {}
    char word = 0;
    if (sources[0].revents == 0) continue;
    if (recv(channel_number, &word, 1, MSG_DONTWAIT) <= 0 && errno != EAGAIN && errno != EINTR) break;
    if (word == 0) break;
    answered |= word == static_cast<char>(Word::ready);
  }
  close(children);
  return Ended::starter;
}

/// Said more than once, in case that it is busy; in the end the kernel stops it.
void stop(pid_t server) {
  for (int tries = 0; tries < 2500; ++tries) {
    if (tries % 50 == 0) kill(server, tries < 2000 ? SIGQUIT : SIGKILL);
    if (waitpid(server, nullptr, WNOHANG) == server) return;
    usleep(2000);
  }
}

/// A server that does not come up may miss a file that it was not allowed to read, or be a script that runs another
/// program: it is tried once without these two walls.
void serve(const GuardOrder& order, const fs::path& folder) {
  for (const Programs programs : {Programs::one_more, Programs::any}) {
    const pid_t server = start(SIGQUIT, [&] {
      dup2(open("/dev/null", O_RDONLY), 0);
      setenv("HOME", folder.c_str(), 1);
      const List command = server_command(order, folder);
      forbid_system_calls(programs);
      if (programs == Programs::any) execute(command);
      close_files(order.binaries / "postgres", folder);
      execute_last(command);
    });
    if (programs == Programs::one_more) remove_all_abandoned(order.parent);
    const Ended ended = watch(server);
    if (ended == Ended::starter) return stop(server);
    if (ended == Ended::server) break;
  }
  tell(Word::gone);
}

void wait_for_starter() {
  while (!starter_is_gone()) {
    pollfd channel{channel_number, 0, 0};
    poll(&channel, 1, -1);
  }
}

void keep_server(const GuardOrder& order, const fs::path& folder) {
  try {
    log_to(folder);
    make_data(order, folder / "data");
    if (!starter_is_gone()) serve(order, folder);
  } catch (const std::exception& error) {
    tell(Word::gone, concat(error.what(), "\n"));  // there may be no room for it in the log
  }
  wait_for_starter();
}

}  // namespace

void guard(const GuardOrder& order) {
  leave_starter(order.channel);
  try {
    clean_environment();
    leave_network();
    hide_command_line("quoin: guard of a throw-away server");
    ServerFolder folder(order.parent, order.account);
    tell(Word::folder, folder.path().string());
    if (chdir(folder.path().c_str()) != 0) fail("cannot enter the server's folder");
    keep_server(order, folder.path());
    if (chdir("/") != 0) _exit(1);
    folder.remove();
  } catch (const std::exception& error) {
    tell(Word::error, error.what());
    _exit(1);
  }
  _exit(0);
}

}  // namespace quoin::shadow
