#include "project/overview.h"

#include "project/project.h"
#include "runner/adopt.h"
#include "runner/repair.h"

namespace quoin {

Overview overview_of(const Text& url, std::optional<int> wait, const Settings& settings) {
  postgres::Connection connection = connect(url, wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(wait));
  Overview overview{connection.name(), {}, read_migration_statuses(connection, ledger, settings, CodeSteps::named), {}};
  overview.earlier = earlier_history(connection, ledger, overview.statuses, settings);
  overview.runner = tell_running(connection, ledger, overview.statuses);
  return overview;
}

namespace {
/// By the last line of each that did something to it.
std::set<Text> marked_in(const std::vector<runner::LoggedLine>& lines) {
  std::set<Text> marked;
  for (const runner::LoggedLine& line : lines) {
    if (line.action.starts_with(runner::failed("migrate"))) continue;
    const bool is_marked = line.action == "baseline" ||
                           (line.action == "adopt" && line.detail.ends_with(runner::without_time)) ||
                           (line.action == "repair" && line.detail.ends_with(runner::said_to_be_applied));
    is_marked ? void(marked.insert(line.version)) : void(marked.erase(line.version));
  }
  return marked;
}
}  // namespace

KnownMigrations known_migrations(const Text& url, std::optional<int> wait, const Settings& settings) {
  postgres::Connection connection = connect(url, wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(wait));
  KnownMigrations known{connection.name(), read_migration_statuses(connection, ledger, settings, CodeSteps::named)};
  tell_running(connection, ledger, known.statuses);
  known.marked = marked_in(ledger.logged(connection, std::nullopt));
  return known;
}

Next next_of(const MigrationStatuses& statuses) {
  try {
    const std::size_t count = runner::choose_pending(statuses.all, {}).size();
    return {count == 0 ? Text() : concat("next: quoin migrate runs ", counted(count, "migration"))};
  } catch (const Error& error) {
    if (error.code != Code::refused && error.code != Code::input) throw;
    const Text place = to_string(error.where);
    return {concat(place.empty() ? "" : place + ": ", error.what(), error.hint.empty() ? "" : "\n", error.hint), true};
  }
}

}  // namespace quoin
