// Confines a throw-away server: it runs SQL that strangers wrote as superuser, who can run programs as the server's OS
// user.
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
/// Makes this process run as the account, for good. Throws Error(Code::database).
void become(const Account&);

/// Overwrites what others see as this process's command line and environment, which may hold a password, and keeps
/// others from reading its memory. What getenv() gave before is gone.
void hide_command_line(std::string_view title);

/// Moves this process into an empty network with a loopback of its own, where the kernel allows it: as root, or as root
/// of a user namespace. For a process of one thread.
void leave_network();

/// Forbids this process and all that it starts, for good, to gain privileges, to make connections and to trace other
/// processes (seccomp); with `one_more` also to start programs, but for the one that execute_last() starts.
enum class Programs { one_more, any };
void forbid_system_calls(Programs);
/// Replaces this process by the program of `command`, whose first word is its file and no script. Returns only where
/// that fails.
void execute_last(const List& command);

/// Restricts this process and all that it starts, for good: they read only what programs need, run only `program`, and
/// write only in `folder`.
void close_files(const std::filesystem::path& program, const std::filesystem::path& folder);

// Where the kernel cannot do one of these, the others still apply.

}  // namespace quoin::shadow
