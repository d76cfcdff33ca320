// Whether a server has what statements name of it.
#pragma once
#include "core/postgres/postgres.h"
#include "runner/server_names.h"

namespace quoin::runner {

/// Adds errors for names that the server lacks when they are used, and nothing before makes (rule missing), and for
/// those that are made though they are there (rule duplicate). Where an earlier program may have made one, nothing.
void look_up(postgres::Connection&, const std::vector<ServerName>&, Findings&);

}  // namespace quoin::runner
