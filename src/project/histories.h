// Tables in which quoin and other tools keep which migrations have run: no part of a schema that anybody wants.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/postgres.h"
#include "project/settings.h"

namespace quoin {

/// Removes quoin's own ledger, and its schema where nothing else lies there.
void leave_out_ledger(Schema&, const Settings&);

/// Names what other tools keep in the database (Schema::histories).
void find_histories(postgres::Connection&, Schema&, const Settings&);
/// Leaves such tables of one side alone where the other says nothing of them, and says so.
void leave_out_histories(Schema&, const Schema& other);

}  // namespace quoin
