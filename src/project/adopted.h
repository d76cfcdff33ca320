// Databases that another tool, or a person, has migrated before quoin.
#pragma once
#include "project/project.h"
#include "runner/adopt.h"

namespace quoin {

/// The signs of earlier migrations in a database whose quoin ledger has no rows.
struct EarlierHistory {
  List told;  // a line a ledger: "migrated by dbmate up to 20240105093000, 8 of 10 files here (public.…)"
  std::vector<runner::ToolLedger> ledgers;  // of tools that quoin knows; none: only `there_already`, or only `beyond`
  List beyond;                              // ledgers of such tools, of whose rows quoin could take over none
  Text there_already;  // "table public.orders", which the first pending migration makes; where there is no ledger

  bool is_of_a_tool() const { return !told.empty(); }
  Text in_words() const;
  Text advice() const;  // what to run next
};
/// What to run where nothing of another tool's history can be taken over.
Text advice_beyond();
/// No value: the database was not migrated by anybody but quoin. Only reads.
std::optional<EarlierHistory> earlier_history(postgres::Connection&, const runner::Ledger&, const MigrationStatuses&,
                                              const Settings&);

/// Throws Error(Code::refused) where there is an earlier history: files that have run here would run again.
void refuse_earlier_history(const std::optional<EarlierHistory>&);
/// Throws Error(Code::refused) where migrations are applied, and none of them has a file: the folder is another
/// project's, or is not there.
void refuse_other_folder(const MigrationStatuses&, const Settings&);
/// Of the tables that the migrations make, some twenty; empty where the database has one of these, or they
/// make none.
List made_and_not_there(postgres::Connection&, const std::vector<const Migration*>&, const Settings&);

}  // namespace quoin
