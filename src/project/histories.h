// The tables in which quoin and other tools keep which migrations have run: never part of a desired schema.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/postgres.h"
#include "project/settings.h"

namespace quoin {

/// Removes quoin's own ledger, and its schema where nothing else lies there.
void leave_out_ledger(Schema&, const Settings&);

/// Finds the tables of other tools in the database, and names them in Schema::histories.
void find_histories(postgres::Connection&, Schema&, const Settings&);
/// Leaves such tables of one side out of the comparison where the other does not have them, and says so. One that
/// `manage` includes by its name is a table like others.
void leave_out_histories(Schema&, const Schema& other, const Settings&);

}  // namespace quoin
