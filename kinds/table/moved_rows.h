// Rows that move between a table and a partitioned one of its name, since ALTER TABLE turns neither into the other.
#pragma once
#include "kinds/users.h"

namespace quoin {

/// KindSql::has_to_move: its partition key changes, or it gets or loses one.
bool table_has_to_move(const Object& from, const Object& to);
/// KindSql::move_rows: the columns that both have, and where identity columns go on numbering. Partitions that are
/// tables of their own afterwards leave with their rows before, and triggers of tables that become partitions do not
/// see the rows. Values are converted where a column's type changes. Cannot, where a column comes to be computed,
/// or such a trigger changes. No steps for what is still a partition: its rows come by way of the table that
/// it is a part of.
Change move_rows_of_table(const Object& old, const Object& now, const Users&);

}  // namespace quoin
