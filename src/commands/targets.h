// Commands on many targets at once: their options, and one table of results.
#pragma once
#include "commands/event_log.h"
#include "project/fleet.h"

namespace quoin {

struct FleetOptions {
  Text targets;  // empty: the one database
  std::optional<int> jobs, max_failures;
  bool create_schemas = false;
};
void declare_targets(Options&, FleetOptions&);
void declare_fleet_run(Options&, FleetOptions&);
/// Declares --schema: the command then works on that one target. With --targets it is refused by refuse_schema().
void declare_schema(Options&, const CommandLine&);
void refuse_schema(const CommandLine&);
/// Throws Error(Code::usage) for numbers that are none.
FleetRequest fleet_request_of(const FleetOptions&, std::optional<int> wait);

/// What the last column of the table says besides what went wrong. plans: what a run would run.
enum class Shown { results, plans };
/// The results as a table, or with --json as one document.
void print_targets(const std::vector<Target>&, const std::vector<TargetResult>&, const CommandLine&,
                   Shown = Shown::results);
/// Throws Error(Code::database) where some have failed.
void require_all_asked(const std::vector<TargetResult>&);
/// Throws Error(Code::refused) where a run would not begin on some.
void require_none_refused(const std::vector<TargetResult>&);
/// Throws Error(Code::database) where some have failed, or were not begun.
void require_all_done(const std::vector<TargetResult>&);

}  // namespace quoin
