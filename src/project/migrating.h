// What is pending, run; and what is applied, run once more.
#pragma once
#include "project/follow.h"

namespace quoin {

enum class AtFailure { stop, go_on };

/// What is asked of a run.
struct MigrateRequest {
  runner::Bounds bounds;
  runner::Limits limits;
  List allow;  // rules whose losses are accepted
  AtFailure at_failure = AtFailure::stop;
  std::shared_ptr<const std::vector<Migration>> files{};  // read before, for many databases; null: they are read
  /// Called before anything runs, with what that takes away; throws where it must not.
  std::function<void(const std::vector<runner::Loss>&)> agree;
};

/// What a run of what is pending would do.
struct Outlook {
  MigrationStatuses statuses;
  std::vector<runner::MigrationStatus> pending;
  std::vector<runner::Loss> losses;
};
/// Only reads. Remarks what ran here and has no file any more. Throws Error(Code::refused) where another tool has run
/// migrations here, and as runner::choose_pending().
Outlook outlook_of(postgres::Connection&, const runner::Ledger&, const MigrateRequest&, const Settings&);
Outlook outlook_of(const Text& url, std::optional<int> wait, const MigrateRequest&, const Settings&);

/// Runs what is pending. What failed and left nothing is gone past if that is asked for, to what needs nothing of it;
/// at the end Error(Code::database) is thrown all the same. The number of files is returned.
std::size_t migrate(AtWork&, FollowedRun&, const MigrateRequest&);

/// What is applied and is to run once more: one, or "all".
struct Again {
  Text version, reason;
};
Outlook outlook_of_again(const Text& url, std::optional<int> wait, const Again&, const Settings&);
/// Runs it, and logs the reason. The number of files is returned.
std::size_t migrate_again(AtWork&, FollowedRun&, const Again&, const MigrateRequest&);

/// Bounds what the work's statements take. Throws Error(Code::usage) for what is no time, or no number of tries.
void limit(AtWork&, const runner::Limits&);

}  // namespace quoin
