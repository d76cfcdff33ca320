// A development database made as the desired schema says, without a migration.
#pragma once
#include "project/project.h"
#include "project/routes.h"

namespace quoin {

/// Throws Error(Code::refused) where migrations are pending, which would meet what a sync makes.
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
/// Runs the ups of the routes, under the lock that `work` has. Each segment is a transaction, or none where it cannot
/// be one; what is refused midway the next sync goes on with, and a line of the log that has no other after it tells of
/// it.
void sync(AtWork& work, const Routes&);

}  // namespace quoin
