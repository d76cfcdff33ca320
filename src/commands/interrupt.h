// Ctrl-C while a command writes to a database.
#pragma once
#include <stop_token>
#include <thread>

namespace quoin {

/// While it lives, the first SIGINT or SIGTERM does not end the process but asks its stop_token to stop. A second one
/// ends the process as usual. One at a time.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();
  std::stop_token stop() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  int heard_ = -1;  // where the handler's word arrives
  std::thread listener_;
};

}  // namespace quoin
