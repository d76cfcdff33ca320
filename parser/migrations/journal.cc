#include "parser/migrations/journal.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"

namespace quoin {

std::vector<JournalEntry> read_journal(const Text& folder) {
  const std::filesystem::path file = std::filesystem::path(folder) / "meta" / "_journal.json";
  std::error_code absent;
  if (!std::filesystem::exists(file, absent)) return {};
  std::vector<JournalEntry> entries;
  try {
    const nlohmann::json journal = nlohmann::json::parse(read_text(file.string()));
    for (const nlohmann::json& entry : journal.at("entries"))
      entries.push_back({std::to_string(entry.at("when").get<std::int64_t>()), entry.at("tag").get<Text>()});
  } catch (const nlohmann::json::exception& wrong) {
    throw Error(Code::input, concat(file.string(), " is not drizzle's list of migrations: ", wrong.what()),
                {file.string()}, "put it back as drizzle-kit wrote it");
  }
  return entries;
}

}  // namespace quoin
