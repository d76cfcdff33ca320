// What pending migrations take away from a database as it is now: told before they run.
#pragma once
#include "runner/plan.h"

namespace quoin::runner {

/// data-loss: drops or empties what holds rows. access: takes rights away, or what keeps rows from being seen.
struct Loss {
  Text rule;  // "data-loss", "access"
  Text what;  // "drops table public.orders"
  Place place;
};

/// Of all that `chosen` would run; what the same run makes first is no loss, nor are rights before anything was applied
/// here. A statement that cannot be read, or that a body runs, is not seen.
std::vector<Loss> find_losses(postgres::Connection&, const std::vector<Standing>& all,
                              const std::vector<Standing>& chosen);

}  // namespace quoin::runner
