// The last backup, as quoin.yaml says how to ask for it.
#pragma once
#include "core/postgres/postgres.h"
#include "project/settings.h"

namespace quoin {

/// What stands against a run: no backup can be told of, or it is too old. Empty where quoin.yaml asks for none.
Findings look_at_backup(postgres::Connection&, const Config&);

}  // namespace quoin
