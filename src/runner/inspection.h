// What of a server and a database may come in the way of a run, found without changing anything.
#pragma once
#include "core/base/error.h"
#include "runner/ledger.h"
#include "runner/touched.h"

namespace quoin::runner {

/// Whether the server can be written: its version, standbys, read-only settings.
void inspect_server(postgres::Connection&, Findings&);
/// Rights that statements need and this role lacks; sessions that hold locks in their way; what they write anew, and
/// whether there is room for it, where that can be seen. What the same run makes first is not asked for.
void inspect_touched(postgres::Connection&, const std::vector<Touching>&, Findings&);
/// Long transactions, invalid indexes, replicas and slots that lag behind.
void inspect_health(postgres::Connection&, Findings&);

}  // namespace quoin::runner
