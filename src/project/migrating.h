// Runs pending migrations, and applied ones once more.
#pragma once
#include "project/follow.h"

namespace quoin {

enum class AtFailure { stop, go_on };

/// The settings of one run.
struct MigrateRequest {
  runner::Bounds bounds;
  runner::Limits limits;
  List allow;  // rules whose losses are accepted
  AtFailure at_failure = AtFailure::stop;
  std::shared_ptr<const std::vector<Migration>> files{};  // read before, for many databases; null: they are read
  /// Called before anything runs, with the losses; throws where they are not accepted.
  std::function<void(const std::vector<runner::Loss>&)> agree;
};

/// What a run would do.
struct RunPreview {
  MigrationStatuses statuses;
  std::vector<runner::MigrationStatus> pending;
  std::vector<runner::Loss> losses;
};
/// Only reads. Remarks on applied migrations without a file. Throws Error(Code::refused) where another tool has run
/// migrations here, and as runner::choose_pending().
RunPreview preview_run(postgres::Connection&, const runner::Ledger&, const MigrateRequest&, const Settings&);
RunPreview preview_run(const Text& url, std::optional<int> wait, const MigrateRequest&, const Settings&);

/// Runs the pending migrations, and returns the number of files. With AtFailure::go_on it continues after a migration
/// that failed and was rolled back, with those that do not need it, and throws Error(Code::database) at the end.
std::size_t migrate(LockedLedger&, FollowedRun&, const MigrateRequest&);

/// Applied migrations that are to run once more: one by its version or label, or "all".
struct Rerun {
  Text version, reason;
};
RunPreview preview_rerun(const Text& url, std::optional<int> wait, const Rerun&, const Settings&);
/// Runs it, and logs the reason. The number of files is returned.
std::size_t migrate_again(LockedLedger&, FollowedRun&, const Rerun&, const MigrateRequest&);

/// Sets timeouts and retries for the session. Throws Error(Code::usage) for what is no time, or no number of tries.
void limit(LockedLedger&, const runner::Limits&);

}  // namespace quoin
