// Checks that a table can be read and written without running what somebody else has put on it.
#pragma once
#include "core/postgres/postgres.h"

namespace quoin::runner {

enum class Touch { reading, writing };

/// One query on pg_catalog alone. Throws Error(Code::refused) where one of the tables (schema and name, quoted) is no
/// plain table, has triggers, rules, policies or expressions that quoin did not give it, hides rows from this session,
/// or where it or its schema belongs to a role that this session need not trust. Tables that are missing pass.
void require_trusted(postgres::Connection&, const List& tables, Touch);

/// The SQL of the lock that keeps what was checked until the end of a transaction; others may go on reading and writing
/// rows. A transaction that may be REPEATABLE READ takes it before its first query, since it would not see what is put
/// on the tables after that.
Text locking(const List& tables, Touch);
/// Locks and checks in one round trip, in the open transaction.
void lock_trusted(postgres::Connection&, const List& tables, Touch);

/// Revokes every right on `table` from all but its owner: those that default privileges have given.
void revoke_all(postgres::Connection&, const Text& table);

}  // namespace quoin::runner
