// graphile-migrate's folder: committed/ holds the migrations, each with the hash of all that comes before it.
#include <filesystem>

#include "core/base/files.h"
#include "parser/migrations/layouts.h"
#include "parser/migrations/names.h"

namespace quoin::migration_layouts {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view head_sign = "--!";

/// The committed ones lie in a folder below, or the folder is that one itself.
Text committed_in(const Text& folder) {
  std::error_code absent;
  const fs::path below = fs::path(folder) / "committed";
  return fs::is_directory(below, absent) ? below.string() : folder;
}

/// `--! Key: value` lines, and what follows them.
struct Head {
  Variables keys;
  std::string_view body;
};
Head head_of(std::string_view content) {
  Head head;
  while (content.starts_with(head_sign)) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    const std::string_view line = content.substr(head_sign.size(), end - head_sign.size());
    const std::size_t colon = line.find(':');
    if (colon == line.npos) break;
    head.keys[Text(trim(line.substr(0, colon)))] = trim(line.substr(colon + 1));
    content.remove_prefix(std::min(end + 1, content.size()));
  }
  head.body = content;
  return head;
}

/// As the tool counts it: the hash before it, and the body without blanks at its ends.
Text hash_of(const Head& head, const Text& previous) {
  return concat("sha1:", sha1(concat(previous == "-" ? "" : concat(previous, "\n"), trim(head.body), "\n")));
}

void warn(Folder& folder, const Text& file, Text message) {
  Finding& finding = folder.left_out.emplace_back();
  finding.severity = Severity::warning;
  finding.rule = "odd-hash";
  finding.message = std::move(message);
  finding.place.file = file;
  finding.hint = "graphile-migrate refuses such a file; put it back as it was committed";
}

void check_chain(Folder& folder, const std::vector<Migration>& migrations) {
  Text before = "-";
  for (const Migration& migration : migrations) {
    const Text content = read_text(migration.file);
    const Head head = head_of(content);
    const auto value = [&](std::string_view key) {
      const auto found = head.keys.find(key);
      return found == head.keys.end() ? Text() : found->second;
    };
    const Text previous = value("Previous"), hash = value("Hash");
    if (hash.empty()) continue;  // was added by hand, or by quoin
    if (previous != before)
      warn(folder, migration.file,
           concat("it was committed behind another file than the one before it: its Previous is ", previous));
    if (head.keys.count("AllowInvalidHash") == 0 && hash != hash_of(head, previous))
      warn(folder, migration.file, "it was changed after it was committed: its Hash is another");
    before = hash;
  }
}

void name_others(Folder& folder, const Text& committed) {
  if (committed == folder.path) return;
  for (const Text& name : names_in(folder.path)) {
    const Text file = (fs::path(folder.path) / name).string();
    if (!migration_names::is_sql(name) || migration_names::is_leftover(name)) continue;
    const bool is_current = name == "current.sql";
    if (is_current && trim(head_of(read_text(file)).body).empty()) continue;
    folder.leave_out(Severity::note, file,
                     is_current ? migration_names::reason_against(file)
                                : Text("graphile-migrate looks for migrations in committed/ alone"));
  }
}

}  // namespace

Text graphile_sign(const Text& folder) {
  std::error_code absent;
  const Text committed = committed_in(folder);
  for (const Text& name : names_in(committed)) {
    if (!migration_names::is_sql(name)) continue;
    const fs::path file = fs::path(committed) / name;
    if (!fs::is_regular_file(file, absent)) continue;
    if (read_file(file).starts_with("--! Previous:")) return concat(file.string(), " begins with --! Previous:");
    return {};
  }
  return {};
}

std::vector<Migration> read_graphile(Folder& folder) {
  const Text committed = committed_in(folder.path);
  Folder below{committed, folder.reading, folder.left_out};
  std::vector<Migration> migrations = read_by_names(below, nullptr);
  for (Migration& migration : migrations) {
    const Head head = head_of(migration.up.text);
    const auto message = head.keys.find("Message");
    if (message != head.keys.end() && migration.description.empty()) migration.description = message->second;
    migration.aliases.push_back(concat(migration.version, ".sql"));
  }
  check_chain(folder, migrations);
  name_others(folder, committed);
  return migrations;
}

}  // namespace quoin::migration_layouts
