#include "runner/lacking_down.h"

#include "parser/migrations/marks.h"

namespace quoin::runner {
namespace {

/// The path with `instead` for what stands at `at`.
Text with(const Text& path, std::size_t at, std::string_view before, std::string_view instead) {
  return at == Text::npos ? path : concat(path.substr(0, at), instead, path.substr(at + before.size()));
}

/// The file that would undo it, where its layout has one beside it; empty: it does not.
Text file_of_down(const Migration& migration) {
  const Text& file = migration.file;
  const std::size_t name = file.rfind('/') == Text::npos ? 0 : file.rfind('/') + 1;
  switch (migration.layout) {
    case Layout::pair:
      return with(file, lower(file).rfind(".up."), ".up.", ".down.");
    case Layout::folder:
      return concat(file.substr(0, name), "down.sql");
    case Layout::sqitch:
      return with(file, file.rfind("deploy/"), "deploy/", "revert/");
    case Layout::flyway:
      return migration.repeats() ? Text() : concat(file.substr(0, name), "U", file.substr(name + 1));
    default:
      return {};
  }
}

}  // namespace

Text lacking_down(const MigrationStatus& status) {
  if (status.file == nullptr) return "its file is gone, and the ledger has no down of it";
  const Migration& file = *status.file;
  if (file.up.directive("replaces") != nullptr) return "it stands for the migrations that it replaces";
  if (file.down) return "what was applied had no down, and the file is another since";
  if (const Text down = file_of_down(file); !down.empty()) return concat("there is no file ", down);
  if (file.layout == Layout::flyway) return "Flyway has no down for what runs again when it changes";
  if (file.layout == Layout::refinery) return "refinery has no downs";
  if (file.layout == Layout::liquibase) return "its changeset has no line --rollback";
  using migration_marks::Mark, migration_marks::spelling;
  const Text mark = spelling(file.layout, Mark::down);
  return concat("it has no section `", mark.empty() ? spelling(Layout::quoin, Mark::down) : mark, "`");
}

}  // namespace quoin::runner
