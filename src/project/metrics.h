// Runs counted, for Prometheus.
#pragma once
#include "project/follow.h"

namespace quoin {

/// Adds each run to the counts in a file of Prometheus text, also where it has failed, by an atomic rename. What the
/// file has of other databases stays. A file that cannot be read or written is remarked, and stops no run.
std::shared_ptr<Follower> metrics_in(const Text& file, const Settings&);

}  // namespace quoin
