// The columns that the ledger and its log have.
#pragma once
#include "core/postgres/postgres.h"

namespace quoin::runner {

/// The two tables of a ledger, quoted.
struct LedgerTables {
  Text ledger, log;
};

/// SQL that makes the ledger as the first quoin made it, and the log where it is missing.
Text ledger_creation(const LedgerTables&);
/// SQL that adds to the ledger those columns of later versions that are missing.
Text ledger_extension(const Text& ledger);

/// True if the ledger, which is there, lacks no column of later versions.
bool has_all_columns(postgres::Connection&, const Text& ledger);

/// Columns of the ledger that always hold a value.
List ledger_columns_with_values();

/// Why the existing tables are no ledger, a sentence each with what to do: columns that are missing or of another type,
/// versions that need not be unique, values that quoin does not write. Columns of later versions may be missing. One
/// round trip.
List layout_faults(postgres::Connection&, const LedgerTables&);

}  // namespace quoin::runner
