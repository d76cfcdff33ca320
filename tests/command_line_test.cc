// The command line: help, completions, the reference page, wrong usage.
#include <unistd.h>

#include <cstdlib>

#include "commands/described.h"
#include "core/base/files.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
const fs::path here = fs::temp_directory_path();
}  // namespace

TEST_CASE("wrong usage names what is near, as JSON too", "[commands]") {
  struct Case {
    List arguments;
    Text says;
  };
  for (const auto& [arguments, says] :
       {Case{{"dif"}, "did you mean diff?"}, Case{{"diff", "--frm", "x"}, "did you mean --from?"},
        Case{{}, "no command is given"}, Case{{"create"}, "NAME is required"}, Case{{"help", "migrat"}, "migrate?"},
        Case{{"graph", "--format", "pdf"}, "quoin graph --help"}, Case{{"migrate", "--allow", "x"}, "data-loss"},
        Case{{"diff", "--from", "empty:", "--to", "empty:", "--shadow", "on"}, "auto, off, or a server's URL"},
        Case{{"migrate", "--db", "x"}, "did you mean --database?"},
        Case{{"status", "postgres://app@db/shop"}, "did you mean --database URL?"},
        Case{{"diff", "--name", "x", "-o", "y.sql"}, "leave out --name or -o"},
        Case{{"completions", "tcsh"}, "bash, zsh, fish, man"}, Case{{"repair", "1"}, "--applied"}}) {
    const Ran ran = run_quoin(arguments, here);
    INFO(join(arguments, " ") << "\n" << ran.err);
    CHECK(ran.code == 64);
    CHECK(ran.out.empty());
    CHECK(holds(ran.err, says));
  }
  const Ran json = run_quoin({"--json", "dif"}, here);
  CHECK(json.code == 64);
  CHECK(holds(json.err, "\"exit_code\": 64"));
}

TEST_CASE("every command and subject is explained", "[commands]") {
  for (const Command* command : all_commands()) {
    const Ran ran = run_quoin({"help", command->name}, here);
    INFO(command->name);
    CHECK(ran.code == 0);
    CHECK(ran.out == run_quoin({command->name, "--help"}, here).out);
    CHECK(holds(ran.out, command->summary));
  }
  CHECK(run_quoin({"help"}, here).out == run_quoin({"--help"}, here).out);
  CHECK(holds(run_quoin({"help", "settings"}, here).out, "managed_schemas"));
  CHECK(holds(run_quoin({"help", "directives"}, here).out, "no-transaction"));
  CHECK(holds(run_quoin({"help", "yaml"}, here).out, "privileges"));
  CHECK(holds(run_quoin({"help", "sources"}, here).out, "empty:"));
}

TEST_CASE("without database or migrations diff says how to begin, and what is not set", "[commands]") {
  const fs::path folder = here / concat("quoin-begun-", std::to_string(getpid()));
  fs::create_directories(folder);
  REQUIRE(run_quoin({"init"}, folder).code == 0);
  const Ran begun = run_quoin({"diff"}, folder);
  INFO(begun.err);
  CHECK(begun.code == 64);
  CHECK(holds(begun.err, "no database is named (${DATABASE_URL} is not set), and migrations holds no migrations yet"));
  CHECK(holds(begun.err, "quoin diff --from empty: --name first"));
  const Ran status = run_quoin({"status"}, folder);
  CHECK(holds(status.err, "quoin.yaml needs ${DATABASE_URL}, which is not set"));
  write_file(folder / "quoin.yaml", "migrations: ${FOLDER}/m\n");
  const Ran unset = run_quoin({"verify"}, folder);
  CHECK(holds(unset.err, "migrations needs ${FOLDER}, which is not set"));
  fs::remove_all(folder);
}

TEST_CASE("completions are scripts that their shells can read", "[commands]") {
  const Ran bash = run_quoin({"completions", "bash"}, here);
  CHECK(bash.code == 0);
  const fs::path script = here / concat("quoin-completions-", std::to_string(getpid()));
  write_file(
      script,
      concat(bash.out,
             "COMP_WORDS=(quoin graph --format ''); COMP_CWORD=3; _quoin; [ \"${COMPREPLY[*]}\" = 'mermaid dot svg"
             " json' ] || exit 1\nCOMP_WORDS=(quoin rol); COMP_CWORD=1; _quoin; [ \"${COMPREPLY[*]}\" ="
             " rollback ] || exit 2\nCOMP_WORDS=(quoin migrate --out); COMP_CWORD=2; _quoin;"
             " [ \"${COMPREPLY[*]}\" = --out-of-order ] || exit 3\n"));
  CHECK(std::system(concat("bash ", script.string()).c_str()) == 0);
  fs::remove(script);
  for (const char* shell : {"zsh", "fish", "man"}) {
    const Ran ran = run_quoin({"completions", shell}, here);
    CHECK(ran.code == 0);
    for (const Command* command : all_commands()) CHECK(holds(ran.out, command->name));
  }
}
