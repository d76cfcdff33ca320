// Databases that had a schema before they had a ledger.
#pragma once
#include "project/project.h"

namespace quoin {

/// The first of what the first pending migration makes that the database has already, while its ledger knows of
/// nothing: "table public.orders". Only looks.
std::optional<Text> there_already(postgres::Connection&, const MigrationStatuses&, const Settings&);

}  // namespace quoin
