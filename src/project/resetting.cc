#include "project/resetting.h"

#include "project/protection.h"
#include "runner/emptying.h"

namespace quoin {

namespace {
runner::Emptied extent_of(const Settings& settings) {
  return {settings.config.managed_schemas, settings.config.assumed_schemas};
}
}  // namespace

ResetPreview preview_reset(const Text& url, ResetExtent extent, std::optional<int> wait, const Settings& settings) {
  postgres::Connection connection = connect(url, wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(wait));
  ResetPreview found{{}, connection.database(), connection.name()};
  if (const std::size_t rows = ledger.read(connection).size(); rows > 0)
    found.what.push_back(concat("the history of ", counted(rows, "migration"), " in ", ledger.name()));
  if (extent == ResetExtent::history) return found;
  for (Text& one : runner::contents_of(connection, ledger, extent_of(settings))) found.what.push_back(std::move(one));
  return found;
}

void reset(const Text& url, ResetExtent extent, std::optional<int> wait, const Settings& settings,
           const std::stop_token& stop) {
  refuse_protected(settings, url, "quoin reset");
  AtWork work(url, wait, settings, stop);
  // First the history: what dies midway leaves a ledger that claims nothing.
  if (work.ledger.exists(work.connection)) {
    work.ledger.create(work.connection);
    runner::forget_all(work.session);
  }
  if (extent == ResetExtent::all) runner::drop_contents(work.session, extent_of(settings));
}

}  // namespace quoin
