#include "base/shadow_server.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "base/files.h"
#include "base/postgres.h"
#include "base/shadow_guard.h"

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

/// Root may not run a server, so it lends it to one of these.
std::optional<Account> account_for_root() {
  if (geteuid() != 0) return std::nullopt;
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* entry = getpwnam(name); entry != nullptr && entry->pw_uid != 0) {
      return Account{name, entry->pw_uid, entry->pw_gid};
    }
  }
  throw Error(Code::database,
              "no user to run the shadow server under: root may not, and neither postgres nor nobody is there", {},
              "create one of these users, run quoin as an ordinary user, or name a server with --shadow URL");
}

/// A folder that belongs to `owner` alone, made where it is missing; false where it cannot be trusted.
bool own_folder(const fs::path& folder, const std::optional<Account>& owner) {
  const uid_t user = owner ? owner->user : geteuid();
  if (mkdir(folder.c_str(), 0700) == 0 && owner && chown(folder.c_str(), owner->user, owner->group) != 0) return false;
  struct stat status {};
  return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == user &&
         (status.st_mode & 022) == 0;
}

/// Where the initialised data folder of these binaries is kept; empty where there is no safe place for it.
fs::path cache_for(const Binaries& binaries, const std::optional<Account>& account) {
  fs::path place;
  std::error_code failed;
  if (account) {
    // Only root writes to /var/cache, so nobody else can plant a folder here.
    place = "/var/cache/quoin";
    fs::create_directory(place, failed);
    struct stat status {};
    if (lstat(place.c_str(), &status) != 0 || status.st_uid != 0 || (status.st_mode & 022) != 0) return {};
  } else {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    if (cache != nullptr && *cache == '/')
      place = fs::path(cache) / "quoin";
    else if (home != nullptr && *home == '/')
      place = fs::path(home) / ".cache" / "quoin";
    else
      return {};
    fs::create_directories(place, failed);
  }
  place /= concat("shadow-", std::to_string(account ? account->user : geteuid()));
  if (!own_folder(place, account)) return {};
  struct stat program {};
  if (stat((binaries.folder / "postgres").c_str(), &program) != 0) return {};
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

fs::path new_folder(const std::optional<Account>& account) {
  const char* wish = std::getenv("TMPDIR");
  // Root's own TMPDIR may lie where the server's user cannot go.
  const Text parent = wish != nullptr && !account && fits_a_url_and_a_socket(wish) ? wish : "/tmp";
  Text folder = parent + "/quoin-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr || (account && chown(folder.c_str(), account->user, account->group) != 0)) {
    throw Error(Code::database,
                concat("cannot make a folder for the shadow server in ", parent, ": ", std::strerror(errno)), {},
                "make that folder writable, or name a server with --shadow URL");
  }
  return folder;
}

Text end_of_log(const fs::path& folder) {
  if (!fs::exists(log_of(folder))) return {};
  const Text log = read_file(log_of(folder));
  const List lines = split(trim(log), '\n');
  const std::size_t count = std::min<std::size_t>(lines.size(), 8);
  return join(std::span(lines).last(count), "\n");
}

}  // namespace

std::optional<Binaries> find_binaries(std::optional<int> major) {
  std::optional<Binaries> best;
  for (const Binaries& candidate : all_binaries()) {
    if (candidate.major == major) return candidate;
    if (candidate.major > 0 && (!best || candidate.major > best->major)) best = candidate;
  }
  return best;
}

PrivateServer::PrivateServer(const Binaries& binaries) {
  GuardOrder order;
  order.account = account_for_root();
  order.binaries = binaries.folder;
  order.cache = cache_for(binaries, order.account);
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    throw Error(Code::database, concat("cannot start a shadow server: ", std::strerror(errno)));
  }
  channel_ = ends[0];
  order.channel = ends[1];
  order.folder = folder_ = new_folder(order.account);
  url_ = concat("postgresql://postgres@/postgres?host=", folder_.string(), "&port=5432");
  guard_ = fork();
  if (guard_ == 0) guard(order);
  const int number = errno;
  close(ends[1]);
  if (guard_ < 0) {
    close(channel_);
    fs::remove(folder_);
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

void PrivateServer::stop() {
  close(channel_);
  while (waitpid(guard_, nullptr, 0) < 0 && errno == EINTR) {}
}

void PrivateServer::wait_until_ready(const Binaries& binaries) {
  const auto fail = [&](std::string_view what, Text detail) {
    Error error(Code::database, concat("the shadow server (", (binaries.folder / "postgres").string(), ") ", what), {},
                "mend that installation, name a server with --shadow URL, or go without one: --shadow off");
    error.detail = std::move(detail);
    throw error;
  };
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  Text last;
  while (std::chrono::steady_clock::now() < deadline) {
    char byte = 0;
    const ssize_t count = recv(channel_, &byte, 1, MSG_DONTWAIT);
    if (count > 0 || (count == 0)) fail("did not start", end_of_log(folder_));
    if (access((folder_ / ".s.PGSQL.5432").c_str(), F_OK) == 0) {
      try {
        postgres::Connection probe(url_);
        return;
      } catch (const Error& error) {  // it is still starting up, most likely; told if it stays so
        last = error.what();
      }
    }
    std::this_thread::sleep_for(2ms);
  }
  fail("does not answer", concat(last, "\n", end_of_log(folder_)));
}

}  // namespace quoin::shadow
