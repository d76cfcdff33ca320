// Syncs that meet, and what sync runs unproven.
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>

#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
void want(const CommandsProject& project, const Text& columns) {
  fs::create_directories(project.folder / "schemas");
  write_file(project.folder / "schemas/public.yaml",
             concat("schema: public\ntables:\n  beds:\n    columns:\n      id: bigint\n", columns));
}
/// What a person sees who says yes once `meanwhile` has happened; QUOIN_BINARY runs in the project's folder.
template <class Meanwhile>
Text said_yes(const CommandsProject& project, const char* command, Meanwhile meanwhile) {
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  REQUIRE(child >= 0);
  if (child == 0) {
    setenv("DATABASE_URL", project.database->url().c_str(), 1);
    if (chdir(project.folder.c_str()) == 0) execl(QUOIN_BINARY, "quoin", command, nullptr);
    _exit(127);
  }
  Text all;
  char part[4096];
  bool answered = false;
  for (ssize_t count = 0; (count = read(terminal, part, sizeof part)) > 0;) {
    all.append(part, static_cast<std::size_t>(count));
    if (answered || !holds(all, "[y/N]")) continue;
    meanwhile();
    answered = write(terminal, "y\n", 2) == 2;
  }
  waitpid(child, nullptr, 0);
  close(terminal);
  return all;
}
}  // namespace

TEST_CASE("sync runs no plan that has gone stale while a person was asked", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  want(project, "      name: text\n");
  const Text seen = said_yes(project, "sync",
                             [&] { project.database->connect().execute("CREATE TABLE beds (id bigint, lost text)"); });
  INFO(seen);
  CHECK(holds(seen, "has changed since you were asked"));
  CHECK(project.value("SELECT count(lost) FROM beds") == "0");
}

TEST_CASE("syncs at once wait for each other, and the later find nothing to do", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  want(project, "      name: text\n");
  std::vector<std::unique_ptr<Program>> all;
  for (int i = 0; i < 3; ++i)
    all.push_back(
        std::make_unique<Program>(List{"sync", "-y", "--wait", "120"}, project.folder, project.environment()));
  int ran = 0, idle = 0;
  for (auto& one : all) {
    const Ran ended = one->wait();
    INFO(ended.out + ended.err);
    CHECK(ended.code == 0);
    ran += holds(ended.out, "ran 1 statement") ? 1 : 0;
    idle += holds(ended.out, "nothing to do") ? 1 : 0;
  }
  CHECK(ran == 1);
  CHECK(idle == 2);
  CHECK(holds(project.run({"log"}).out, "begins with 1 statement"));
}

TEST_CASE("sync runs what is unproven only where that is allowed", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  want(project, "");
  const Ran refused = project.run({"sync", "-y", "--shadow", "off"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "what would be run is unproven: no shadow server"));
  CHECK(holds(project.run({"sync", "--dry-run", "--shadow", "off"}).err, "unproven: no shadow server"));
  CHECK(project.run({"sync", "-y", "--shadow", "off", "--allow", "unproven"}).code == 0);
}
