// On a terminal: what is being done is said once it takes long, and taken away again.
#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <thread>

#include "commands/command.h"

namespace quoin {
namespace {

/// What `body` writes to a terminal of its own, in a process of its own.
template <class Body>
Text on_a_terminal(Body body) {
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  REQUIRE(child >= 0);
  if (child == 0) {
    body();
    _exit(0);
  }
  Text all;
  char part[4096];
  for (ssize_t count = 0; (count = read(terminal, part, sizeof part)) > 0;)
    all.append(part, static_cast<std::size_t>(count));
  waitpid(child, nullptr, 0);
  close(terminal);
  return all;
}

void work(CommandLine settings, std::chrono::milliseconds time) {
  settings.audience = at_terminal(settings);
  const Progress outer(settings, "proving");
  {
    const Progress inner(settings, "postgresql://me:hunter22@h/db");
    std::this_thread::sleep_for(time);
  }
  remark(settings, "done");
}

}  // namespace

TEST_CASE("what takes more than two seconds is named on a terminal, and the line is taken away again") {
  const Text seen = on_a_terminal([] { work({}, std::chrono::milliseconds(2300)); });
  CHECK(seen == "postgresql://me:***@h/db (2 s)\r\033[Kdone\r\n");
}

TEST_CASE("how far it is stands behind what is being done") {
  const Text seen = on_a_terminal([] {
    CommandLine settings;
    settings.audience = at_terminal(settings);
    const Progress building(settings, "running 1 of 2: a.sql");
    settings.audience->advances("CREATE INDEX", 0.418);
    std::this_thread::sleep_for(std::chrono::milliseconds(2300));
  });
  CHECK(seen == "running 1 of 2: a.sql (2 s): [####......] 41 % CREATE INDEX\r\033[K");
}

TEST_CASE("what is quick, and what is for programs, shows no line on a terminal") {
  CHECK(on_a_terminal([] { work({}, std::chrono::milliseconds(10)); }) == "done\r\n");
  CommandLine quiet, json;
  quiet.loudness = Loudness::quiet;
  json.json = true;
  CHECK(on_a_terminal([&] { work(quiet, std::chrono::milliseconds(2300)); }).empty());
  CHECK(on_a_terminal([&] { work(json, std::chrono::milliseconds(2300)); }).empty());  // it is in the document
}

}  // namespace quoin
