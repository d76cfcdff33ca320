// Any bytes as a folder of migrations. A line "=== NAME" begins a file; before the first, all is 1_a.sql. Whatever is
// read has its sections in the files that hold them, and a file that is refused is refused with its place.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "fuzz.h"
#include "parser/migrations/migration.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
constexpr std::size_t most_files = 8;

// In memory where the machine offers that, since each input makes files.
fs::path own_folder() {
  const fs::path base = fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
  return base / concat("quoin-fuzz-", std::to_string(getpid()));
}

bool is_good_name(std::string_view name) {
  if (name.empty() || name.size() > 60 || name.find("..") != name.npos) return false;
  return std::ranges::all_of(name, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || std::string_view("_-./+ ").find(c) != std::string_view::npos;
  });
}

void write(const fs::path& folder, std::string_view name, std::string_view text) {
  std::error_code failed;
  const fs::path file = folder / fs::path(name).relative_path();
  fs::create_directories(file.parent_path(), failed);
  std::ofstream(file, std::ios::binary) << text;
}

void write_folder(const fs::path& folder, std::string_view input) {
  std::error_code failed;
  fs::remove_all(folder, failed);
  fs::create_directories(folder);
  Text name = "1_a.sql", text;
  std::size_t files = 0;
  for (const Text& line : split(input, '\n')) {
    const bool is_head = line.starts_with("=== ") && is_good_name(std::string_view(line).substr(4));
    if (!is_head) {
      text += line + "\n";
      continue;
    }
    if (!text.empty()) write(folder, name, text);
    if (++files == most_files) return;
    name = line.substr(4);
    text.clear();
  }
  write(folder, name, text);
}

void check_section(const Section& section) {
  if (!fs::is_regular_file(section.file)) broken("a section names the file that holds it", section.file);
  const Place begin = place_of(section, 0), end = place_of(section, section.text.size());
  if (section.line < 1 || begin.line > end.line) broken("a section's lines are in order", section.file);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const fs::path folder = own_folder();
  write_folder(folder, text_of(data, size));
  may_refuse([] {
    Findings left_out;
    const std::vector<Migration> all = load_migrations(folder.string(), left_out);
    for (std::size_t i = 0; i < all.size(); ++i) {
      check_section(all[i].up);
      if (all[i].down) check_section(*all[i].down);
      if (i > 0 && compare_versions(all[i - 1].version, all[i].version) >= 0) broken("migrations are in order");
    }
  });
  std::error_code failed;
  fs::remove_all(folder, failed);
  return 0;
}
