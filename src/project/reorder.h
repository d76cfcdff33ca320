// Files under other names, so that their migrations stand in another order.
#pragma once
#include "parser/migrations/migration.h"
#include "parser/replay/ordering.h"

namespace quoin {

struct Renaming {
  Text from, to;
};

/// What has to be renamed so that `found.order` is the order of versions: what was moved gets a version between its
/// neighbours, where numbers leave room there; else the versions that there are go to the files as they stand now. Down
/// files and what a tool keeps beside a file go along. Throws Error(Code::refused) where another tool's plan says the
/// order, or one that stays would need another version.
std::vector<Renaming> renamings_for(const MigrationFolder&, const Ordering& found, const OrderingRequest&);

/// All, or none: with git where it tracks them. Throws Error(Code::refused) where a name is taken.
void rename_all(const std::vector<Renaming>&, const Text& folder);

}  // namespace quoin
