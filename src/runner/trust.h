// Whether a table can be read and written without running what somebody else has put there.
#pragma once
#include "core/postgres/postgres.h"

namespace quoin::runner {

enum class Touch { reading, writing };

/// Looks in pg_catalog alone. Throws Error(Code::refused) where `table` (schema and name, quoted) is no plain table,
/// has triggers, rules, policies or expressions that quoin did not give it, or it or its schema belongs to a role that
/// this session need not trust. Passes where it is missing.
void require_trusted(postgres::Connection&, const Text& table, Touch);

/// The same under a lock that keeps what was checked until the end of the transaction, which must be open. It does not
/// keep other readers and writers of rows from theirs.
void lock_trusted(postgres::Connection&, const List& tables, Touch);

/// Takes every right on `table` from all but its owner: those that default privileges gave it.
void revoke_all(postgres::Connection&, const Text& table);

}  // namespace quoin::runner
