#include "runner/interrupt.h"

#include <signal.h>

#include <atomic>
#include <cerrno>

namespace quoin::runner {
namespace {

std::atomic<postgres::Connection*> running = nullptr;
volatile sig_atomic_t came = 0;
struct sigaction old_interrupt, old_terminate;

void handle(int number) {
  if (came != 0) {
    signal(number, SIG_DFL);
    raise(number);
    return;
  }
  came = 1;
  const int kept = errno;
  if (postgres::Connection* connection = running.load()) connection->cancel();
  errno = kept;
}

}  // namespace

Interrupt::Interrupt() {
  came = 0;
  struct sigaction action {};
  action.sa_handler = &handle;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &old_interrupt);
  sigaction(SIGTERM, &action, &old_terminate);
}

Interrupt::~Interrupt() {
  sigaction(SIGINT, &old_interrupt, nullptr);
  sigaction(SIGTERM, &old_terminate, nullptr);
  came = 0;
}

Interrupt::Watch::Watch(postgres::Connection& connection) { running = &connection; }
Interrupt::Watch::~Watch() { running = nullptr; }

bool Interrupt::seen() { return came != 0; }

void Interrupt::check() {
  if (came != 0) throw Error(Code::database, "interrupted", {}, "run the same command again to go on");
}

}  // namespace quoin::runner
