#include "project/syncing.h"

namespace quoin {

void refuse_pending(const Text& url, std::optional<int> wait, const Settings& settings) {
  const int seconds = seconds_of(wait);
  postgres::Connection connection = connect(url, wait, settings);
  const MigrationStatuses statuses =
      read_migration_statuses(connection, runner::Ledger(settings.config.ledger, seconds), settings);
  List pending;
  for (const runner::MigrationStatus& status : statuses.all)
    if (is_open(status)) pending.push_back(status.label());
  if (pending.empty()) return;
  throw Error(Code::refused, concat("the database has not run ", first_of(pending, 5)), {},
              "run quoin migrate first; what sync makes they would meet");
}

namespace {
Routes routes_of(const SyncRequest& request, Proving proving, const Settings& settings) {
  const SchemaSource to =
      request.wanted ? parse_source(*request.wanted) : SchemaSource{SourceForm::yaml, settings.config.schemas};
  check_shadow(request.shadow);
  return find_routes({SourceForm::database, request.url}, to, {request.shadow, proving}, settings);
}
}  // namespace

void require_as_shown(const Routes& shown, const SyncRequest& request, const Settings& settings) {
  if (routes_of(request, Proving::no, settings).planned_up == shown.planned_up) return;
  throw Error(Code::refused, "the database, or what is wanted, has changed since you were asked", {},
              "nothing was run; run it again");
}

Routes plan_sync(const SyncRequest& request, const Settings& settings) {
  Routes routes = routes_of(request, Proving::yes, settings);
  if (!routes.up.errors.empty()) {
    Error error(Code::input, "no statements can do all of this", {}, "do what is listed by hand, then sync again");
    error.detail = join(routes.up.errors, "\n");
    throw error;
  }
  if (routes.outcome == Outcome::disproven) {
    Error error(Code::input, "what would be run was disproven on the shadow server, so it is not run", {},
                "quoin diff tells more; do this by hand");
    error.detail = routes.why;
    throw error;
  }
  return routes;
}

namespace {
void log(LockedLedger& work, const Text& detail) {
  work.connection.execute("BEGIN");
  work.ledger.log(work.connection, {"", "", "sync", detail});
  work.connection.execute("COMMIT");
}
}  // namespace

void sync(LockedLedger& work, const Routes& routes) {
  work.ledger.create(work.connection);
  const Text what = concat(counted(routes.up.steps.size(), "statement"), " to come to ", routes.to_name);
  log(work, concat("begins with ", what));
  work.lock.require_held();
  const Migration file = read_migration("(sync)", with_head(routes.file, {"0", "sync", {}}));
  runner::run_section(work.connection, file.up, runner::wrapping_of(file.up));
  log(work, what);
}

}  // namespace quoin
