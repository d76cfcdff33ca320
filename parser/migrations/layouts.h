// Layouts: whose files a folder holds, and who reads them. A new tool is a row here, with its marks in marks.cc or a
// reader of its own.
#pragma once
#include <span>

#include "parser/migrations/migration.h"

namespace quoin::migration_layouts {

/// A folder while it is read.
struct Folder {
  const Text& path;
  const FolderReading& reading;
  Findings& left_out;
  Variables variables{};  // of the tool's own settings, and over them those that were given

  /// Adds to left_out what is passed over.
  void leave_out(Severity, const Text& file, const Text& reason, const Text& hint = {}) const;
};

struct Row {
  std::string_view name;    // as --layout takes it
  std::string_view others;  // tools that write their folders so too, with blanks between
  Layout files;             // as what its files are read
  /// What in the folder says that it is of this layout, as a person would look it up; empty: nothing does. Null: each
  /// file says it by its marks or name.
  Text (*sign)(const Text& folder) = nullptr;
  /// The migrations, in the tool's order. Null: each file by itself, in the order of versions.
  std::vector<Migration> (*read)(Folder&) = nullptr;
  std::string_view evidence = {};  // of a file that says it by itself
  bool takes_new_files = true;     // a file put into the folder is a migration, and needs no plan that names it
  std::optional<Placeholders> placeholders = {};
  Variables (*settings)(const Text& folder) = nullptr;  // what the tool's own settings fill in
};
std::span<const Row> rows();
/// Of the row's own name or one of the others; null: of none.
const Row* named(std::string_view name);

/// Each file by itself, by its name. `of`: whose folder it is said to be, or null.
std::vector<Migration> read_by_names(Folder&, const Row* of);

// ---- Those that order their files by more than names: what says so, and who reads them ----
Text sqitch_sign(const Text& folder);
Variables sqitch_variables(const Text& folder);
std::vector<Migration> read_sqitch(Folder&);
Text liquibase_sign(const Text& folder);
std::vector<Migration> read_liquibase(Folder&);
Text graphile_sign(const Text& folder);
std::vector<Migration> read_graphile(Folder&);
Text drizzle_sign(const Text& folder);
std::vector<Migration> read_drizzle(Folder&);

}  // namespace quoin::migration_layouts
