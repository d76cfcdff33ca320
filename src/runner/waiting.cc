#include "runner/waiting.h"

#include <thread>

#include "runner/interrupt.h"

namespace quoin::runner {

Patience::Patience(Waiting waiting)
    : waiting_(std::move(waiting)),
      deadline_(std::chrono::steady_clock::now() + std::chrono::seconds(waiting_.seconds)) {}

void Patience::wait(const Text& what, const std::function<Error()>& too_late) {
  using namespace std::chrono_literals;
  Interrupt::check();
  if (std::chrono::steady_clock::now() >= deadline_) throw too_late();
  if (!told_ && waiting_.say) waiting_.say(what);
  told_ = true;
  std::this_thread::sleep_for(100ms);
}

}  // namespace quoin::runner
