// What is read and written is a file, or an error at once.
#include "core/base/files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / concat("quoin-files-", std::to_string(getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  Text file(const char* name, std::string_view content) const {
    write_file(path / name, content);
    return (path / name).string();
  }
  Text pipe(const char* name) const {
    fs::create_directories((path / name).parent_path());
    REQUIRE(mkfifo((path / name).c_str(), 0600) == 0);
    return (path / name).string();
  }
};

template <class Body>
Text said_by(Body body) {
  try {
    body();
  } catch (const Error& error) {
    CHECK(error.code == Code::input);
    CHECK_FALSE(error.hint.empty());
    return concat(to_string(error.where), " ", error.what());
  }
  return "nothing";
}

}  // namespace

TEST_CASE("pipes, devices and folders are no files", "[files]") {
  const Folder folder;
  CHECK(holds(said_by([&] { read_file(folder.pipe("pipe")); }), "it is a pipe"));
  CHECK(holds(said_by([&] { write_file(folder.path / "pipe", "x"); }), "a pipe or socket that nobody reads"));
  CHECK(holds(said_by([] { read_file("/dev/zero"); }), "it is a device"));
  CHECK(holds(said_by([&] { read_file(folder.path); }), "it is a folder"));
  CHECK(holds(said_by([&] { write_file(folder.path, "x"); }), "it is a folder"));
  write_file("/dev/null", "x");
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(holds(said_by([&] { names_in(folder.path / "none"); }), "cannot read the folder"));
}

TEST_CASE("what a link names is written, in one step, and the link stays", "[files]") {
  const Folder folder;
  const fs::path link = folder.path / "link.md", below = folder.path / "below";
  fs::create_directories(below);
  fs::create_symlink("below/real.md", link);
  for (const char* content : {"made where the link leads", "written anew"}) {
    write_file(link, content);
    CHECK(fs::is_symlink(link));
    CHECK(read_file(below / "real.md") == content);
  }
  fs::create_symlink(link, folder.path / "second.md");
  write_file(folder.path / "second.md", "through two");
  CHECK(read_file(below / "real.md") == "through two");
  CHECK(names_in(below) == List{"real.md"});

  fs::create_symlink("b", folder.path / "a");
  fs::create_symlink("a", folder.path / "b");
  CHECK(holds(said_by([&] { write_file(folder.path / "a", "x"); }), "cannot write"));
  CHECK(fs::is_symlink(folder.path / "a"));
  fs::create_symlink("nowhere/x.md", folder.path / "c");
  CHECK(holds(said_by([&] { write_file(folder.path / "c", "x"); }), "No such file"));
  CHECK(fs::is_symlink(folder.path / "c"));
}

TEST_CASE("text that is not UTF-8 is told with its place", "[files]") {
  using namespace std::string_view_literals;
  const Folder folder;
  CHECK(read_text(folder.file("a", "\xEF\xBB\xBFselect 1")) == "select 1");
  CHECK(holds(said_by([&] { read_text(folder.file("b", "é\nab\xFF")); }), "b:2:3 this file is not valid UTF-8"));
  CHECK(holds(said_by([&] { read_text(folder.file("c", "ab\0c"sv)); }), "c:1:3 this file holds a NUL byte"));
  CHECK(holds(said_by([&] { read_text(folder.file("d", "\xFF\xFEs\0e\0"sv)); }), "this file is UTF-16"));
  CHECK(holds(said_by([&] { read_text(folder.file("e", "\0s\0e\0l"sv)); }), "this file is UTF-16"));
}

TEST_CASE("no command waits for a pipe that it should read", "[files][commands]") {
  const Folder folder;
  folder.pipe("migrations/1_a.sql");
  folder.pipe("schemas/a.yaml");
  folder.pipe("a.sql");
  folder.pipe("quoin.yaml");
  for (const List& arguments : std::vector<List>{{"verify"},
                                                 {"verify", "a.sql"},
                                                 {"snapshot", "a.sql"},
                                                 {"snapshot", "yaml:schemas/a.yaml"},
                                                 {"snapshot", "schemas"},
                                                 {"create", "x"}}) {
    INFO(join(arguments, " "));
    CHECK(run_quoin(arguments, folder.path).code == 2);
    fs::rename(folder.path / "quoin.yaml", folder.path / "other");
    CHECK(run_quoin(arguments, folder.path).code == 2);
    fs::rename(folder.path / "other", folder.path / "quoin.yaml");
  }
}
