// What no run would accept of a migration, beside what its replay has told.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

/// Adds refusals() to the migration's findings, which begin at `first`. A placeholder is told once, not as an error of
/// syntax besides; what psql alone knows is a warning where psql may run the folder.
void add_refusals(const Migration&, std::size_t first, Findings&);
/// True where a placeholder in what goes up is an error among these findings.
bool is_unfilled(const Migration&, std::size_t first, const Findings&);

}  // namespace quoin
