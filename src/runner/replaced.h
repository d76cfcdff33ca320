// Databases that ran the migrations which a baseline of the folder replaces.
#pragma once
#include "runner/plan.h"

namespace quoin::runner {

/// True if the row is that of the migration of this version that the file replaces.
bool replaces(const Migration& file, const Entry& entry);
/// Takes the rows out that a baseline stands for, where all of them stand here as it has them, or it ran itself; where
/// they do not, it is no more than `changed`.
void hide_replaced(std::vector<MigrationStatus>&);
/// Throws Error(Code::refused), which says what to do, where a database has part of what a baseline replaces, or
/// something else under these versions.
void refuse_part_of_replaced(const std::vector<MigrationStatus>&);

/// The baselines whose replaced migrations have all run here, and that have no row in the ledger yet.
std::vector<MigrationStatus> not_taken_over(const std::vector<MigrationStatus>&);
/// Writes each baseline over the row of its version, with a line in the log, in one transaction. Throws
/// Error(Code::refused), and writes nothing, where another runner has changed such a row meanwhile.
void take_over(LedgerSession&, const std::vector<MigrationStatus>&);

}  // namespace quoin::runner
