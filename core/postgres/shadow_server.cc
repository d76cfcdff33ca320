#include "core/postgres/shadow_server.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "core/base/files.h"
#include "core/postgres/postgres.h"
#include "core/postgres/shadow_guard.h"

namespace quoin::shadow {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

bool has_binaries(const fs::path& folder) {
  return access((folder / "postgres").c_str(), X_OK) == 0 && access((folder / "initdb").c_str(), X_OK) == 0;
}

int leading_number(std::string_view text) {
  const std::size_t digit = text.find_first_of("0123456789");
  return digit == text.npos ? 0 : std::atoi(Text(text.substr(digit)).c_str());
}

/// The major that `postgres --version` says, 0 where it does not run.
int asked_major(const fs::path& folder) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return 0;
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 1);
    execl((folder / "postgres").c_str(), "postgres", "--version", nullptr);
    _exit(127);
  }
  close(ends[1]);
  Text said;
  char buffer[256];
  ssize_t count = 0;
  while ((count = read(ends[0], buffer, sizeof buffer)) > 0 || (count < 0 && errno == EINTR)) {
    if (count > 0) said.append(buffer, static_cast<std::size_t>(count));
  }
  close(ends[0]);
  if (child > 0) waitpid(child, nullptr, 0);
  return leading_number(said);
}

std::vector<Binaries> all_binaries() {
  std::vector<Binaries> found;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", absent)) {
    const fs::path folder = entry.path() / "bin";
    if (has_binaries(folder)) found.push_back({folder, leading_number(entry.path().filename().string())});
  }
  const char* path = std::getenv("PATH");
  for (const Text& folder : split(path == nullptr ? "" : path, ':')) {
    if (!folder.empty() && has_binaries(folder)) found.push_back({folder, asked_major(folder)});
  }
  return found;
}

/// Root may not run a server, so it lends it to a user that owns nothing.
std::optional<Account> account_for_root() {
  if (geteuid() != 0) return std::nullopt;
  if (const passwd* entry = getpwnam("nobody"); entry != nullptr && entry->pw_uid != 0) {
    return Account{"nobody", entry->pw_uid, entry->pw_gid};
  }
  throw Error(Code::database, "no user to run the shadow server under: root may not, and there is no user nobody", {},
              "create that user, run quoin as an ordinary user, or name a server with --shadow URL");
}

/// The user's cache folder, or where only root writes, so that nobody else can plant anything. Empty: none.
fs::path cache_place() {
  if (geteuid() == 0) return "/var/cache/quoin";
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  if (cache != nullptr && *cache == '/') return fs::path(cache) / "quoin";
  return home != nullptr && *home == '/' ? fs::path(home) / ".cache" / "quoin" : fs::path();
}

/// Where the initialised data folder of these binaries is kept; empty where there is no safe place for it.
fs::path cache_for(const Binaries& binaries) {
  const fs::path place = cache_place();
  std::error_code failed;
  if (place.empty()) return {};
  fs::create_directories(place.parent_path(), failed);
  if (mkdir(place.c_str(), 0755) == 0) fs::permissions(place, fs::perms(0755), failed);
  struct stat status {
  }, program{};
  const bool safe = lstat(place.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
                    (status.st_mode & 022) == 0;
  if (!safe || stat((binaries.folder / "postgres").c_str(), &program) != 0) return {};
  const Text build = sha256(
      concat(binaries.folder.string(), " ", std::to_string(program.st_size), " ", std::to_string(program.st_mtime)));
  return place / concat("postgresql-", std::to_string(binaries.major), "-", build.substr(0, 12));
}

bool fits_a_url_and_a_socket(std::string_view folder) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
           c == '_' || c == '.';
  };
  constexpr std::size_t longest = sizeof(sockaddr_un::sun_path) - sizeof "/quoin-XXXXXX/.s.PGSQL.5432.lock";
  return folder.starts_with('/') && folder.size() < longest && std::all_of(folder.begin(), folder.end(), plain);
}

/// Root's own TMPDIR may lie where the server's user cannot go.
fs::path parent_folder() {
  const char* wish = std::getenv("TMPDIR");
  return wish != nullptr && geteuid() != 0 && fits_a_url_and_a_socket(wish) ? wish : "/tmp";
}

struct GuardMessage {
  Word word = Word::gone;
  Text text;
};

/// The next word of a guard; `gone` where it has ended. nullopt: it has nothing to say yet.
std::optional<GuardMessage> hear(int channel, int flags) {
  char message[PATH_MAX + 512];
  ssize_t count = 0;
  do { count = recv(channel, message, sizeof message, flags); } while (count < 0 && errno == EINTR);
  if (count < 0 && errno == EAGAIN) return std::nullopt;
  if (count <= 0) return GuardMessage{};
  return GuardMessage{static_cast<Word>(message[0]), Text(message + 1, static_cast<std::size_t>(count) - 1)};
}

