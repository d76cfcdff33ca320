// Which migration needs which, which could run at the same time, and the longest chain of needs.
#pragma once
#include <set>

#include "parser/replay/verify.h"

namespace quoin {

struct MigrationGraph {
  std::vector<std::set<std::size_t>> needs;  // by place in the folder: the places of those before it that it needs
  std::vector<int> level;                    // 1: needs none. Migrations of one level need none of each other
  std::vector<std::size_t> critical;         // the longest chain of needs, from the first to the last
};

/// A migration needs those before it that made, changed or freed the name of what it uses, makes, changes or drops, and
/// those that use what it drops or changes. Any order that keeps these needs leads to the same schema.
MigrationGraph needs_among(std::span<const Migration>, const Verified&);

}  // namespace quoin
