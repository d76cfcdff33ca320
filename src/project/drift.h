// Drift: objects that a database has and its migrations do not make, or the reverse.
#pragma once
#include "project/migration_statuses.h"
#include "project/routes.h"
#include "runner/ledger.h"

namespace quoin {

/// Throws Error(Code::refused) where the source is a database that has not run all migrations of the project: one
/// written against it would hold again what they do.
void refuse_pending(const SchemaSource& from, std::optional<int> wait, const Settings&);

/// Notes on a plan from a database that drops what none of the migrations it has run makes, or makes what one of them
/// has made: it would fail on a database that the migrations made. Also on pending migrations, since the plan repeats
/// them. Empty where there is nothing to say, or no folder of migrations.
List drift_notes(const Routes&, const SchemaSource& from, std::optional<int> wait, const Settings&);

/// Objects that a database has and none of its applied migrations makes, and objects that it lacks though one makes
/// them, by path. Only whether an object exists is compared, not its fields.
struct Drift {
  List extra, lost;
  Text unknown;  // why drift is not known; empty: it is

  bool is_any() const { return !extra.empty() || !lost.empty(); }
};
/// `live`: the schema of the database, with other tools' tables in Schema::histories; those, and what `manage`
/// excludes, are removed from it. Drift is not known where a migration is applied in part, where its file is missing,
/// or where the migrations cannot be replayed whole.
Drift drift_of(Schema& live, const MigrationStatuses&, const Settings&);
/// The same for a database; or, where Settings::target_schema is said, for that schema alone, in which migrations
/// create what they name without a schema.
Drift drift_of(postgres::Connection&, const MigrationStatuses&, const Settings&);
/// "table a, table b, which no migration that it has run makes", and the like of what is lost.
Text told_of_extra(const Drift&);
Text told_of_lost(const Drift&);

}  // namespace quoin
