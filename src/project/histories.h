// The ledgers of quoin and of other tools, which are no part of a desired schema.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/postgres.h"
#include "project/settings.h"

namespace quoin {

/// Removes quoin's own ledger, and its schema where nothing else lies there.
void leave_out_ledger(Schema&, const Settings&);

/// Finds other tools' ledgers in the database, and names them in Schema::histories.
void find_histories(postgres::Connection&, Schema&, const Settings&);
/// Removes other tools' ledgers that `other` does not have, and remarks on it; one that `manage` includes by its name
/// stays.
void leave_out_histories(Schema&, const Schema& other, const Settings&);

}  // namespace quoin
