// What a database has that its migrations do not make.
#pragma once
#include "project/routes.h"

namespace quoin {

/// A note where a plan from a database drops what no migration makes: it would fail on a database that the migrations
/// have made. Empty where there is nothing to say, or no folder of migrations.
List drift_notes(const Routes&, const SchemaSource& from, const Settings&);

}  // namespace quoin
