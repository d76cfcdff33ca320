// What a database has that its migrations do not make.
#pragma once
#include "project/routes.h"
#include "runner/ledger.h"

namespace quoin {

/// Notes where a plan from a database drops what no migration makes that it has run, or makes what one of them has
/// made: it would fail on a database that the migrations have made. And what is pending, since the plan holds it again.
/// Empty where there is nothing to say, or no folder of migrations.
List drift_notes(const Routes&, const SchemaSource& from, const runner::Ledger&, const Settings&);

}  // namespace quoin
