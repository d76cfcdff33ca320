// Rows that move between a table and a partitioned one of its name, since ALTER TABLE turns neither into the other.
#pragma once
#include "kinds/users.h"

namespace quoin {

/// KindSql::has_to_move. False for what is a partition itself, and where a partition that goes stays as a table of its
/// own: what it holds is its own then.
bool table_has_to_move(const Object& from, const Object& to, const Users&);
/// KindSql::move_rows: the columns that both have, and where identity columns go on numbering.
Step move_rows_of_table(const Object& old, const Object& now, const Users&);

}  // namespace quoin
