// Which file a row of another tool's ledger means.
#pragma once
#include <map>

#include "parser/migrations/migration.h"
#include "runner/foreign_ledger.h"

namespace quoin::runner {

/// What a row says of a file's name: either may be empty, for a tool that goes by the other.
struct FileKey {
  Text version, stem;  // stem: of the file or, where a migration is a folder, of that
};

class ForeignFiles {
 public:
  /// `files` outlive this.
  ForeignFiles(const ForeignTool&, const std::vector<Migration>& files, const Text& folder);
  FileKey key_of(const ForeignRow&) const;
  /// Null: none here.
  const Migration* find(const FileKey&) const;

 private:
  struct Earlier {
    bool operator()(std::string_view a, std::string_view b) const { return compare_versions(a, b) < 0; }
  };
  FileKey key_of_whole(const ForeignRow&) const;

  const ForeignTool& tool_;
  std::map<std::string_view, const Migration*, Earlier> by_version_;
  std::map<Text, const Migration*, std::less<>> by_stem_, by_alias_;
  std::map<Text, Text, std::less<>> journal_;  // the stem, by the time that drizzle keeps
};

/// The name that other tools know a migration by: of its file without ending and direction, or of its folder.
Text stem_of(const Migration&);

/// Whether the tool's own checksum is that of the file as it is; true where there is none to compare.
bool is_unchanged(const ForeignTool&, const ForeignRow&, const Migration&);

}  // namespace quoin::runner
