#include "base/shadow_guard.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <future>

#include "base/error.h"
#include "base/files.h"

namespace quoin::shadow {
namespace {

namespace fs = std::filesystem;

constexpr int channel_number = 3;  // the one descriptor beyond the standard ones that a guard keeps

[[noreturn]] void fail(std::string_view what) { throw Error(Code::database, concat(what, ": ", std::strerror(errno))); }

/// Nothing of the starter's may stay open here: who reads its output to the end would wait for us.
void leave_starter(int channel) {
  setsid();
  if (dup2(channel, channel_number) < 0) _exit(1);
  close_range(channel_number + 1, UINT_MAX, 0);
  const int nothing = open("/dev/null", O_RDWR);
  for (const int standard : {0, 1, 2}) dup2(nothing, standard);
  close(nothing);
  fcntl(channel_number, F_SETFD, FD_CLOEXEC);
  for (const int ignored : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(ignored, SIG_IGN);
  std::signal(SIGCHLD, SIG_DFL);
  umask(077);
}

void become(const std::optional<Account>& account) {
  if (!account) return;
  if (initgroups(account->name.c_str(), account->group) != 0 || setgid(account->group) != 0 ||
      setuid(account->user) != 0) {
    fail(concat("cannot become the user ", account->name));
  }
}

void log_to(const fs::path& folder) {
  const int log = open(log_of(folder).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) fail("cannot write the log");
  dup2(log, 1);
  dup2(log, 2);
  close(log);
}

void clean_environment(const fs::path& folder) {
  const auto kept = [](const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? Text() : Text(value);
  };
  const Text path = kept("PATH"), libraries = kept("LD_LIBRARY_PATH");
  clearenv();
  setenv("PATH", path.empty() ? "/usr/bin:/bin" : path.c_str(), 1);
  if (!libraries.empty()) setenv("LD_LIBRARY_PATH", libraries.c_str(), 1);
  setenv("HOME", folder.c_str(), 1);
  setenv("LC_ALL", "C", 1);
}

/// Forks and runs a program, with signals as a program expects them; it stops (immediately) when its guard is killed.
pid_t run(const List& command, const fs::path& input = "/dev/null") {
  const pid_t guard_id = getpid();
  const pid_t child = fork();
  if (child < 0) fail("cannot fork");
  if (child > 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (getppid() != guard_id) _exit(1);
  for (const int ignored : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(ignored, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(open(input.c_str(), O_RDONLY), 0);
  std::vector<char*> arguments;
  for (const Text& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  const Text message = concat("cannot run ", command[0], ": ", std::strerror(errno), "\n");
  if (write(2, message.data(), message.size()) < 0) _exit(126);
  _exit(127);
}

void run_to_end(const List& command, const fs::path& input = "/dev/null") {
  const pid_t child = run(command, input);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  if (status != 0) throw Error(Code::database, concat(command[0], " failed"));
}

void initialise(const GuardOrder& order, const fs::path& data) {
  run_to_end({order.binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
              "--no-sync", "--wal-segsize=1"});
  // Databases are made from template0; without template1 a third less has to be copied each time.
  const fs::path script = order.folder / "script";
  write_file(
      script,
      "UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datname OPERATOR(pg_catalog.=) 'template1';\n"
      "DROP DATABASE template1;\n");
  run_to_end({order.binaries / "postgres", "--single", "-F", "-D", data, "postgres"}, script);
}

/// The cache as it is, or made now. Another process may be making it too: whoever is done first wins.
void fill_cache(const GuardOrder& order) {
  if (fs::exists(order.cache / "PG_VERSION")) return;
  const fs::path draft = concat(order.cache.string(), ".", std::to_string(getpid()));
  fs::remove_all(draft);
  initialise(order, draft);
  std::error_code lost;
  fs::rename(draft, order.cache, lost);
  if (lost) fs::remove_all(draft);
}

void copy_one(const fs::path& from, const fs::path& to) {
  const int in = open(from.c_str(), O_RDONLY | O_CLOEXEC);
  const int out = open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (in < 0 || out < 0) fail(concat("cannot copy ", from.string()));
  ssize_t count = 0;
  while ((count = copy_file_range(in, nullptr, out, nullptr, SSIZE_MAX >> 1, 0)) > 0) {}
  close(in);
  close(out);
  if (count < 0) fs::copy_file(from, to, fs::copy_options::overwrite_existing);  // file systems that cannot
}

/// A thousand small files: making them is what takes the time, so two hands do it.
void copy_folder(const fs::path& from, const fs::path& to) {
  std::vector<fs::path> files;
  fs::create_directory(to);
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path part = entry.path().lexically_relative(from);
    if (entry.is_directory()) {
      fs::create_directory(to / part);
    } else {
      files.push_back(part);
    }
  }
  const std::size_t half = files.size() / 2;
  auto second = std::async(std::launch::async, [&] {
    for (std::size_t i = half; i < files.size(); ++i) copy_one(from / files[i], to / files[i]);
  });
  for (std::size_t i = 0; i < half; ++i) copy_one(from / files[i], to / files[i]);
  second.get();
}

List server_command(const GuardOrder& order) {
  List command{order.binaries / "postgres", "-D", order.folder / "data"};
  for (const Text& setting : List{concat("unix_socket_directories=", order.folder.string()),
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

/// Waits until the starter is gone; tells it when the server is.
void watch(pid_t server) {
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  const int children = signalfd(-1, &child_signal, SFD_CLOEXEC);
  bool running = true;
  for (;;) {
    pollfd sources[] = {{channel_number, POLLIN, 0}, {running ? children : -1, POLLIN, 0}};
    if (running && waitpid(server, nullptr, WNOHANG) == server) {
      running = false;
      if (write(channel_number, "x", 1) < 0) break;
      continue;
    }
    if (poll(sources, 2, -1) < 0 && errno != EINTR) break;
    if (sources[0].revents != 0) break;
    signalfd_siginfo ignored;
    if (sources[1].revents != 0 && read(children, &ignored, sizeof ignored) < 0) break;
  }
  if (!running) return;
  kill(server, SIGQUIT);
  while (waitpid(server, nullptr, 0) < 0 && errno == EINTR) {}
}

void serve(const GuardOrder& order) {
  const fs::path data = order.folder / "data";
  if (order.cache.empty()) {
    initialise(order, data);
  } else {
    fill_cache(order);
    copy_folder(order.cache, data);
  }
  watch(run(server_command(order)));
}

void wait_for_starter() {
  char byte = 0;
  ssize_t count = 0;
  do { count = read(channel_number, &byte, 1); } while (count > 0 || (count < 0 && errno == EINTR));
}

}  // namespace

fs::path log_of(const fs::path& folder) { return folder / "log"; }

void guard(const GuardOrder& order) {
  leave_starter(order.channel);
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child_signal, nullptr);
  try {
    log_to(order.folder);
    become(order.account);
    if (chdir(order.folder.c_str()) != 0) fail("cannot enter the server's folder");
    clean_environment(order.folder);
    serve(order);
  } catch (const std::exception& error) {
    const Text message = concat(error.what(), "\n");
    if (write(2, message.data(), message.size()) >= 0 && write(channel_number, "x", 1) == 1) wait_for_starter();
  }
  if (chdir("/") != 0) _exit(1);
  std::error_code left;
  fs::remove_all(order.folder, left);
  _exit(left ? 1 : 0);
}

}  // namespace quoin::shadow
