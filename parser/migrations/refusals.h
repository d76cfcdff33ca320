// What makes every run refuse a migration, known before anything is sent.
#pragma once
#include <span>

#include "parser/migrations/migration.h"

namespace quoin {

/// Rules: empty (nothing goes up), placeholder (`${name}` for which no value is given), obstacle (what its tool does
/// and quoin does not, a value that is not set), transaction (a BEGIN or COMMIT of its own, without no-transaction).
/// Errors stop every run; in folders of other tools' layouts an empty file and an own transaction are warnings, since
/// what ran there has run.
Findings refusals(const Migration&);
/// Throws Error(Code::refused) for a down in which a value is missing: it would undo something else.
void require_filled(const Section& down, Layout);
/// The index of the migration that `-- quoin: depends-on` names; no value: the folder does not have it.
std::optional<std::size_t> needed_by(const Directive& depends_on, std::span<const Migration>);
/// Findings (rule depends-on) for a folder's migrations, in order: the one that a migration says it depends on comes
/// later, or has no file. Errors, since no new database could run it.
Findings unmet_needs(std::span<const Migration>);

}  // namespace quoin
