// Runs one folder of migrations on many targets: databases, or schemas of one.
#pragma once
#include "project/drift.h"
#include "project/migrating.h"

namespace quoin {

struct Target {
  Text name;  // of the schema or database; of a URL: host:port/database
  Text url;
  Text schema{};  // empty: the whole database
};
/// The targets that a file names, a line each ("database: a", "schema: b", or a URL), or that a query finds, whose one
/// column is called database, schema or url. Where `given` is no file, and begins as a query does, it is one. Throws
/// Error(Code::input) for what cannot be read, names nothing, or names one target twice.
std::vector<Target> targets_of(const Text& given, const Settings&);
/// The settings as they are for one target: what is remarked has its name before it; of a schema, names without one are
/// looked up in it first, and the ledger is its table quoin_migrations. `settings` must outlive it.
Settings settings_for(const Target&, const Settings& settings);

/// Makes the settings those of one schema, as those of a target. Throws Error(Code::refused) where it is not there.
void aim_at_schema(const Text& schema, Settings& settings);
/// Throws Error(Code::refused) that names the nearest schema; `making`: how it would be made, for people.
void require_schema(postgres::Connection&, const Text& schema, std::string_view making);

struct FleetRequest {
  int jobs = 4;
  int max_failures = 1;  // after so many no other target is begun; 0: all are
  std::optional<int> wait{};
  std::stop_token stop{};
  bool drift = false;           // look too whether each has what its migrations make, and no more
  bool create_schemas = false;  // a run makes a schema that is not there; else it is a target that fails
};

/// The status of a target.
struct TargetStatus {
  Text version;  // the last applied; empty: none
  List pending;
  Text trouble;             // why no run would begin, and the way out, or what failed; empty: nothing
  bool is_refused = false;  // no run would begin
  Drift drift{};
};

struct TargetResult {
  enum class State {
    current,
    behind,
    refused,  // no run would begin
    migrated,
    failed,
    unbegun
  };
  State state = State::unbegun;
  TargetStatus last_seen{};  // after the run
  std::size_t ran = 0;
  std::int64_t milliseconds = 0;
  std::optional<Error> error{};
  Text failed_in{};  // the label of the migration that failed; empty: none had begun
};
std::string_view to_string(TargetResult::State);

/// Reads the status of all targets, several at once. A target that cannot be read is `failed`, and stops no other.
std::vector<TargetResult> fleet_status(const std::vector<Target>&, const FleetRequest&, const Settings&);

/// Who follows the run on a target.
using FollowersFor = std::function<Followers(const Target&, const Settings&)>;
struct FleetRun {
  const Settings& settings;
  FleetRequest request;
  MigrateRequest migrate;  // `agree` is not used: nobody can be asked, so losses must be allowed before
  FollowersFor followers;
};
/// As fleet_status(), and `pending` are those that the run would run; what it would be refused for is `trouble`.
std::vector<TargetResult> preview_fleet(const std::vector<Target>&, const FleetRun&);
/// Runs the pending migrations: on the first target that has some and has not failed before, and, if that succeeds, on
/// the others, several at once, until max_failures have failed. Targets that are up to date are left alone, so that the
/// next run continues where one has stopped.
std::vector<TargetResult> migrate_fleet(const std::vector<Target>&, const FleetRun&);

}  // namespace quoin
