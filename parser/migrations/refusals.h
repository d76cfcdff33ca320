// What no run of a migration can accept, known before anything is sent.
#pragma once
#include <span>

#include "parser/migrations/migration.h"

namespace quoin {

/// Rules: empty (nothing goes up), placeholder (`${name}` for which no value is given), obstacle (what its tool does
/// and quoin does not), transaction (a BEGIN or COMMIT of its own, without no-transaction). Errors stop every run; in
/// folders of other tools' layouts an empty file and an own transaction are warnings, since what ran there has run.
Findings refusals(const Migration&);
/// The place among all of the migration that `-- quoin: depends-on` names; nothing: the folder does not hold it.
std::optional<std::size_t> needed_by(const Directive& depends_on, std::span<const Migration>);
/// Of a folder, in order. Rule depends-on: what a migration says it needs comes later, or has no file: errors,
/// since a database that is new could not run it.
Findings unmet_needs(std::span<const Migration>);

}  // namespace quoin
