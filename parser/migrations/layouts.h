// The layouts of migrations folders, a row each: how it is recognised, and what reads it. A new tool is a row here,
// with its marks in marks.cc or a reader of its own.
#pragma once
#include <span>

#include "parser/migrations/migration.h"

namespace quoin::migration_layouts {

/// A migrations folder while it is read.
struct Folder {
  const Text& path;
  const FolderReading& reading;
  Findings& left_out;
  Variables variables{};  // from the tool's own settings, overridden by those of `reading`

  /// Adds a finding to left_out for a file that is passed over.
  void leave_out(Severity, const Text& file, const Text& reason, const Text& hint = {}) const;
};

/// One layout.
struct Row {
  std::string_view name;    // as --layout takes it
  std::string_view others;  // other tools with the same layout, with blanks between
  Layout files;             // the layout of its files
  /// What in the folder shows that it is of this layout, in words for people; empty: nothing does. Null: each file
  /// shows it by its marks or name.
  Text (*sign)(const Text& folder) = nullptr;
  /// The migrations, in the tool's order. Null: each file by itself, in the order of versions.
  std::vector<Migration> (*read)(Folder&) = nullptr;
  std::string_view evidence = {};  // what in a file shows that it is of this layout, for people
  bool takes_new_files = true;     // a file put into the folder is a migration, and needs no plan that names it
  std::optional<Placeholders> placeholders = {};
  Variables (*settings)(const Text& folder) = nullptr;  // what the tool's own settings fill in
  /// Does to the migrations what else the tool's own settings say; Folder::variables has the values of all
  /// placeholders.
  void (*heed)(Folder&, std::vector<Migration>&) = nullptr;
};
std::span<const Row> rows();
/// The row of that name, its own or one of `others`; null: there is none.
const Row* named(std::string_view name);

/// Reads each file by itself, by its name. `of`: the layout that the folder is said to have, or null.
std::vector<Migration> read_by_names(Folder&, const Row* of);

// ---- The signs and readers of layouts that order their files by more than names ----
Text sqitch_sign(const Text& folder);
Variables sqitch_variables(const Text& folder);
std::vector<Migration> read_sqitch(Folder&);
Text liquibase_sign(const Text& folder);
std::vector<Migration> read_liquibase(Folder&);
Text graphile_sign(const Text& folder);
std::vector<Migration> read_graphile(Folder&);
Text drizzle_sign(const Text& folder);
std::vector<Migration> read_drizzle(Folder&);
/// Throws Error(Code::input) where a migration depends on one that comes after it or is not there, as yoyo's
/// `-- depends: NAME NAME` in comments above the SQL says.
void refuse_needs_of_yoyo(const std::vector<Migration>&);
/// Heeds flyway.toml or flyway.conf: the schema that comes first in the search_path, placeholders of another spelling
/// or of none, migrations outside of transactions. Throws Error(Code::input) for a setting that would let other SQL run
/// than quoin does; where steps in code are only named, and for what changes less, a finding says so.
void heed_flyway(Folder&, std::vector<Migration>&);

}  // namespace quoin::migration_layouts