Text end_of_log(const fs::path& folder) {
  if (!fs::exists(log_of(folder))) return {};
  const Text log = read_file(log_of(folder));
  const List lines = split(trim(log), '\n');
  const std::size_t count = std::min<std::size_t>(lines.size(), 8);
  return join(std::span(lines).last(count), "\n");
}

/// Whether that is why a server failed; what it could not write may be gone again.
bool has_no_room(const fs::path& folder, std::string_view said) {
  constexpr std::uintmax_t data_folder = 50U << 20U;
  std::error_code unknown;
  const fs::space_info room = fs::space(folder, unknown);
  return said.find(std::strerror(ENOSPC)) != said.npos || (!unknown && room.available < data_folder);
}

}  // namespace

std::optional<Binaries> find_binaries(std::optional<int> major) {
  // What is newer than wished for knows all of it, and the nearest one differs least.
  const auto is_better = [&](int a, int b) {
    const bool a_knows = major && a >= *major, b_knows = major && b >= *major;
    if (a_knows != b_knows) return a_knows;
    return a_knows ? a < b : a > b;
  };
  std::optional<Binaries> best;
  for (const Binaries& candidate : all_binaries())
    if (candidate.major > 0 && (!best || is_better(candidate.major, best->major))) best = candidate;
  return best;
}

PrivateServer::PrivateServer(const Binaries& binaries) {
  GuardOrder order;
  order.account = account_ = account_for_root();
  order.binaries = binaries.folder;
  order.parent = parent_folder();
  order.cache = cache_for(binaries);
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    throw Error(Code::database, concat("cannot start a shadow server: ", std::strerror(errno)));
  }
  channel_ = ends[0];
  order.channel = ends[1];
  guard_ = fork();
  if (guard_ == 0) guard(order);
  const int number = errno;
  close(ends[1]);
  if (guard_ < 0) {
    close(channel_);
    throw Error(Code::database, concat("cannot start a shadow server: ", std::strerror(number)));
  }
  try {
    wait_until_ready(binaries);
  } catch (...) {
    stop();
    throw;
  }
}

PrivateServer::~PrivateServer() { stop(); }

/// A guard that was killed has left its server and its folder to us. They may be another user's: a child sees to them.
void PrivateServer::stop() {
  close(channel_);
  int status = 0;
  while (waitpid(guard_, &status, 0) < 0 && errno == EINTR) {}
  if (status == 0 || folder_.empty()) return;
  const pid_t child = fork();
  if (child == 0) {
    try {
      if (account_) become(*account_);
      remove_abandoned(folder_);
    } catch (const std::exception&) { _exit(1); }  // the next run tries again
    _exit(0);
  }
  while (child > 0 && waitpid(child, nullptr, 0) < 0 && errno == EINTR) {}
}

void PrivateServer::wait_until_ready(const Binaries& binaries) {
  const auto fail = [&](std::string_view what, Text detail) {
    Error error(Code::database, concat("the shadow server (", (binaries.folder / "postgres").string(), ") ", what));
    error.hint = "mend that installation, name a server with --shadow URL, or go without one: --shadow off";
    if (const fs::path parent = parent_folder(); has_no_room(parent, detail)) {
      error = Error(Code::database,
                    concat(error.what(), ": the disk is full in ", parent.string(), ", where its data goes"));
      error.hint = concat("make room there", geteuid() == 0 ? "" : ", or name another folder in TMPDIR",
                          ", name a server with --shadow URL, or go without one: --shadow off");
    }
    error.detail = std::move(detail);
    throw error;
  };
  const std::optional<GuardMessage> first = hear(channel_, 0);
  if (first && first->word == Word::error) {
    throw Error(Code::database, first->text, {}, "make that folder writable, or name a server with --shadow URL");
  }
  if (!first || first->word != Word::folder) fail("did not start", {});
  folder_ = first->text;
  url_ = concat("postgresql://postgres@/postgres?host=", folder_.string(), "&port=5432");
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  Text last;
  while (std::chrono::steady_clock::now() < deadline) {
    if (const auto said = hear(channel_, MSG_DONTWAIT)) fail("did not start", concat(said->text, end_of_log(folder_)));
    if (access((folder_ / ".s.PGSQL.5432").c_str(), F_OK) == 0) {
      try {
        postgres::Connection probe(url_, postgres::Environment::ignored);
        const char ready = static_cast<char>(Word::ready);
        if (send(channel_, &ready, 1, MSG_NOSIGNAL) == 1) return;
      } catch (const Error& error) {  // it is still starting up, most likely; told if it stays so
        last = error.what();
      }
    }
    std::this_thread::sleep_for(2ms);
  }
  fail("does not answer", concat(last, "\n", end_of_log(folder_)));
}

}  // namespace quoin::shadow
