#include "core/postgres/shadow_confine.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"

namespace quoin::shadow {
namespace {

namespace fs = std::filesystem;

bool write_to(const char* file, const Text& text) {
  const int target = open(file, O_WRONLY | O_CLOEXEC);
  const bool written = target >= 0 && write(target, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (target >= 0) close(target);
  return written;
}

/// A user namespace in which we are who we were.
bool leave_users() {
  const Text user = std::to_string(geteuid()), group = std::to_string(getegid());
  return unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 && write_to("/proc/self/uid_map", concat(user, " ", user, " 1")) &&
         write_to("/proc/self/setgroups", "deny") && write_to("/proc/self/gid_map", concat(group, " ", group, " 1"));
}

/// There is no way back from half a namespace, so a child tries first.
bool can_leave_users() {
  const pid_t child = fork();
  if (child == 0) _exit(leave_users() ? 0 : 1);
  int status = 1;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  return status == 0;
}

void raise_loopback() {
  const int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (any < 0) return;
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  ioctl(any, SIOCSIFFLAGS, &request);  // without it, servers up to 14 only keep no statistics
  close(any);
}

/// The kernel's struct, whatever the headers here know of it.
struct Ruleset {
  std::uint64_t files = 0, network = 0, scope = 0;
};

constexpr std::uint64_t read_rights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t run_rights = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t file_rights =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | (1 << 14) | (1 << 15);

/// What this version of the kernel's interface can withhold.
Ruleset all_rights(long version) {
  Ruleset all;
  all.files = (1 << 13) - 1;
  if (version >= 2) all.files |= 1 << 13;  // to move between folders
  if (version >= 3) all.files |= 1 << 14;  // to truncate
  if (version >= 4) all.network = 3;       // TCP: to bind, to connect
  if (version >= 5) all.files |= 1 << 15;  // ioctl of devices
  if (version >= 6) all.scope = 3;         // abstract sockets and signals beyond ourselves
  return all;
}

class Files {
 public:
  explicit Files(long version) : all_(all_rights(version)) {
    const std::size_t size = version >= 6 ? sizeof all_ : version >= 4 ? 16 : 8;
    rules_ = static_cast<int>(syscall(__NR_landlock_create_ruleset, &all_, size, 0));
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files() {
    if (rules_ >= 0) close(rules_);
  }

  void allow(const fs::path& path, std::uint64_t rights) {
    landlock_path_beneath_attr beneath{};
    beneath.parent_fd = open(path.c_str(), O_PATH | O_CLOEXEC);
    if (beneath.parent_fd < 0) return;
    struct stat status {};
    const bool folder = fstat(beneath.parent_fd, &status) == 0 && S_ISDIR(status.st_mode);
    beneath.allowed_access = rights & all_.files & (folder ? ~0ULL : file_rights);
    syscall(__NR_landlock_add_rule, rules_, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(beneath.parent_fd);
  }
  void allow_all(const fs::path& path) { allow(path, all_.files & ~std::uint64_t{LANDLOCK_ACCESS_FS_EXECUTE}); }
  void restrict() const {
    if (rules_ >= 0) syscall(__NR_landlock_restrict_self, rules_, 0);
  }

 private:
  Ruleset all_;
  int rules_ = -1;
};

/// System calls that a database server has no use for, and that lead out of it.
constexpr unsigned closed_doors[] = {
    __NR_connect,
    __NR_io_uring_setup,
    __NR_io_uring_enter,
    __NR_io_uring_register,
    __NR_ptrace,
    __NR_kcmp,
    __NR_process_vm_readv,
    __NR_process_vm_writev,
    __NR_pidfd_getfd,
    __NR_unshare,
    __NR_setns,
    __NR_mount,
    __NR_umount2,
    __NR_pivot_root,
    __NR_chroot,
    __NR_bpf,
    __NR_perf_event_open,
    __NR_userfaultfd,
    __NR_add_key,
    __NR_request_key,
    __NR_keyctl,
    __NR_open_by_handle_at,
    __NR_move_mount,
    __NR_open_tree,
    __NR_fsopen,
};

constexpr unsigned machine() {
#if defined(__x86_64__)
  return AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  return AUDIT_ARCH_AARCH64;
#else
  return 0;
#endif
}

sock_filter statement(unsigned code, unsigned value) { return {static_cast<std::uint16_t>(code), 0, 0, value}; }

/// Jumps over `yes` or `no` instructions.
sock_filter jump(unsigned code, unsigned value, std::size_t yes, std::size_t no) {
  return {static_cast<std::uint16_t>(code), static_cast<std::uint8_t>(yes), static_cast<std::uint8_t>(no), value};
}

std::vector<sock_filter> door_filter(Programs programs) {
  constexpr unsigned load = BPF_LD | BPF_W | BPF_ABS, equal = BPF_JMP | BPF_JEQ | BPF_K, back = BPF_RET | BPF_K;
  std::vector<unsigned> doors(std::begin(closed_doors), std::end(closed_doors));
  if (programs == Programs::one_more) doors.push_back(__NR_execve);
  const std::size_t count = doors.size();
  std::vector<sock_filter> filter{statement(load, offsetof(seccomp_data, arch)), jump(equal, machine(), 1, 0),
                                  statement(back, SECCOMP_RET_ERRNO | EPERM),
                                  statement(load, offsetof(seccomp_data, nr))};
  filter.push_back(jump(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, count + 1, 0));  // x32's numbers for the same calls
  for (std::size_t i = 0; i < count; ++i) filter.push_back(jump(equal, doors[i], count - i, 0));
  filter.push_back(statement(back, SECCOMP_RET_ALLOW));
  filter.push_back(statement(back, SECCOMP_RET_ERRNO | EACCES));
  return filter;
}

}  // namespace

void become(const Account& account) {
  if (setgroups(0, nullptr) == 0 && setgid(account.group) == 0 && setuid(account.user) == 0) return;
  throw Error(Code::database, concat("cannot become the user ", account.name, ": ", std::strerror(errno)));
}

void hide_command_line(std::string_view title) {
  prctl(PR_SET_DUMPABLE, 0);
  if (access("/proc/self/stat", R_OK) != 0) return;  // then nobody sees any
  const Text status = read_file("/proc/self/stat");
  const List fields = split(std::string_view(status).substr(status.rfind(')') + 2), ' ');  // from the third on
  const auto address = [&](std::size_t number) { return std::stoull(fields.at(number - 3)); };
  const auto overwrite = [](std::uint64_t begin, std::uint64_t end, std::string_view text) {
    if (begin == 0 || end <= begin) return;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel tells addresses as numbers
    char* const target = reinterpret_cast<char*>(begin);
    std::memset(target, 0, end - begin);
    text.copy(target, end - begin - 1);
  };
  overwrite(address(48), address(49), title);  // arg_start, arg_end
  overwrite(address(50), address(51), {});     // env_start, env_end
}

void leave_network() {
  const bool left = geteuid() == 0 ? unshare(CLONE_NEWNET) == 0 : can_leave_users() && leave_users();
  if (left) raise_loopback();
}

void forbid_system_calls(Programs programs) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || machine() == 0) return;
  std::vector<sock_filter> filter = door_filter(programs);
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

void execute_last(const List& command) {
  std::vector<char*> arguments;
  for (const Text& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  // Shells and libraries call execve, which is closed; this is its sister.
  const int program = open(arguments[0], O_PATH | O_CLOEXEC);
  syscall(__NR_execveat, program, "", arguments.data(), environ, AT_EMPTY_PATH);
}

void close_files(const fs::path& program, const fs::path& folder) {
  const long version = syscall(__NR_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return;
  Files files(version);
  for (const char* libraries : {"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/nix/store"}) {
    files.allow(libraries, read_rights | run_rights);  // the loader is run, too
  }
  for (const char* data :
       {"/usr", "/sys/devices/system", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/passwd",
        "/etc/group", "/etc/nsswitch.conf", "/etc/hosts", "/etc/host.conf", "/etc/resolv.conf", "/etc/ssl/openssl.cnf",
        "/etc/pki/tls/openssl.cnf", "/etc/crypto-policies", "/var/cache/postgresql/dicts", "/dev/urandom"}) {
    files.allow(data, read_rights);
  }
  files.allow("/dev/null", read_rights | LANDLOCK_ACCESS_FS_WRITE_FILE);
  files.allow(program.parent_path().parent_path(), read_rights);
  files.allow(program, run_rights);
  if (const char* libraries = std::getenv("LD_LIBRARY_PATH")) {
    for (const Text& each : split(libraries, ':')) files.allow(each, read_rights);
  }
  files.allow_all(folder);
  files.restrict();
}

}  // namespace quoin::shadow
