// Why a migration cannot be undone, in the words of the tool whose file it is.
#pragma once
#include "runner/plan.h"

namespace quoin::runner {

/// What a migration lacks to be undone, of one for which down_of() throws: "there is no file 7_users.down.sql".
Text lacking_down(const MigrationStatus&);

}  // namespace quoin::runner
