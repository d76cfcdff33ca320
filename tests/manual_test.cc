// The pages of docs/ that are written from the program, and the examples on them.
#include <unistd.h>

#include <cstdlib>
#include <set>

#include "commands/manual.h"
#include "commands/rule_examples.h"
#include "core/base/files.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

TEST_CASE("the pages of docs are what the program says, and no others are there", "[commands][guard]") {
  const fs::path docs = fs::path(QUOIN_SOURCE_DIR) / "docs";
  std::set<Text> paths;
  for (const ManualPage& page : manual_pages()) {
    INFO(page.path << " is stale: run this test with QUOIN_UPDATE=1");
    if (std::getenv("QUOIN_UPDATE") != nullptr) {
      fs::create_directories((docs / page.path).parent_path());
      write_file(docs / page.path, page.text);
    }
    CHECK((fs::exists(docs / page.path) && read_file(docs / page.path) == page.text));
    paths.insert(page.path);
  }
  for (const char* folder : {"commands", "rules"})
    for (const auto& entry : fs::directory_iterator(docs / folder)) {
      INFO(entry.path() << " is of no command or rule that there is");
      CHECK(paths.contains(concat(folder, "/", entry.path().filename().string())));
    }
  CHECK(run_quoin({"help", "reference"}, docs).out == reference_page());
}

namespace {
void write_files(std::string_view files, const fs::path& folder) {
  fs::path file;
  Text text;
  const auto put = [&] {
    if (!file.empty()) write_file(file, text);
    text.clear();
  };
  for (const Text& line : split(files, '\n')) {
    if (!line.starts_with("@ ")) {
      text += concat(line, "\n");
      continue;
    }
    put();
    file = folder / line.substr(2);
    fs::create_directories(file.parent_path());
  }
  put();
}
}  // namespace

TEST_CASE("each example makes quoin tell of its rule", "[commands]") {
  const fs::path folder = fs::temp_directory_path() / concat("quoin-examples-", std::to_string(getpid()));
  for (const RuleExample& example : rule_examples()) {
    if (example.run.empty()) continue;
    fs::create_directories(folder);
    write_files(example.files, folder);
    List arguments = split(example.run, ' ');
    arguments.emplace_back("--json");
    const Ran ran = run_quoin(arguments, folder);
    INFO("quoin " << example.run << "\n" << example.files << "\n" << ran.out << ran.err);
    const Text said = concat(ran.out, ran.err);
    CHECK((said.find(concat("\"rule\": \"", example.rule, "\"")) != Text::npos ||
           said.find(concat("[", example.rule, "]")) != Text::npos));
    fs::remove_all(folder);
  }
}
