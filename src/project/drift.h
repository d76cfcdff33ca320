// What a database has that its migrations do not make.
#pragma once
#include "project/routes.h"
#include "runner/ledger.h"

namespace quoin {

/// Notes on a plan from a database that drops what none of the migrations it has run makes, or makes what one of them
/// has made: it would fail on a database that the migrations made. Also on pending migrations, since the plan repeats
/// them. Empty where there is nothing to say, or no folder of migrations.
List drift_notes(const Routes&, const SchemaSource& from, const runner::Ledger&, const Settings&);

}  // namespace quoin
