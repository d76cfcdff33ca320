// How little a throw-away server is left with: it runs SQL that strangers wrote, and whoever is superuser of a server
// runs programs as its OS user.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string_view>

#include "core/base/text.h"

namespace quoin::shadow {

/// The unprivileged user that root lends the server to.
struct Account {
  Text name;
  uid_t user = 0;
  gid_t group = 0;
};
/// For good. Throws Error(Code::database).
void become(const Account&);

/// Overwrites what others see as this process's command line and environment, which may hold a password, and keeps
/// others from reading its memory. What getenv() gave before is gone.
void hide_command_line(std::string_view title);

/// Into an empty network with a loopback of its own, where the kernel allows it: as root, or as root of a user
/// namespace. For a process of one thread.
void leave_network();

/// For this process and all that it starts, for good: no new privileges, no connections, no look into other processes;
/// and no programs, but for one more that `execute_last` starts.
enum class Programs { one_more, any };
void close_doors(Programs);
/// The first of `command` is its file, and no script. Returns where that fails.
void execute_last(const List& command);

/// Likewise: reads only what programs need, runs only `program`, writes only in `folder`.
void close_files(const std::filesystem::path& program, const std::filesystem::path& folder);

// A kernel that cannot do one of these leaves it undone; the others hold without it.

}  // namespace quoin::shadow
