// A row of the ledger as quoin's own data.
#pragma once
#include "runner/ledger.h"

namespace quoin::runner {

/// The select list over the ledger, called m, for read_row.
Text row_columns();
/// Reads one row; Entry::odd tells what in it no quoin has written.
Entry read_row(const postgres::Result&, std::size_t row);
/// Marks as odd the rows whose versions are one number in two spellings, as 1 and 01.
void mark_doubles(std::vector<Entry>&);
/// The values that `add` and `change` write, in their order.
std::vector<postgres::Parameter> values_of(const Entry&);

}  // namespace quoin::runner
