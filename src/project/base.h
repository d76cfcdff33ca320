// The migrations of a branch beside those of the branch that it is to be merged into.
#pragma once
#include "parser/migrations/migration.h"
#include "project/settings.h"

namespace quoin {

/// The conflicts between the folder as it is now and as the commit `base`, a name that git knows, has it. Rules: late
/// (a new migration sorts before one that base has), same-version, both-make, both-change, and findings of verify about
/// both together that it has about neither alone. Files of base are named as git does: "main:migrations/x.sql". Throws
/// Error(Code::input) where the folder lies in no repository, or git knows no such commit.
Findings conflicts_with(const Text& base, const Text& folder, const Settings&);

}  // namespace quoin
