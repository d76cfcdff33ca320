#include "runner/waiting.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>

namespace quoin::runner {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds longest = 500ms;

/// Random, so that runners which wait for the same lock do not all ask at once.
milliseconds about(milliseconds pause) {
  thread_local std::minstd_rand random(std::random_device{}());
  return milliseconds(std::uniform_int_distribution(pause.count() / 2, pause.count())(random));
}

}  // namespace

void require_going_on(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(Code::database, "interrupted", {}, "run the same command again to go on");
}

void pause(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock held(mutex);
  never.wait_for(held, stop, time, [] { return false; });
}

RetryPauses::RetryPauses(Waiting waiting)
    : waiting_(std::move(waiting)),
      deadline_(std::chrono::steady_clock::now() + std::chrono::seconds(waiting_.seconds)) {}

void RetryPauses::wait(const Text& what, const std::function<Error()>& too_late) {
  require_going_on(waiting_.stop);
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - std::chrono::steady_clock::now());
  if (left <= 0ms) throw too_late();
  if (!told_ && waiting_.say) waiting_.say(what);
  told_ = true;
  pause(std::min(about(pause_), left), waiting_.stop);
  pause_ = std::min(pause_ * 3 / 2, longest);
}

namespace {

bool says(const Error& error, std::string_view words) {
  return std::string_view(error.what()).find(words) != Text::npos;
}

bool is_without_room(const Error& error) {
  return error.sqlstate == "53300" || error.sqlstate == "57P03" ||
         says(error, "no more connections allowed");  // PgBouncer's word
}

/// As libpq words it where nobody answers. A name that nobody knows yet is that of a container that is not up.
bool is_not_up(const Error& error) {
  if (error.code != Code::database || !error.sqlstate.empty()) return false;
  static constexpr std::string_view words[] = {"Connection refused",
                                               "No such file or directory",
                                               "could not translate host name",
                                               "timeout expired",
                                               "No route to host",
                                               "Host is unreachable",
                                               "Network is unreachable",
                                               "closed the connection unexpectedly",
                                               "Connection reset"};
  return std::ranges::any_of(words, [&](std::string_view one) { return says(error, one); });
}

}  // namespace

bool may_pass(const Error& error, Until until) {
  return is_without_room(error) || (until == Until::server && is_not_up(error));
}

Text what_is_lacking(const Error& error) { return is_not_up(error) ? "the server to come up" : "a connection"; }

postgres::Connection connect(const Text& conninfo, const Waiting& waiting) {
  RetryPauses pauses(waiting);
  for (;;) {
    try {
      return postgres::Connection(conninfo);
    } catch (const Error& error) {
      if (!may_pass(error, waiting.until)) throw;
      pauses.wait(concat("waiting for ", what_is_lacking(error)), [&] {
        Error told = error;
        told.hint += concat(told.hint.empty() ? "" : "; ", "or wait for one longer with --wait SECONDS");
        return told;
      });
    }
  }
}

}  // namespace quoin::runner
