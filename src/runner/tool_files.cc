#include "runner/tool_files.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/base/files.h"
#include "parser/migrations/journal.h"
#include "parser/migrations/names.h"

namespace quoin::runner {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Text last_digits_of(std::string_view name) {
  std::size_t end = name.size();
  while (end > 0 && !is_digit(name[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_digit(name[begin - 1])) --begin;
  return Text(name.substr(begin, end - begin));
}

/// The name that people gave it, without its endings: of any language, since a step may have been written anew in SQL.
Text without_ending(const Text& name) {
  const std::size_t dot = name.rfind('.');
  const bool is_ending =
      dot != Text::npos && dot > 0 && (migration_names::is_sql(name) || !migration_names::language_of(name).empty());
  return is_ending ? name.substr(0, dot) : name;
}

std::uint32_t crc32(std::uint32_t sum, std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> entries{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t entry = i;
      for (int bit = 0; bit < 8; ++bit) entry = (entry >> 1U) ^ ((entry & 1U) != 0 ? 0xEDB88320U : 0U);
      entries[i] = entry;
    }
    return entries;
  }();
  for (const char c : bytes) sum = (sum >> 8U) ^ table[(sum ^ static_cast<unsigned char>(c)) & 255U];
  return sum;
}

/// As Flyway counts: no line ends, and no byte order mark.
Text lines_digest(std::string_view content) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  std::uint32_t sum = 0xFFFFFFFFU;
  while (!content.empty()) {
    const std::size_t end = std::min(content.find_first_of("\r\n"), content.size());
    sum = crc32(sum, content.substr(0, end));
    content.remove_prefix(std::min(end + 1, content.size()));
  }
  return std::to_string(static_cast<std::int32_t>(~sum));
}

Text digest_of(Digest digest, const Text& content) {
  switch (digest) {
    case Digest::none:
      return {};
    case Digest::sha256:
      return sha256(content);
    case Digest::sha384:
      return sha384(content);
    case Digest::sha1:
      return sha1(content);
    case Digest::lines:
      return lines_digest(content);
  }
  return {};
}

}  // namespace

Text stem_of(const Migration& migration) {
  const std::filesystem::path file(migration.file);
  if (migration.layout == Layout::folder) return file.parent_path().filename().string();
  Text stem = without_ending(file.filename().string());
  if (migration.layout == Layout::pair && lower(stem).ends_with(".up")) stem.resize(stem.size() - 3);
  return stem;
}

ToolFiles::ToolFiles(const MigrationTool& tool, const std::vector<Migration>& files, const Text& folder) : tool_(tool) {
  for (const Migration& file : files) {
    by_version_.emplace(file.version, &file);
    by_stem_.emplace(stem_of(file), &file);
    for (const Text& alias : file.aliases) by_alias_.emplace(alias, &file);
  }
  if (tool.naming != Naming::journal) return;
  for (const JournalEntry& entry : read_journal(folder)) journal_.emplace(entry.when, entry.tag);
}

FileKey ToolFiles::key_of_whole(const ToolRow& row) const {
  if (const auto found = by_alias_.find(row.id); found != by_alias_.end()) return {found->second->version, {}};
  // Of another project's plan nothing here is told.
  const Text project = row.id.substr(0, std::min(row.id.find(' '), row.id.size()) + 1);
  const auto near = by_alias_.lower_bound(project);
  if (!row.id.empty() && (near == by_alias_.end() || !near->first.starts_with(project))) return {};
  if (by_version_.contains(row.name)) return {row.name, {}};
  // A changeset's file may have been named from a folder above: "classpath:db/changelog/x.sql::id::author".
  std::string_view name = row.name;
  for (std::size_t end = name.find_first_of(":/"); end != name.npos; end = name.find_first_of(":/")) {
    if (name.substr(end).starts_with("::")) break;
    name.remove_prefix(end + 1);
    if (by_version_.contains(name)) return {Text(name), {}};
  }
  return {row.name, {}};
}

FileKey ToolFiles::key_of(const ToolRow& row) const {
  if (tool_.naming == Naming::whole) return key_of_whole(row);
  if (tool_.naming == Naming::journal) {
    const auto found = journal_.find(row.version);
    if (found == journal_.end()) return {};
    return {migration_names::parts_of(found->second).version, found->second};
  }
  if (tool_.naming == Naming::last_digits) return {last_digits_of(row.label()), {}};
  if (tool_.naming == Naming::version && !row.version.empty()) return {row.version, {}};
  const Text stem = without_ending(row.name);
  return {migration_names::parts_of(stem).version, stem};
}

const Migration* ToolFiles::find(const FileKey& key) const {
  if (const auto found = by_stem_.find(key.stem); found != by_stem_.end()) return found->second;
  if (key.version.empty()) return nullptr;
  const auto found = by_version_.find(key.version);
  return found == by_version_.end() ? nullptr : found->second;
}

bool is_unchanged(const MigrationTool& tool, const ToolRow& row, const Migration& file) {
  if (tool.digest == Digest::none || row.checksum.empty()) return true;
  return digest_of(tool.digest, read_file(file.file)) == lower(row.checksum);
}

}  // namespace quoin::runner
