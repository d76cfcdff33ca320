// Databases that another tool, or a person, has migrated before quoin.
#pragma once
#include "project/project.h"
#include "runner/adopt.h"

namespace quoin {

/// The signs of earlier migrations in a database whose quoin ledger has no rows.
struct EarlierHistory {
  List told;  // a line a ledger: "migrated by dbmate up to 20240105093000, 8 of 10 files here (public.…)"
  std::vector<runner::ToolLedger> ledgers;  // of tools that quoin knows; none: only `there_already`
  Text there_already;  // "table public.orders", which the first pending migration makes; where there is no ledger

  bool is_of_a_tool() const { return !told.empty(); }
  Text advice() const;  // what to run next
};
/// No value: the database was not migrated by anybody but quoin. Only reads.
std::optional<EarlierHistory> earlier_history(postgres::Connection&, const runner::Ledger&, const MigrationStatuses&,
                                              const Settings&);

}  // namespace quoin
