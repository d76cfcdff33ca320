#include "commands/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/visible.h"

namespace quoin {
namespace {
using Clock = std::chrono::steady_clock;

struct Doing {
  Text what;
  Clock::time_point since;
  Text how_far{};
};

// One terminal, so one line.
struct Line {
  std::mutex mutex;  // not a recursive one, which the child of a fork could not unlock
  std::condition_variable changed;
  std::vector<Doing> doing;
  std::thread ticker;
  bool ticks = false, drawn = false;
};
Line& line() {
  static Line one;
  return one;
}

void hold_line() { line().mutex.lock(); }
void leave_line() { line().mutex.unlock(); }

// The guard of a throw-away server is a fork that goes on working: what the ticker had locked then, as in the
// allocator, would stay locked there. It works under the mutex alone, which a fork waits for.
void keep_forks_apart() {
  static const int done = pthread_atfork(&hold_line, &leave_line, &leave_line);
  static_cast<void>(done);  // without room for the handlers there is none for a server
}

void put(std::string_view text) {
  if (write(STDERR_FILENO, text.data(), text.size()) < 0) return;  // a terminal that went away needs no line
}

void erase(Line& on) {
  if (on.drawn) put("\r\033[K");
  on.drawn = false;
}

// A line that wraps could not be taken away again.
std::string_view cut_to_terminal(std::string_view text) {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  const std::size_t most = known ? size.ws_col - 1U : 79U;
  return text.substr(0, utf8_length(text.substr(0, most)));
}

/// "[####......] 41 %".
Text bar_of(double share) {
  constexpr std::size_t width = 10;
  const double part = std::clamp(share, 0.0, 1.0);
  const auto full = static_cast<std::size_t>(part * width);
  return concat("[", Text(full, '#'), Text(width - full, '.'), "] ", std::to_string(static_cast<int>(part * 100)),
                " %");
}

void draw(Line& on) {
  const Doing& doing = on.doing.back();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - doing.since).count();
  erase(on);
  put(cut_to_terminal(concat(line_for_people(doing.what), " (", std::to_string(seconds), " s)",
                             doing.how_far.empty() ? "" : concat(": ", line_for_people(doing.how_far)))));
  on.drawn = true;
}

void tick(Line& on) {
  std::unique_lock held(on.mutex);
  on.ticks = true;
  on.changed.notify_all();
  const auto done = [&] { return on.doing.empty(); };
  if (on.changed.wait_for(held, std::chrono::seconds(2), done)) return;
  do draw(on);
  while (!on.changed.wait_for(held, std::chrono::seconds(1), done));
}

}  // namespace

void progress::begin(Text what) {
  Line& on = line();
  keep_forks_apart();
  std::unique_lock held(on.mutex);
  on.doing.push_back({std::move(what), Clock::now()});
  if (on.doing.size() > 1) return;
  // Signals are for the thread that works: it is to be woken by them.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  on.ticks = false;
  on.ticker = std::thread([&on] { tick(on); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  on.changed.wait(held, [&] { return on.ticks; });
}

bool progress::advance(Text what, std::optional<double> share) {
  Line& on = line();
  const std::lock_guard held(on.mutex);
  if (on.doing.empty()) return false;
  on.doing.back().how_far = share ? concat(bar_of(*share), " ", what) : std::move(what);
  return true;
}

void progress::end() {
  Line& on = line();
  {
    const std::lock_guard held(on.mutex);
    erase(on);
    on.doing.pop_back();
    if (!on.doing.empty()) return;
  }
  on.changed.notify_all();
  on.ticker.join();
}

WithoutProgress::WithoutProgress() {
  line().mutex.lock();
  erase(line());
}
WithoutProgress::~WithoutProgress() { line().mutex.unlock(); }

}  // namespace quoin
