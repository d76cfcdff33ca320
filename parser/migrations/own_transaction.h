// BEGIN and COMMIT that a script contains itself.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

/// For tools that send a script as it is: replaces one BEGIN before all of it and one COMMIT after it by blanks, since
/// a run puts a transaction around it anyway.
void drop_own_transaction(Section&);
/// The same; a script with any other BEGIN or COMMIT becomes no-transaction, and runs as it says.
void heed_own_transaction(Section&);

}  // namespace quoin
