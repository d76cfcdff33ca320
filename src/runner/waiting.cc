#include "runner/waiting.h"

#include <algorithm>
#include <random>
#include <thread>

namespace quoin::runner {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds longest = 500ms;

/// Those who wait for the same shall not all ask at the same moment.
milliseconds about(milliseconds pause) {
  thread_local std::minstd_rand random(std::random_device{}());
  return milliseconds(std::uniform_int_distribution(pause.count() / 2, pause.count())(random));
}

}  // namespace

void require_going_on(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Code::database, "interrupted", {}, "run the same command again to go on");
}

Patience::Patience(Waiting waiting)
    : waiting_(std::move(waiting)),
      deadline_(std::chrono::steady_clock::now() + std::chrono::seconds(waiting_.seconds)) {}

void Patience::wait(const Text& what, const std::function<Error()>& too_late) {
  require_going_on(waiting_.stop);
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - std::chrono::steady_clock::now());
  if (left <= 0ms) throw too_late();
  if (!told_ && waiting_.say) waiting_.say(what);
  told_ = true;
  std::this_thread::sleep_for(std::min(about(pause_), left));
  pause_ = std::min(pause_ * 3 / 2, longest);
}

bool is_without_room(const Error& error) {
  return error.sqlstate == "53300" || error.sqlstate == "57P03" ||
         Text(error.what()).find("no more connections allowed") != Text::npos;  // PgBouncer's word
}

postgres::Connection connect(const Text& conninfo, const Waiting& waiting) {
  Patience patience(waiting);
  for (;;) {
    try {
      return postgres::Connection(conninfo);
    } catch (const Error& error) {
      if (!is_without_room(error)) throw;
      patience.wait("waiting for a connection", [&] {
        Error told = error;
        told.hint += concat(told.hint.empty() ? "" : "; ", "or wait for one longer with --wait SECONDS");
        return told;
      });
    }
  }
}

}  // namespace quoin::runner
