// The child process that runs a throw-away server and outlives whoever started it by just long enough to clean up.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>

#include "base/text.h"

namespace quoin::shadow {

/// The unprivileged user that root lends the server to.
struct Account {
  Text name;
  uid_t user = 0;
  gid_t group = 0;
};

struct GuardOrder {
  std::filesystem::path binaries;  // the folder with initdb and postgres
  std::filesystem::path folder;    // of this server alone: data, socket, log; removed at the end
  std::filesystem::path cache;     // the initialised data folder to copy, made where it is missing; empty: no cache
  std::optional<Account> account;  // whom to become first
  int channel = -1;                // our end of a socket pair: one byte is sent when the server is gone, it ends when
                                   // the starter does, in whatever way
};

std::filesystem::path log_of(const std::filesystem::path& folder);

/// Runs in a forked child, never returns: makes the data folder, runs the server, waits for the starter's end of the
/// channel to close, stops the server and removes the folder. Whatever fails is written to the log.
[[noreturn]] void guard(const GuardOrder&);

}  // namespace quoin::shadow
