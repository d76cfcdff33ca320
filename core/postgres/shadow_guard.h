// The child process that runs a throw-away server and outlives whoever started it by just long enough to clean up.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>

#include "core/postgres/shadow_folder.h"

namespace quoin::shadow {

/// What the guard is to run.
struct GuardOrder {
  std::filesystem::path binaries;  // the folder with initdb and postgres
  std::filesystem::path parent;    // of the server's own folder, which the guard makes, and removes at the end
  std::filesystem::path cache;     // the initialised data folder to copy, made where it is missing; empty: no cache
  std::optional<Account> account;  // whom to become
  int channel = -1;                // our end of a pair of message sockets; it ends when the starter does
};

// What is said on the channel. By the guard, each followed by a text: the folder it has made; an error, which is its
// last word; that the server is gone, or why it never was. By the starter: that the server has answered.
enum class Word : char { folder = 'f', error = 'e', gone = 'g', ready = 'r' };

/// Runs in a forked child, never returns: makes the folder, runs the server, waits until the starter is gone, stops the
/// server and removes the folder. Whatever programs say is in the folder's log.
[[noreturn]] void guard(const GuardOrder&);

}  // namespace quoin::shadow
