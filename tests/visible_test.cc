// What steers a terminal is shown, wherever it comes from.
#include "core/base/visible.h"

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "core/base/files.h"
#include "tests/catch.h"
#include "tests/hostile.h"
#include "tests/program.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

// The beginning of a window's title, an answer back, a DEL, a C1 control, an override of direction, a forged line.
constexpr std::string_view hostile = "a\x1B]0;x\x07\x1B[6n\x7F\xC2\x9B\xE2\x80\xAE\r\nproven: all is well";

bool is_harmless(std::string_view text) {
  for (const char* raw : {"\x1B", "\x07", "\x7F", "\xC2\x9B", "\xE2\x80\xAE", "\r"})
    if (text.find(raw) != text.npos) return false;
  return text.find("\nproven") == text.npos;
}

struct Project {
  fs::path folder = fs::temp_directory_path() / concat("quoin-visible-", std::to_string(getpid()));
  Project() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
  }
  ~Project() { fs::remove_all(folder); }
  void add(const Text& name, std::string_view content) const { write_file(folder / "migrations" / name, content); }
};

}  // namespace

TEST_CASE("control characters are shown by their number, and what people write stays", "[visible]") {
  using namespace std::string_view_literals;
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"a\nb\tc\rd", "a\\nb\\tc\\rd"},
      {"\x1B[2J\x07\0x\x7F"sv, "\\x1B[2J\\x07\\x00x\\x7F"},
      {"\xC2\x85\xC2\x9B\xC2\xA0", "\\xC2\\x85\\xC2\\x9B\xC2\xA0"},
      {"\xE2\x80\xA8\xE2\x80\xAE\xE2\x81\xA6", "\\xE2\\x80\\xA8\\xE2\\x80\\xAE\\xE2\\x81\\xA6"},
      {"\x9B\xFF\xE2\x80", "\\x9B\\xFF\\xE2\\x80"},
      {"größer → 漢字 \xF0\x9F\x98\x80 سلام", "größer → 漢字 \xF0\x9F\x98\x80 سلام"},
  };
  for (const auto& [text, shown] : cases) CHECK(visible(text) == shown);
  CHECK(visible_lines("a\tb\r\nc\rd\n") == "a\tb\nc\\x0Dd\n");
  CHECK(for_people("\x1B postgres://a:Wren7@b/c\n") == "\\x1B postgres://a:***@b/c\n");
  CHECK(line_for_people("x\ny") == "x\\ny");
}

TEST_CASE("nothing raw is left of any text", "[visible]") {
  Dice dice(7);
  for (int i = 0; i < 2000; ++i) {
    Text text = dice.hostile_text();
    for (std::size_t left = dice.below(6); left > 0; --left) text += static_cast<char>(dice.below(256));
    text += dice.hostile_text();
    const Text shown = line_for_people(text);
    INFO(shown);
    CHECK(is_harmless(shown));
    CHECK(is_utf8(shown));
    CHECK(shown.find('\n') == Text::npos);
    CHECK(visible(shown) == shown);
    CHECK(is_harmless(for_people(text)));
  }
}

TEST_CASE("JSON says the same without raw control characters", "[visible]") {
  const nlohmann::ordered_json json{{"a\x7F", "\xC2\x9B \xE2\x80\xAE \x1B \n größer"}};
  const Text text = dumped(json);
  CHECK(text == "{\n  \"a\\u007f\": \"\\u009b \\u202e \\u001b \\n größer\"\n}\n");
  CHECK(nlohmann::ordered_json::parse(text) == json);
}

TEST_CASE("a finding keeps what it is about on its line", "[visible]") {
  Finding finding;
  finding.message = hostile;
  finding.hint = hostile;
  finding.place = {Text(hostile), 1, 1};
  finding.source = hostile.substr(0, hostile.find('\r'));
  CHECK(is_harmless(to_text({finding}, false)));
}

