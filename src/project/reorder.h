// Renaming files so that their migrations have another order.
#pragma once
#include "parser/migrations/migration.h"
#include "parser/replay/ordering.h"

namespace quoin {

struct Renaming {
  Text from, to;
};

/// The renames after which `found.order` is the order of versions. A migration that moves gets a version between its
/// neighbours, if the numbers leave room; else the existing versions are given to the files in their new order. Down
/// files, and what a tool keeps beside a file, are renamed along. Throws Error(Code::refused) where another tool's plan
/// gives the order, or a migration that stays would need another version.
std::vector<Renaming> renamings_for(const MigrationFolder&, const Ordering& found, const OrderingRequest&);

/// Throws Error(Code::refused) where a name is taken.
void require_free(const std::vector<Renaming>&);
/// Renames all, or none; with git if it tracks them. Throws as require_free() does.
void rename_all(const std::vector<Renaming>&, const Text& folder);

}  // namespace quoin
