// What a database has that its migrations do not make.
#pragma once
#include "project/routes.h"
#include "project/standings.h"
#include "runner/ledger.h"

namespace quoin {

/// Throws Error(Code::refused) where the source is a database that has not run all migrations of the project: one
/// written against it would hold again what they do.
void refuse_pending(const SchemaSource& from, std::optional<int> wait, const Settings&);

/// Notes on a plan from a database that drops what none of the migrations it has run makes, or makes what one of them
/// has made: it would fail on a database that the migrations made. Also on pending migrations, since the plan repeats
/// them. Empty where there is nothing to say, or no folder of migrations.
List drift_notes(const Routes&, const SchemaSource& from, std::optional<int> wait, const Settings&);

/// Objects that a database has and no migration makes that it has run, and those that it lacks though one makes them:
/// whether each is there, not how. By path.
struct Drift {
  List extra, lost;
  Text unknown;  // why nothing is known of it; empty: all is

  bool is_any() const { return !extra.empty() || !lost.empty(); }
};
/// `live`: what the database has, with other tools' tables in Schema::histories; they are left out of it, and so is
/// what `manage` does not have compared. Nothing is known where a migration is done in part, its file is gone, or not
/// all of them can be read without a server.
Drift drift_of(Schema& live, const MigrationStatuses&, const Settings&);
/// The same of a database, or where `schema` is not empty of that schema in it alone, in which migrations make what
/// they name no schema for.
Drift drift_of(postgres::Connection&, const Text& schema, const MigrationStatuses&, const Settings&);
/// "table a, table b, which no migration that it has run makes", and the like of what is lost.
Text told_of_extra(const Drift&);
Text told_of_lost(const Drift&);

}  // namespace quoin
