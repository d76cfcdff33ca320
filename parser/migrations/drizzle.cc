// drizzle's folder: meta/_journal.json says which files run, and in which order.
#include <filesystem>
#include <set>
#include <unordered_map>

#include "parser/migrations/journal.h"
#include "parser/migrations/layouts.h"

namespace quoin::migration_layouts {

namespace fs = std::filesystem;

Text drizzle_sign(const Text& folder) {
  std::error_code absent;
  const fs::path journal = fs::path(folder) / "meta" / "_journal.json";
  return fs::exists(journal, absent) ? concat(journal.string(), " says which files run") : Text();
}

std::vector<Migration> read_drizzle(Folder& folder) {
  const std::vector<JournalEntry> journal = read_journal(folder.path);
  std::vector<Migration> found = read_by_names(folder, nullptr), ordered;
  std::unordered_map<Text, std::size_t> by_tag;
  std::set<std::size_t> left;
  for (std::size_t i = 0; i < found.size(); ++i) {
    by_tag.emplace(fs::path(found[i].file).stem().string(), i);
    left.insert(i);
  }
  for (const JournalEntry& entry : journal) {
    const auto file = by_tag.find(entry.tag);
    if (file == by_tag.end() || left.erase(file->second) == 0)
      throw Error(Code::input, concat("drizzle's journal names ", entry.tag, ".sql, and there is no such file"),
                  {(fs::path(folder.path) / "meta" / "_journal.json").string()},
                  "put the file back, or take its entry out of the journal (drizzle-kit drop does that)");
    ordered.push_back(std::move(found[file->second]));
    ordered.back().aliases.push_back(entry.when);
  }
  for (const std::size_t i : left) {
    // With quoin's own marks it is a step that goes on behind them.
    if (found[i].layout == Layout::quoin)
      ordered.push_back(std::move(found[i]));
    else
      folder.leave_out(Severity::warning, found[i].file, "drizzle's journal does not name it, so drizzle never runs it",
                       "add it with drizzle-kit generate --custom, or remove it");
  }
  return ordered;
}

}  // namespace quoin::migration_layouts
