// Writes the rows of tables, and positions of sequences, as SQL.
#pragma once
#include "project/contents.h"

namespace quoin {

/// SQL that fills the tables of a database whose schema is made, and which has no rows yet, as those of this one are
/// filled: an INSERT a table, a table after those that its foreign keys refer to, triggers at rest meanwhile. Values of
/// generated columns and what extensions keep are left out. Empty: there are none.
Text rows_as_sql(postgres::Connection&);
/// SQL that sets each sequence to its position.
Text positions_as_sql(const std::vector<SequencePosition>&);

}  // namespace quoin
