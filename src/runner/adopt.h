// Another tool's history taken into quoin's ledger.
#pragma once
#include "parser/migrations/migration.h"
#include "runner/execute.h"
#include "runner/foreign_ledger.h"

namespace quoin::runner {

/// What is to be written, and what of the other history is not as the files here.
struct Adoption {
  std::vector<Entry> entries;  // in the order of application, without those that quoin's ledger has already
  std::size_t here = 0;        // rows of the other history that have a file here, with those that a row stands for
  List missing;      // applied there and without a file here; written all the same, so that no such file runs again
  List beyond;       // labels of rows that no file in SQL can stand for; not written
  List differences;  // sentences: files that are not what ran there, or are named otherwise
  List own;          // labels of what quoin's ledger alone says is applied

  bool can_be_written() const { return own.empty() || entries.empty(); }
};

/// A project's side of it: what lies in `folder`, and what quoin's ledger says.
struct OwnSide {
  const std::vector<Migration>& files;
  const Text& folder;
  const std::vector<Entry>& entries;
};
Adoption plan_adoption(const ForeignHistory&, const OwnSide&);

/// Throws Error(Code::refused) that says what to do where a step there is half done, or a run is at work.
void require_finished(const ForeignHistory&);

/// Writes the entries, each with its line in the log, in one transaction. Throws Error(Code::refused) where either
/// ledger has changed since they were planned; nothing is written then.
void adopt(Session&, const ForeignHistory&, const Adoption&);

}  // namespace quoin::runner
