// Rows that the ledger has lost: its log says that a migration was applied, and nothing that it was taken back.
#pragma once
#include "runner/plan.h"

namespace quoin::runner {

/// Sets State::lost for what is pending by its file though Ledger::without_row() says that
/// it was applied; the pointers lead into them. Repeatable ones only run again.
void mark_lost(std::vector<MigrationStatus>&, const std::vector<LoggedVersion>& without_row);
/// The versions whose last line says that they were taken back.
List taken_back_in(const std::vector<LoggedVersion>& without_row);
/// The number of those whose last line says that they are applied.
std::size_t lost_in(const std::vector<LoggedVersion>& without_row);
/// Throws Error(Code::refused) where rows are lost: a run would do again what stands, a rollback not undo it.
void refuse_lost(const std::vector<MigrationStatus>&);
/// "applied at 2026-01-06 09:00:00 UTC by app", as the log says of a lost row.
Text told_of_lost(const MigrationStatus&);
/// What to do about a lost row, for people.
Text way_of_lost(const MigrationStatus&);

}  // namespace quoin::runner
