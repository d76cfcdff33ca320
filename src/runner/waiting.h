// Waiting for something that another session has or does.
#pragma once
#include <chrono>
#include <functional>
#include <stop_token>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/postgres/postgres.h"

namespace quoin::runner {

/// What a connection is waited for. room: that one of a full server's is free, or the server has started; server: also
/// that the server is up at all.
enum class Until { room, server };

struct Waiting {
  int seconds = 10;
  std::function<void(std::string_view)> say{};  // called once, with what is waited for
  std::stop_token stop{};                       // ends the waiting early
  Until until = Until::room;
};

/// Throws Error(Code::database) where somebody asked to stop.
void require_going_on(const std::stop_token&);

/// The pauses of a loop that asks again and again. They grow from a tenth of a second to half of one, each somewhat
/// shorter or longer by chance; the last question comes when the seconds are over.
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

/// Opens a connection, and waits for it as `Waiting` says.
postgres::Connection connect(const Text& conninfo, const Waiting&);
/// True if the error is one that may pass, so that waiting for a connection is worthwhile.
bool may_pass(const Error&, Until);
/// What is waited for after such an error, for people.
Text what_is_lacking(const Error&);

}  // namespace quoin::runner
