// Waits for another session, or for a server.
#pragma once
#include <chrono>
#include <functional>
#include <stop_token>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/postgres/postgres.h"

namespace quoin::runner {

/// How long a connection is tried for. room: while the server is full or starts; server: also while it is not up.
enum class Until { room, server };

struct Waiting {
  int seconds = 10;
  std::function<void(std::string_view)> say{};  // called once, with what is waited for
  std::stop_token stop{};                       // ends the waiting early
  Until until = Until::room;
};

/// Throws Error(Code::database) if a stop was requested.
void require_going_on(const std::stop_token&);

/// Returns early where a stop is requested.
void pause(std::chrono::milliseconds, const std::stop_token&);

/// The pauses of a loop that tries again and again. They grow from a tenth of a second to half of one, each somewhat
/// shorter or longer at random; the last try comes when the seconds are over.
class RetryPauses {
 public:
  explicit RetryPauses(Waiting);
  /// Says `what` the first time, and pauses. Throws what `too_late` gives when the seconds are over, and as
  /// require_going_on() does.
  void wait(const Text& what, const std::function<Error()>& too_late);

 private:
  Waiting waiting_;
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::milliseconds pause_{100};
  bool told_ = false;
};

/// Opens a connection, and waits for it as `Waiting` says.
postgres::Connection connect(const Text& conninfo, const Waiting&);
/// True if the error is one that may pass, so that waiting for a connection is worthwhile.
bool may_pass(const Error&, Until);
/// What such an error makes the caller wait for, in words.
Text what_is_lacking(const Error&);

}  // namespace quoin::runner
