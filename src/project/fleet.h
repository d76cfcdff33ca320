// One folder of migrations, many databases, or many schemas of one.
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

struct FleetRequest {
  int jobs = 4;
  int max_failures = 1;  // so many, and no other target is begun; 0: all are
  std::optional<int> wait{};
  std::stop_token stop{};
  bool drift = false;           // look too whether each has what its migrations make, and no more
  bool create_schemas = false;  // a run makes a schema that is not there; else it is a target that fails
};

/// What a target says of itself.
struct Standing {
  Text version;  // the last applied; empty: none
  List pending;
  Text trouble;  // why no run would begin, or what failed; empty: nothing
  Drift drift{};
};

struct TargetResult {
  enum class State { current, behind, migrated, failed, unbegun };
  State state = State::unbegun;
  Standing last_seen{};  // after what ran
  std::size_t ran = 0;
  std::int64_t milliseconds = 0;
  std::optional<Error> error{};
};
std::string_view to_string(TargetResult::State);

/// Asks all, side by side. A target that cannot be asked is `failed`, and stops no other.
std::vector<TargetResult> fleet_status(const std::vector<Target>&, const FleetRequest&, const Settings&);

/// The same, and `pending` are those that a run within the bounds would run.
std::vector<TargetResult> preview_fleet(const std::vector<Target>&, const FleetRequest&, const runner::Bounds&,
                                        const Settings&);

/// Who follows the run on a target.
using FollowersFor = std::function<Followers(const Target&, const Settings&)>;
struct FleetRun {
  const Settings& settings;
  FleetRequest request;
  MigrateRequest migrate;  // but for `agree`: nobody can be asked, so what takes something away wants leave before
  FollowersFor followers;
};
/// Runs what is pending: on the first target that lacks something and has not failed before, and, where that went well,
/// on the others, side by side, until so many have failed. What is up to date already is not touched, so that a run
/// after one that stopped goes on there.
std::vector<TargetResult> migrate_fleet(const std::vector<Target>&, const FleetRun&);

}  // namespace quoin
