#include "commands/interrupt.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "core/base/error.h"

namespace quoin {
namespace {

// All that a handler may do with safety is to write a byte: those who asked for the stop_token run elsewhere.
std::atomic<int> told = -1;
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
  const char byte = 1;
  if (write(told.load(), &byte, 1) != 1) raise(number);  // nobody hears it: the second ends the process
  errno = kept;
}

}  // namespace

Interrupt::Interrupt() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    throw Error(Code::internal, "no pipe for signals is to be had", {}, "close some of the files that are open");
  heard_ = ends[0];
  told = ends[1];
  came = 0;
  listener_ = std::thread([this] {
    char byte = 0;
    ssize_t got = 0;
    while ((got = read(heard_, &byte, 1)) < 0 && errno == EINTR) continue;
    if (got == 1) source_.request_stop();
  });
  struct sigaction action {};
  action.sa_handler = &handle;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &old_interrupt);
  sigaction(SIGTERM, &action, &old_terminate);
}

Interrupt::~Interrupt() {
  sigaction(SIGINT, &old_interrupt, nullptr);
  sigaction(SIGTERM, &old_terminate, nullptr);
  close(told.exchange(-1));
  listener_.join();
  close(heard_);
}

}  // namespace quoin
