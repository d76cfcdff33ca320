// BEGIN and COMMIT that a script says itself.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

/// Of tools that send a script as it is. One BEGIN before all of it and one COMMIT behind become blanks, since a run
/// puts a transaction around it anyway.
void drop_own_transaction(Section&);
/// The same; with other signs of a transaction the script runs as it says, no-transaction.
void heed_own_transaction(Section&);

}  // namespace quoin
