// A private PostgreSQL server of this process.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>

#include "core/postgres/shadow_confine.h"

namespace quoin::shadow {

struct Binaries {
  std::filesystem::path folder;  // with initdb and postgres
  int major = 0;
};
/// Of `major` where that is installed, else the nearest newer one, else the newest.
std::optional<Binaries> find_binaries(std::optional<int> major);

/// Runs while this lives, and never longer than this process.
class PrivateServer {
 public:
  /// Returns when the server answers. Throws Error(Code::database) with the end of its log where it does not.
  explicit PrivateServer(const Binaries&);
  PrivateServer(const PrivateServer&) = delete;
  PrivateServer& operator=(const PrivateServer&) = delete;
  ~PrivateServer();
  const Text& url() const { return url_; }

 private:
  void stop();
  void wait_until_ready(const Binaries&);
  std::filesystem::path folder_;
  std::optional<Account> account_;
  Text url_;
  int channel_ = -1;
  pid_t guard_ = -1;
};

}  // namespace quoin::shadow