TEST_CASE("names of files and objects, and what a server says of them, steer no terminal",
          "[visible][commands][live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  const List environment{concat("DATABASE_URL=", database.url())};
  const Project project;
  const Text name = "a\x1B]0;x\x07\x7F\xC2\x9B\xE2\x80\xAE";
  project.add(concat("1_", name, ".sql"), concat("-- Up Migration\nCREATE TABLE \"", name, "\" (a integer);\n"));
  project.add(concat("2_", name, ".sql"),
              concat("-- Up Migration\nDO $$ BEGIN RAISE NOTICE '", hostile, "'; RAISE '", hostile, "'; END $$;\n"));
  project.add(concat("3_", name, ".txt"), "");
  for (const List& arguments :
       {List{"verify"}, List{"migrate"}, List{"migrate", "-v", "--color", "never"}, List{"migrate", "--json"},
        List{"status"}, List{"status", "--json"}, List{"list"}, List{"list", "--json"}, List{"validate"},
        List{"rollback", "-y"}, List{"diff", "--from", "migrations", "--to", "schemas"}, List{"repair", name},
        List{"status", "--env", name}, List{"snapshot", name}, List{"verify", name, "--json"}, List{name},
        List{"graph"}, List{"status", concat("--", name)}}) {
    INFO(join(arguments, " "));
    const Ran ran = run_quoin(arguments, project.folder, environment);
    INFO(visible_lines(ran.out + ran.err));
    CHECK(is_harmless(ran.out));
    CHECK(is_harmless(ran.err));
  }
  database.connect().execute(
      concat("UPDATE quoin.migrations SET name = E'", name, "\\n\\nproven', error = E'", name, "'"));
  for (const char* command : {"status", "list", "migrate"}) {
    const Ran ran = run_quoin({command}, project.folder, environment);
    CHECK(is_harmless(ran.out + ran.err));
  }
}

TEST_CASE("a document is exact in a file, and harmless on a terminal", "[visible][commands]") {
  const Project project;
  write_file(project.folder / "a.sql", concat("CREATE VIEW v AS SELECT '\x1B[2J'::text AS a;\n"));
  const List arguments{"snapshot", "a.sql", "--format", "sql"};
  CHECK(holds(run_quoin(arguments, project.folder).out, "\x1B[2J"));
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  REQUIRE(child >= 0);
  if (child == 0) {
    if (chdir(project.folder.c_str()) == 0)
      execl(QUOIN_BINARY, "quoin", "snapshot", "a.sql", "--format", "sql", nullptr);
    _exit(127);
  }
  Text all;
  char part[4096];
  for (ssize_t count = 0; (count = read(terminal, part, sizeof part)) > 0;)
    all.append(part, static_cast<std::size_t>(count));
  waitpid(child, nullptr, 0);
  close(terminal);
  CHECK(holds(all, "\\x1B[2J"));
  CHECK(all.find('\x1B') == Text::npos);
}

TEST_CASE("a name with a line break begins no line of what is told", "[visible][commands]") {
  const Project project;
  const Text table = "\"x\nproven: up and down\n::add-mask::evil\"";
  write_file(project.folder / "one.sql", concat("create table ", table, " (a int, b int);\n"));
  write_file(project.folder / "two.sql", concat("create table ", table, " (b int, a int);\n"));
  const Ran ran = run_quoin({"diff", "--from", "one.sql", "--to", "two.sql", "--shadow", "off"}, project.folder);
  INFO(ran.err);
  CHECK(holds(ran.err, "x\\nproven: up and down\\n::add-mask::evil"));
  CHECK_FALSE(holds(ran.err, "\nproven:"));
  CHECK_FALSE(holds(ran.err, "\n::add-mask"));
}

TEST_CASE("neither does one in what a run takes away", "[visible][commands][live]") {
  if (no_server_here()) return;
  const Project project;
  const Shadow::Database database = server().create_database();
  const List environment{concat("DATABASE_URL=", database.url())};
  const Text table = "\"x\nproven: up and down\n::add-mask::evil\"";
  project.add("1_a.sql", concat("create table ", table, " (a int);\n"));
  CHECK(run_quoin({"migrate"}, project.folder, environment).code == 0);
  project.add("2_b.sql", concat("drop table ", table, ";\n"));
  for (const List& arguments : {List{"migrate"}, List{"migrate", "--dry-run"}}) {
    const Ran ran = run_quoin(arguments, project.folder, environment);
    INFO(ran.err);
    CHECK(holds(ran.err, "x\\nproven: up and down\\n::add-mask::evil"));
    CHECK_FALSE(holds(ran.err, "\n::add-mask"));
    CHECK_FALSE(holds(ran.err, "\n  ::add-mask"));
  }
}
