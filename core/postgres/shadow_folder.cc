#include "core/postgres/shadow_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "core/base/error.h"
#include "core/base/files.h"

namespace quoin::shadow {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "quoin-";
constexpr const char *guard_lock = "guard", *all_lock = "lock";

[[noreturn]] void fail(const fs::path& parent) {
  throw Error(Code::database,
              concat("cannot make a folder for the shadow server in ", parent.string(), ": ", std::strerror(errno)), {},
              "make that folder writable, or name a server with --shadow URL");
}

enum class Kept { across_programs, here };

/// A new file that is locked before it has the name by which others look for it.
int locked_file(const fs::path& file, Kept kept) {
  const fs::path draft = file.string() + ".new";
  const int number = open(draft.c_str(), O_RDWR | O_CREAT | O_EXCL | (kept == Kept::here ? O_CLOEXEC : 0), 0600);
  if (number < 0 || flock(number, LOCK_EX) != 0 || rename(draft.c_str(), file.c_str()) != 0) fail(file.parent_path());
  return number;
}

/// The lock, if nobody holds it, or -1.
int free_lock(const fs::path& file) {
  const int number = open(file.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (number < 0 || flock(number, LOCK_EX | LOCK_NB) == 0) return number;
  close(number);
  return -1;
}

bool is_ours(const fs::path& folder) {
  struct stat status {};
  return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid();
}

/// A number may belong to another process by now; what works in the folder is the server.
void stop_server(const fs::path& folder) {
  std::error_code absent;
  const fs::path data = folder / "data";
  if (!fs::exists(data / "postmaster.pid", absent)) return;
  const int server = std::atoi(read_file(data / "postmaster.pid").c_str());
  if (server <= 1 || fs::read_symlink(concat("/proc/", std::to_string(server), "/cwd"), absent) != data) return;
  kill(server, SIGQUIT);
}

/// A guard that was killed before it had its locks left an empty folder; one that lives has them in a moment.
void remove_unlocked(const fs::path& folder) {
  constexpr std::time_t moment = 10;
  struct stat status {};
  std::error_code other;
  if (lstat(folder.c_str(), &status) != 0 || std::time(nullptr) - status.st_ctime < moment) return;
  for (const char* name : {guard_lock, all_lock}) fs::remove(folder / concat(name, ".new"), other);
  const int guard = free_lock(folder / guard_lock);
  if (guard >= 0) fs::remove(folder / guard_lock, other), close(guard);
  rmdir(folder.c_str());  // if there is anything else in it, it is none of ours
}

}  // namespace

ServerFolder::ServerFolder(const fs::path& parent, const std::optional<Account>& account) {
  Text name = (parent / concat(prefix, "XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr) fail(parent);
  path_ = name;
  guard_ = locked_file(path_ / guard_lock, Kept::here);
  all_ = locked_file(path_ / all_lock, Kept::across_programs);
  if (!account) return;
  for (const fs::path& each : {path_ / guard_lock, path_ / all_lock, path_})
    if (chown(each.c_str(), account->user, account->group) != 0) fail(parent);
}

ServerFolder::~ServerFolder() {
  close(guard_);
  close(all_);
}

void ServerFolder::remove() {
  std::error_code left;
  for (int tries = 0; tries < 20; ++tries) {  // a server's last process may be writing a file meanwhile
    fs::remove_all(path_, left);
    if (!left) return;
    usleep(5000);
  }
}

void remove_abandoned(const fs::path& folder) {
  if (!is_ours(folder)) return;
  std::error_code other;
  if (!fs::exists(folder / all_lock, other)) return remove_unlocked(folder);
  const int guard = free_lock(folder / guard_lock);
  if (guard < 0) return;
  int all = -1;
  for (int tries = 0; tries < 400 && (all = free_lock(folder / all_lock)) < 0; ++tries) {
    if (tries % 20 == 0) stop_server(folder);
    usleep(10000);
  }
  if (all >= 0) fs::remove_all(folder, other);
  if (all >= 0) close(all);
  close(guard);
}

void remove_all_abandoned(const fs::path& parent) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(parent, failed)) {
    const Text name = entry.path().filename().string();
    if (name.size() == prefix.size() + 6 && name.starts_with(prefix)) remove_abandoned(entry.path());
  }
}

fs::path log_of(const fs::path& folder) { return folder / "log"; }

}  // namespace quoin::shadow
