// Takes another tool's history into quoin's ledger.
#pragma once
#include "parser/migrations/migration.h"
#include "runner/execute.h"
#include "runner/tool_ledger.h"

namespace quoin::runner {

/// What is to be written into the ledger, and how the other history differs from the files here.
struct Adoption {
  std::vector<Entry> entries;  // in the order of application, without those that quoin's ledger has already
  std::size_t here =
      0;             // migrations of the other history that have a file here, also those that a later row stands for
  List missing;      // applied there and without a file here; written all the same, so that no such file runs again
  List beyond;       // labels of rows that no file in SQL can stand for; not written
  List differences;  // sentences: files that are not what ran there, or are named otherwise; what quoin has undone
  List own;          // labels of migrations that quoin's ledger has as applied, and the other history lacks

  bool can_be_written() const { return own.empty() || entries.empty(); }
};

/// The project's side of an adoption: the files in `folder`, the rows of quoin's ledger, and its versions
/// that were taken back.
struct OwnSide {
  const std::vector<Migration>& files;
  const Text& folder;
  const std::vector<Entry>& entries;
  const List& taken_back;
};
Adoption plan_adoption(const ToolHistory&, const OwnSide&);

/// Throws Error(Code::refused), which says what to do, where a migration of the other tool is half done, or a run of it
/// is at work.
void require_finished(const ToolHistory&);

/// How the log says of an adopted migration that the other tool keeps no time of it.
inline constexpr std::string_view without_time = "; when is not known";

/// Writes the entries, each with its line in the log, in one transaction. Throws Error(Code::refused) where either
/// ledger has changed since they were planned; nothing is written then.
void adopt(LedgerSession&, const ToolHistory&, const Adoption&);

}  // namespace quoin::runner
