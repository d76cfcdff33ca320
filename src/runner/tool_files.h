// Finds the file that a row of another tool's ledger is about.
#pragma once
#include <map>

#include "parser/migrations/migration.h"
#include "runner/tool_ledger.h"

namespace quoin::runner {

/// What a row says of a file's name; either part may be empty, depending on the tool.
struct FileKey {
  Text version, stem;  // stem: name of the file or folder, without its ending
};

class ToolFiles {
 public:
  /// `files` outlive this.
  ToolFiles(const MigrationTool&, const std::vector<Migration>& files, const Text& folder);
  FileKey key_of(const ToolRow&) const;
  /// Null: none here.
  const Migration* find(const FileKey&) const;

 private:
  FileKey key_of_whole(const ToolRow&) const;

  const MigrationTool& tool_;
  std::map<std::string_view, const Migration*, EarlierVersion> by_version_;
  std::map<Text, const Migration*, std::less<>> by_stem_, by_alias_;
  std::map<Text, Text, std::less<>> journal_;  // the stem, by the time that drizzle keeps
};

/// The name under which other tools know a migration: of its file without ending and direction, or of its folder.
Text stem_of(const Migration&);

/// True if the tool's checksum is that of the file as it is now, or there is none to compare.
bool is_unchanged(const MigrationTool&, const ToolRow&, const Migration&);

}  // namespace quoin::runner
