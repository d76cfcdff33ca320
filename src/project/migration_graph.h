// Which migration needs which, and what follows: what could run beside what, and the longest chain.
#pragma once
#include <set>

#include "parser/replay/verify.h"

namespace quoin {

struct MigrationGraph {
  std::vector<std::set<std::size_t>> needs;  // by place in the folder: the places of those before it that it needs
  std::vector<int> level;                    // 1: needs none. Migrations of one level need none of each other
  std::vector<std::size_t> critical;         // the longest chain of needs, from the first to the last
};

/// A migration needs who made, changed or freed what it uses, makes, changes or drops; and who uses what it drops or
/// changes, so that whatever order keeps these needs leads to the same schema.
MigrationGraph needs_among(std::span<const Migration>, const Verified&);

}  // namespace quoin
