// The migrations of a folder, whatever layout it has.
#include <filesystem>

#include "base/files.h"
#include "parser/migration.h"
#include "parser/migration_names.h"

namespace quoin {
namespace {

namespace fs = std::filesystem;
using migration_names::Form;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return text.substr(0, count);
}

int compare_numbers(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

class Folder {
 public:
  explicit Folder(const Text& path) : path_(path) {}

  std::vector<Migration> load() {
    std::error_code failed;
    if (!fs::is_directory(path_, failed)) {
      throw Error(Code::input, concat("there is no folder ", path_), {path_},
                  "name the folder that holds the migrations, or begin a project with: quoin init");
    }
    List names;
    for (const auto& entry : fs::directory_iterator(path_)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    for (const Text& name : names) {
      if (!name.starts_with('.')) add(name);
    }
    attach_downs();
    if (found_.empty()) {
      throw Error(Code::input, concat("the folder ", path_, " holds no migrations"), {path_},
                  "a migration is a file such as 20250106090000_add_orders.sql; make one with: quoin create NAME");
    }
    order();
    return std::move(found_);
  }

 private:
  void add(const Text& name) {
    const Text file = (fs::path(path_) / name).string();
    std::error_code broken;
    const fs::file_status status = fs::status(file, broken);
    if (fs::is_directory(status)) return add_folder(file);
    if (!name.ends_with(".sql")) return;
    if (!fs::is_regular_file(status)) {
      throw Error(Code::input, concat(file, " is a link to nothing, or no file"), {file}, "mend or remove it");
    }
    const Form form = migration_names::parts_of(file).form;
    if (form == Form::down || form == Form::flyway_undo) {
      downs_.push_back(file);
      return;
    }
    found_.push_back(read_migration(file));
    if (form == Form::up) found_.back().layout = Layout::pair;
  }

  void add_folder(const Text& folder) {
    for (const char* name : {"up.sql", "migration.sql"}) {
      const fs::path file = fs::path(folder) / name;
      if (!fs::exists(file)) continue;
      Migration migration = read_migration(file.string());
      const migration_names::Parts parts = migration_names::parts_of(folder);
      migration.version = parts.version;
      migration.name = parts.name;
      migration.layout = Layout::folder;
      const fs::path down = fs::path(folder) / "down.sql";
      if (fs::exists(down)) migration.down = whole(down.string());
      found_.push_back(std::move(migration));
      return;
    }
  }

  static Section whole(const Text& file) {
    Section section = read_migration(file).up;
    section.file = file;
    return section;
  }

  void attach_downs() {
    for (const Text& file : downs_) {
      const migration_names::Parts parts = migration_names::parts_of(file);
      const auto up = std::find_if(found_.begin(), found_.end(), [&](const Migration& migration) {
        return compare_versions(migration.version, parts.version) == 0;
      });
      if (up == found_.end()) {
        throw Error(Code::input, concat(file, " undoes a migration that is not there"), {file},
                    "add the file that goes up, or remove this one");
      }
      up->down = whole(file);
    }
  }

  void order() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Migration& a, const Migration& b) { return compare_versions(a.version, b.version) < 0; });
    const auto twice = std::adjacent_find(found_.begin(), found_.end(), [](const Migration& a, const Migration& b) {
      return compare_versions(a.version, b.version) == 0;
    });
    if (twice == found_.end()) return;
    throw Error(
        Code::input,
        concat("two migrations have the version ", twice->version, ": ", twice->file, " and ", (twice + 1)->file),
        {(twice + 1)->file}, "give one of them another version");
  }

  Text path_;
  std::vector<Migration> found_;
  List downs_;
};

}  // namespace

int compare_versions(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view x = digits(a), y = digits(b);
    // Names that are no numbers come after those that are.
    if (x.empty() != y.empty()) return x.empty() ? 1 : -1;
    if (x.empty() && a[0] != b[0]) return static_cast<unsigned char>(a[0]) < static_cast<unsigned char>(b[0]) ? -1 : 1;
    if (const int order = compare_numbers(x, y); order != 0) return order;
    a.remove_prefix(std::max<std::size_t>(x.size(), 1));
    b.remove_prefix(std::max<std::size_t>(y.size(), 1));
  }
  return a.empty() ? (b.empty() ? 0 : -1) : 1;
}

std::vector<Migration> load_migrations(const Text& folder) { return Folder(folder).load(); }

}  // namespace quoin
