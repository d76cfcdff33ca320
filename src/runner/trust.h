// Whether a table can be read and written without running what somebody else has put there.
#pragma once
#include "core/postgres/postgres.h"

namespace quoin::runner {

enum class Touch { reading, writing };

/// Looks in pg_catalog alone, once. Throws Error(Code::refused) where one of the tables (schema and name, quoted) is no
/// plain table, has triggers, rules, policies or expressions that quoin did not give it, hides rows from this session,
/// or it or its schema belongs to a role that this session need not trust. Passes those that are missing.
void require_trusted(postgres::Connection&, const List& tables, Touch);

/// The lock that keeps what was checked until the end of a transaction. It does not keep other readers and writers of
/// rows from theirs. As SQL: a transaction that may be REPEATABLE READ takes it before its first query, since it would
/// not see what was put on the tables after that.
Text locking(const List& tables, Touch);
/// Both, in one round trip, in the transaction that is open.
void lock_trusted(postgres::Connection&, const List& tables, Touch);

/// Takes every right on `table` from all but its owner: those that default privileges gave it.
void revoke_all(postgres::Connection&, const Text& table);

}  // namespace quoin::runner
