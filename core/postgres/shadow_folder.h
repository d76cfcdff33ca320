// The folder of one throw-away server, and cleaning up after a killed guard.
#pragma once
#include <filesystem>
#include <optional>

#include "core/postgres/shadow_confine.h"

namespace quoin::shadow {

/// A new folder in `parent` with two locks in it, which the kernel frees when their holders are gone, in whatever way:
/// one held by this process alone, one by this process and all that it starts. By these another quoin sees which of
/// them still live.
class ServerFolder {
 public:
  /// It belongs to `account`, where there is one. Throws Error(Code::database).
  ServerFolder(const std::filesystem::path& parent, const std::optional<Account>& account);
  ServerFolder(const ServerFolder&) = delete;
  ServerFolder& operator=(const ServerFolder&) = delete;
  ~ServerFolder();
  const std::filesystem::path& path() const { return path_; }
  void remove();

 private:
  std::filesystem::path path_;
  int guard_ = -1, all_ = -1;
};

/// Stops the server of a guard that is gone, and removes its folder; leaves alone what still has its guard.
void remove_abandoned(const std::filesystem::path& folder);
/// The same for every such folder in `parent` that belongs to this process's user.
void remove_all_abandoned(const std::filesystem::path& parent);

std::filesystem::path log_of(const std::filesystem::path& folder);

}  // namespace quoin::shadow
