// Why a run refuses a migration, as far as its file alone tells.
#pragma once
#include <span>

#include "parser/migrations/migration.h"

namespace quoin {

/// Findings by the rules empty (the up has no statement), placeholder (`${name}` for which no value is given), obstacle
/// (Migration::obstacle, Section::obstacle) and transaction (a BEGIN or COMMIT without no-transaction). Errors stop
/// every run; in folders of other tools' layouts an empty file and a transaction of its own are warnings, since such
/// files have run there.
Findings refusals(const Migration&);
/// Throws Error(Code::refused) for a down in which a value is missing, so that it would undo something else, and for
/// one that nobody has written yet.
void require_filled(const Section& down, const Migration&);
/// The index of the migration that a `-- quoin: depends-on` names; no value: there is none.
std::optional<std::size_t> needed_by(const Directive& depends_on, std::span<const Migration>);
/// The error for a migration that depends on one that does not come before it, or, where `need` is null, on none that
/// the folder holds.
Finding unmet_need(const Migration&, const Directive& depends_on, const Migration* need);
/// Errors (rule depends-on) for a folder's migrations, in order: a migration that another one depends on comes after
/// it, or has no file, so that no new database could run the folder.
Findings unmet_needs(std::span<const Migration>);

}  // namespace quoin
