// A baseline that stands for earlier migrations, which it names: `-- quoin: replaces VERSION CHECKSUM [baseline]`.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

struct ReplacedVersion {
  Text version, checksum;
  bool is_baseline = false;  // it is an earlier baseline, which replaced all versions that are named before it
};
/// The versions that the file says it replaces, in its order; empty: it is no such baseline.
std::vector<ReplacedVersion> replaced_by(const Migration&);

/// The number of these that are no baselines.
std::size_t migrations_in(const std::vector<ReplacedVersion>&);

/// What `-- quoin: proven CHECKSUM` says of a section: the SHA-256 of its text without that line, which stands in the
/// section itself where its layout has no mark that goes up.
Text proven_checksum(const Section&);

/// Removes the migrations that a baseline in `found` replaces, with one finding for all in `left_out`, and from `downs`
/// the files that undo these, which would be taken for what undoes the baseline. Throws
/// Error(Code::input) where the checksum of such a file is not the one that the baseline names, where a baseline does
/// not name its own version, and where its SQL is not what was proven (`-- quoin: proven CHECKSUM`).
void leave_out_replaced(std::vector<Migration>& found, List& downs, Findings& left_out);

}  // namespace quoin
