// The library as servers use it: the example started many times at once, and built on what was installed.
#include <algorithm>
#include <thread>

#include "core/base/subprocess.h"
#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct ServerProject : CommandsProject {
  bool live_with_slow() {
    add("1_a.sql", "-- Up Migration\nCREATE TABLE a (id int);\nSELECT pg_sleep(0.3);\n");
    add("2_b.sql", "-- Up Migration\nINSERT INTO a VALUES (1);\n");
    return live();
  }
  ProgramEnd start(const Text& program, const Text& address) const {
    ProgramRun run;
    run.words = {program, (folder / "migrations").string()};
    run.environment = environment_with({"DATABASE_URL=" + address});
    run.folder = folder.string();
    run.at_most = std::chrono::seconds(120);
    return run_program(run);
  }
};

ProgramEnd run_words(const List& words, const List& variables = {}) {
  ProgramRun run;
  run.words = words;
  run.environment = environment_with(variables);
  run.streams = ProgramRun::Streams::together;
  return run_program(run);
}

bool was_done(const ProgramEnd& ended) {
  INFO(ended.out << ended.err);
  CHECK(ended.status == 0);
  return ended.status == 0;
}

/// What the example says on a database of its own.
void check_example(const Text& program) {
  ServerProject project;
  if (!project.live_with_slow()) return;
  const ProgramEnd first = project.start(program, project.database->url());
  INFO(first.out << first.err);
  CHECK(first.status == 0);
  CHECK(first.out.find("ran 2") != Text::npos);
  CHECK(first.out.ends_with("ready at 2\n"));
  CHECK(project.start(program, project.database->url()).out == "ready at 2\n");
}

}  // namespace

TEST_CASE("eight copies of a server started at once migrate once", "[library][live]") {
  ServerProject project;
  if (!project.live_with_slow()) return;
  std::vector<ProgramEnd> all(8);
  std::vector<std::thread> copies;
  for (ProgramEnd& one : all)
    copies.emplace_back([&] { one = project.start(QUOIN_EXAMPLE_SERVER, project.database->url()); });
  for (std::thread& copy : copies) copy.join();
  Text said;
  for (const ProgramEnd& one : all) {
    INFO(one.out << one.err);
    CHECK(one.status == 0);
    CHECK(one.out.ends_with("ready at 2\n"));
    said += one.out;
  }
  const auto count = [&](std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = said.find(what); at != Text::npos; at = said.find(what, at + 1)) ++found;
    return found;
  };
  CHECK(count("ran 1 ") == 1);
  CHECK(count("ran 2 ") == 1);
  CHECK(project.value("SELECT count(*) FROM a") == "1");
  CHECK(project.value("SELECT count(*) FROM quoin.log WHERE action = 'migrate'") == "2");
}

TEST_CASE("a server whose migration fails ends with quoin's number, and says why", "[library][live]") {
  ServerProject project;
  if (!project.live_with_slow()) return;
  project.add("2_b.sql", "-- Up Migration\nSELECT 1/0;\n");
  const ProgramEnd ended = project.start(QUOIN_EXAMPLE_SERVER, project.database->url());
  CHECK(ended.status == 2);
  CHECK(ended.err.find("division by zero") != Text::npos);
  CHECK(project.start(QUOIN_EXAMPLE_IN_C, project.database->url()).status == 2);
}

TEST_CASE("the example is built on what was installed, by CMake and by pkg-config", "[library][live]") {
  const fs::path work = fs::temp_directory_path() / concat("quoin-installed-", std::to_string(getpid()));
  fs::remove_all(work);
  fs::create_directories(work / "pc");
  const Text prefix = (work / "prefix").string(), source = Text(QUOIN_SOURCE_DIR) + "/tests/example_server";
  REQUIRE(was_done(run_words({QUOIN_CMAKE, "--install", QUOIN_BUILD_DIR, "--prefix", prefix})));
  CHECK(was_done(run_words({prefix + "/bin/quoin", "--version"})));
  const Text build = (work / "build").string();
  REQUIRE(was_done(run_words({QUOIN_CMAKE, "-G", QUOIN_GENERATOR, "-S", source, "-B", build,
                              "-DCMAKE_PREFIX_PATH=" + prefix, "-DCMAKE_CXX_COMPILER=" + Text(QUOIN_CXX)})));
  REQUIRE(was_done(run_words({QUOIN_CMAKE, "--build", build})));
  check_example(build + "/example_server");
  check_example(build + "/example_in_c");
  const Text packages = "PKG_CONFIG_PATH=" + prefix + "/lib/pkgconfig";
  const ProgramEnd flags = run_words({"pkg-config", "--cflags", "--libs", "quoin"}, {packages});
  if (flags.status == 127) {
    WARN("skipped in part: no pkg-config here");
  } else if (was_done(flags)) {
    List words{QUOIN_CXX, "-std=c++17", "-Wall", "-Wextra", "-pedantic", source + "/server.cc", "-o"};
    words.push_back((work / "pc" / "server").string());
    for (const Text& flag : split(Text(trim(flags.out)), ' '))
      if (!flag.empty()) words.push_back(flag);
    REQUIRE(was_done(run_words(words)));
    check_example((work / "pc" / "server").string());
  }
  fs::remove_all(work);
}
