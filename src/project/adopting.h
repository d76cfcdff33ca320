// Takes over another tool's history: reads its ledger, compares that with the folder, and writes it into quoin's own.
#pragma once
#include "project/project.h"
#include "runner/adopt.h"

namespace quoin {

/// The database, and the ledger to take over where it has several.
struct AdoptRequest {
  Text url;
  std::optional<Text> tool, table;  // no value: the only one that is there
  std::optional<int> wait;
  Text schema{};  // empty: the ledger may be in any
};

/// The history that is, or would be, taken over.
struct Adopted {
  runner::ToolHistory history;  // its tool is null where there is none to take over, and quoin's own ledger has rows
  runner::Adoption adoption;
  std::size_t pending = 0;  // migrations that are still to be run then
};
/// Only reads. Throws Error(Code::usage) for a tool that quoin does not know, Error(Code::input) where it is not clear
/// which ledger is meant, Error(Code::refused) where it cannot be taken over: a migration is half done, none of its
/// files is here, or quoin's own ledger has migrations that it lacks.
Adopted preview_adoption(const AdoptRequest&, const Settings&);
/// The same, and writes it.
Adopted adopt_history(const AdoptRequest&, const Settings&, const std::stop_token&);

}  // namespace quoin
