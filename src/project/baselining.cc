#include "project/baselining.h"

#include "project/adopted.h"
#include "runner/baseline.h"

namespace quoin {
namespace {
/// What another tool tells is better than a guess.
void refuse_other_history(const std::optional<EarlierHistory>& earlier) {
  if (!earlier || !earlier->is_of_a_tool()) return;
  throw Error(Code::refused, join(earlier->told, "; "), {},
              concat(earlier->advice(), "; its ledger knows better than a baseline what has run"));
}

std::vector<runner::MigrationStatus> chosen_in(postgres::Connection& connection, const MigrationStatuses& statuses,
                                               const BaselineRequest& request, const Settings& settings) {
  const runner::Ledger ledger(settings.config.ledger, seconds_of(request.wait));
  refuse_other_history(earlier_history(connection, ledger, statuses, settings));
  std::vector<runner::MigrationStatus> chosen = runner::choose_baseline(statuses.all, request.version);
  std::vector<const Migration*> files;
  files.reserve(chosen.size());
  for (const runner::MigrationStatus& status : chosen) files.push_back(status.file);
  if (const List absent = made_and_not_there(connection, files, settings); !absent.empty())
    remark(settings, concat("warning: ", connection.name(), " has nothing of what they make: ", first_of(absent, 5),
                            "; where that is wrong, quoin repair VERSION --pending takes each of them back"));
  return chosen;
}

std::vector<TakenMigration> taken(const std::vector<runner::MigrationStatus>& chosen) {
  std::vector<TakenMigration> all;
  all.reserve(chosen.size());
  for (const runner::MigrationStatus& status : chosen)
    all.push_back({status.version(), status.file->name, status.label()});
  return all;
}
}  // namespace

std::vector<TakenMigration> preview_baseline(const BaselineRequest& request, const Settings& settings) {
  const int seconds = seconds_of(request.wait);
  postgres::Connection connection = connect(request.url, request.wait, settings);
  const MigrationStatuses statuses =
      read_migration_statuses(connection, runner::Ledger(settings.config.ledger, seconds), settings);
  return taken(chosen_in(connection, statuses, request, settings));
}

std::vector<TakenMigration> take_baseline(const BaselineRequest& request, const Settings& settings,
                                          const std::stop_token& stop) {
  LockedLedger work(request.url, request.wait, settings, stop);
  const MigrationStatuses statuses = read_migration_statuses(work.connection, work.ledger, settings);
  const auto chosen = chosen_in(work.connection, statuses, request, settings);
  if (chosen.empty()) return {};
  work.ledger.create(work.connection);
  work.lock.require_held();
  runner::baseline(work.session, chosen);
  return taken(chosen);
}

}  // namespace quoin
