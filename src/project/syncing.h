// Makes a development database what the desired schema says, without a migration.
#pragma once
#include "project/project.h"
#include "project/routes.h"

namespace quoin {

/// Throws Error(Code::refused) where migrations are pending, since they might create what a sync has created.
void refuse_pending(const Text& url, std::optional<int> wait, const Settings&);
/// From which database, to what (no value: the schemas of the project), and where that is proven.
struct SyncRequest {
  Text url;
  std::optional<Text> wanted;
  Text shadow;
};
/// The steps from the database to what is wanted. Throws Error(Code::input) where no statements can do all of it, or
/// where they were disproven.
Routes plan_sync(const SyncRequest&, const Settings&);
/// Throws Error(Code::refused) where the steps would be others than those that somebody was shown: the database, or
/// what is wanted, has changed since.
void require_as_shown(const Routes& shown, const SyncRequest&, const Settings&);
/// Runs the up of the routes, under the lock of `work`. Each segment runs in a transaction, or outside of one where it
/// cannot be in one; where the server refuses one, the next sync continues there. The log has a line at the begin and
/// one at the end.
void sync(LockedLedger& work, const Routes&);

}  // namespace quoin
