#include "project/resetting.h"

#include "project/protection.h"
#include "runner/emptying.h"

namespace quoin {

namespace {
std::optional<runner::Emptied> extent_of(const ResetRequest& request, const Settings& settings) {
  if (request.extent == ResetExtent::history) return std::nullopt;
  return runner::Emptied{settings.config.managed_schemas, settings.config.assumed_schemas};
}
}  // namespace

ResetPreview preview_reset(const ResetRequest& request, const Settings& settings) {
  postgres::Connection connection = connect(request.url, request.wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(request.wait));
  return {runner::look_for(connection, ledger, extent_of(request, settings)), connection.database(), connection.name()};
}

void reset(const ResetRequest& request, const ResetPreview& shown, const Settings& settings,
           const std::stop_token& stop) {
  AtWork work(request.url, request.wait, settings, stop);
  work.ledger.create(work.connection);
  runner::empty(work.session, shown, extent_of(request, settings));
}

}  // namespace quoin
