// Metrics of runs, for Prometheus.
#pragma once
#include "project/follow.h"

namespace quoin {

/// The follower that adds each run, failed ones too, to the counts in a file in Prometheus's text format, which it
/// replaces atomically. The file's counts of other databases stay. Where the file cannot be read or written, that is
/// remarked, and the run goes on.
std::shared_ptr<Follower> metrics_in(const Text& file, const Settings&);

}  // namespace quoin
