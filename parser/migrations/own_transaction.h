// BEGIN and COMMIT that a script contains itself.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

/// For tools that send a script as it is: replaces a BEGIN before all other statements and a COMMIT after them by
/// blanks, since a run puts a transaction around the script anyway. Does nothing where the section is no-transaction.
void drop_own_transaction(Section&);
/// The same; a script with any other BEGIN or COMMIT becomes no-transaction, so that its own statements decide.
void obey_own_transaction(Section&);

}  // namespace quoin
