// Waiting for what another session is doing.
#pragma once
#include <chrono>
#include <functional>
#include <stop_token>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/postgres/postgres.h"

namespace quoin::runner {

/// room: for a connection where there is none left, or the server is starting; server: also for one that is not up.
enum class Until { room, server };

struct Waiting {
  int seconds = 10;
  std::function<void(std::string_view)> say{};  // told once what is waited for
  std::stop_token stop{};                       // asks to end before what is waited for has come
  Until until = Until::room;
};

/// Throws Error(Code::database) where somebody asked to stop.
void require_going_on(const std::stop_token&);

/// For a loop that asks again and again: between two questions. The pauses grow from a tenth of a second to half of
/// one, each somewhat shorter or longer by chance; the last question is asked when the seconds are over.
class Patience {
 public:
  explicit Patience(Waiting);
  /// Says `what` the first time, and takes a moment. Throws what `too_late` gives when the seconds are over, and
  /// as require_going_on() does.
  void wait(const Text& what, const std::function<Error()>& too_late);

 private:
  Waiting waiting_;
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::milliseconds pause_{100};
  bool told_ = false;
};

/// A connection, waited for as it says.
postgres::Connection connect(const Text& conninfo, const Waiting&);
/// Whether why there was none is worth waiting.
bool may_pass(const Error&, Until);
/// What is waited for then.
Text what_is_lacking(const Error&);

}  // namespace quoin::runner
