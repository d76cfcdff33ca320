// The last backup, as quoin.yaml says how to ask for it.
#pragma once
#include "core/postgres/postgres.h"
#include "project/settings.h"

namespace quoin {

/// Findings (rule backup) where the check in quoin.yaml fails, or the last backup is too old. Empty where quoin.yaml
/// asks for none.
Findings look_at_backup(postgres::Connection&, const Config&);

}  // namespace quoin
