// Checks that a table can be read and written without running what somebody else has put on it.
#pragma once
#include "core/postgres/postgres.h"

namespace quoin::runner {

/// What is to be done with a table.
enum class TableAccess { reading, writing };

/// One query on pg_catalog alone. Throws Error(Code::refused) where one of the tables (schema and name, quoted) is no
/// plain table, has triggers, rules, policies or expressions that quoin did not give it, hides rows from this session,
/// or where it or its schema belongs to a role that this session need not trust. Tables that are missing pass.
void require_trusted(postgres::Connection&, const List& tables, TableAccess);

/// The SQL of a LOCK that keeps others from adding triggers and the like until the end of the transaction; they may
/// read and write rows. A transaction that may be REPEATABLE READ takes it before its first query, since it would not
/// see what is added after its snapshot.
Text locking(const List& tables, TableAccess);
/// Locks and checks in one round trip, in the open transaction.
void lock_trusted(postgres::Connection&, const List& tables, TableAccess);

/// Revokes every right on `table` from all but its owner: those that default privileges have given.
void revoke_all(postgres::Connection&, const Text& table);

}  // namespace quoin::runner
