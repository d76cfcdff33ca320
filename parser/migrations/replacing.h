// A baseline that stands for earlier migrations, which it names: `-- quoin: replaces VERSION CHECKSUM [baseline]`.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

struct ReplacedVersion {
  Text version, checksum;
  bool is_baseline = false;  // an earlier one, which stands for all that is named before it
};
/// What the file says that it replaces, in its order; empty for any other migration.
std::vector<ReplacedVersion> replaced_by(const Migration&);

/// How many migrations these are, without the baselines among them.
std::size_t migrations_in(const std::vector<ReplacedVersion>&);

/// Takes those away that another one in the folder replaces, which is told once in `left_out`. Throws
/// Error(Code::input) where such a file is not what is replaced, where a baseline does not name its own version, and
/// where its SQL is not what was proven (`-- quoin: proven CHECKSUM`).
void leave_out_replaced(std::vector<Migration>& found, Findings& left_out);

}  // namespace quoin
